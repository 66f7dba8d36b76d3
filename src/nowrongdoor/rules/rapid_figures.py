"""
What is reported of rapid response: of the visits asked for in some days, how many had each standard of access
kept, how they went, who went in pairs, and on which work hours went.

Everything is counted from what is recorded, and of nobody: no member of staff has a figure. A case is
counted once, by the first visit asked for in these days. What cannot be counted is said, and never left out
in silence.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from nowrongdoor.rules import law, pairing
from nowrongdoor.rules.assigning import SUPPORT_WORKER
from nowrongdoor.rules.change import Refused
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.law import seeing

DIRECT, FACE = "direct_contact", "face_to_face"
FACTS = (DIRECT, FACE)
WEEK = timedelta(days=7)
EARLIEST, LATEST = date(2000, 1, 1), date(2999, 12, 31)


@dataclass(frozen=True)
class Reported:
    """
    One visit, about nobody. Seconds are from when something was due: below 0 is before it; `due_s`,
    `direct_due_s` and `face_due_s` say how long ago that was. `out_s` is how long the crew was out, `roles`
    as what each of them went. `is_first` is the first visit of its case in these days; `is_joint` says
    that a crew of another team was to come too, or that it is its half.
    """

    asked_on: date
    state: str
    outcome: str
    due_s: int
    leaves_s: int | None
    set_off_s: int | None
    arrived_s: int | None
    met_s: int | None
    out_s: int | None
    roles: tuple[str, ...]
    skills: tuple[str, ...]
    pair_rules: tuple[str, ...]
    is_first: bool
    direct_standard: str
    direct_due_s: int | None
    direct_s: int | None
    face_standard: str
    face_due_s: int | None
    face_s: int | None
    is_joint: bool

    def fact(self, name: str) -> tuple[str, int | None, int | None]:
        """The standard of one of the two facts, how long ago it was due, and when it became so."""
        if name == DIRECT:
            return self.direct_standard, self.direct_due_s, self.direct_s
        return self.face_standard, self.face_due_s, self.face_s


@dataclass(frozen=True)
class Answered:
    """Of one standard: kept by so many of so many cases; of `still` the time is not over and it is not so."""

    standard: str
    kept: int
    of: int
    still: int


@dataclass(frozen=True)
class Hours:
    """
    Of one role: seconds out on so many visits; of those on which it went alone with work that was named, on
    work that another role could do, and which.
    """

    role: str
    visits: int
    seconds: int
    alone: int
    alone_s: int
    others: int
    others_s: int
    could: tuple[str, ...]


@dataclass(frozen=True)
class Paired:
    """
    Of one composition of two: so many visits and the seconds they took, the seconds of clinicians that the
    pair rule released, and those it would have let a support worker go for a second clinician.
    """

    composition: str
    visits: int
    seconds: int
    released_s: int
    could_visits: int
    could_s: int


def days(
    from_on: date | None, until_on: date | None, *, is_exact: bool, at: datetime
) -> tuple[date, date]:
    """
    From the first of these days up to but not including the day after the last.

    Whoever may not read exact numbers reads of whole weeks that are over, Monday to Sunday: two reports never
    differ by a day, and no small number follows from taking one from the other.
    """
    today = local_date(at)
    last = until_on or today
    if min(last, from_on or last) < EARLIEST:
        words = "Nothing is recorded of that year. Look at the year again."
        raise Refused(words, code="too_early", field="from_on")
    first = from_on or last - timedelta(days=seeing.most("rapid_report_usual_days", at=at) - 1)
    if last < first:
        raise Refused("The last day must not come before the first.", code="no_length", field="until_on")
    most = seeing.most("rapid_report_days", at=at)
    if last > LATEST or (last - first).days >= most:
        raise Refused(f"Choose {most} days at most.", code="too_long", field="until_on")
    if is_exact:
        return first, last + timedelta(days=1)
    monday = _monday(today)
    since, until = _monday(first), min(_monday(last) + WEEK, monday)
    if until <= since:
        raise Refused(
            "Numbers are told of whole weeks that are over. "
            f"Choose days before Monday {monday.day} {monday:%B}.",
            code="week_not_over",
            field="from_on",
        )
    return since, until


def answered(lines: Iterable[Reported], fact: str) -> tuple[tuple[Answered, ...], int]:
    """
    Of one fact, each standard that cases were measured by, and how many cases were measured by none.

    A case counts in what a standard is of once it is so or its time is over. The due time is late already.
    """
    found: dict[str, list[tuple[int, int | None]]] = defaultdict(list)
    without = 0
    for one in lines:
        if not one.is_first:
            continue
        standard, due_s, reached_s = one.fact(fact)
        if not standard or due_s is None:
            without += 1
            continue
        found[standard].append((due_s, reached_s))
    counted = []
    for standard, cases in sorted(found.items()):
        over = [(due, so) for due, so in cases if so is not None or due >= 0]
        kept = sum(so is not None and so < 0 for _, so in over)
        counted.append(Answered(standard, kept, len(over), len(cases) - len(over)))
    return tuple(counted), without


IN_TIME, STILL = "in_time", "not_due_yet"
LATE = ("late_planned", "late_set_off", "late_on_the_way", "late_at_the_door")
MISSED = ("missed_no_crew", "missed_with_crew", "not_at_home", "stood_down_waiting", "stood_down_given")
WENT = (IN_TIME, *LATE, *MISSED, STILL)


def how_they_went(lines: Iterable[Reported]) -> dict[str, int]:
    """In time, late or missed, by how far it was when it was due; every visit is in one line alone."""
    found = Counter(how(one) for one in lines)
    return {name: found[name] for name in WENT}


def joint(lines: Iterable[Reported]) -> int:
    """To how many another team said that it comes along; each half is counted where its own team is."""
    return sum(one.is_joint for one in lines)


def how(one: Reported) -> str:
    """Of one visit; what stood in the way is read from its own times, and from nobody's opinion."""
    if one.met_s is not None:
        return IN_TIME if one.met_s < 0 else _late(one)
    if one.state == "done":
        return "not_at_home"
    if one.state == "stood_down":
        return "stood_down_waiting" if one.leaves_s is None else "stood_down_given"
    if one.due_s < 0:
        return STILL
    return "missed_no_crew" if one.leaves_s is None else "missed_with_crew"


def _late(one: Reported) -> str:
    for name, when in zip(LATE, (one.leaves_s, one.set_off_s, one.arrived_s), strict=False):
        if when is not None and when >= 0:
            return name
    return LATE[-1]


def paired(lines: Sequence[Reported], *, at: datetime) -> tuple[Paired, ...]:
    """
    The visits on which two went, by composition.

    Each support worker in a pair stands for a clinician who did not have to go: without the rule both would
    be clinicians. Where two of them went and every reason for two lets the second support, one need not have.
    """
    found: dict[str, list[Reported]] = defaultdict(list)
    for one in lines:
        if len(one.roles) == 2 and one.out_s is not None:
            found[composition(one.roles)].append(one)
    rules = {rule.code: rule for rule in pairing.rules(on=local_date(at))}
    told = []
    for name in COMPOSITIONS:
        theirs = found.get(name, [])
        seconds = sum(one.out_s or 0 for one in theirs)
        could = [one for one in theirs if name == COMPOSITIONS[0] and _lets_support(one, rules)]
        support = COMPOSITIONS.index(name)
        told.append(
            Paired(
                name, len(theirs), seconds, support * seconds, len(could),
                sum(one.out_s or 0 for one in could),
            )
        )  # fmt: skip
    return tuple(told)


COMPOSITIONS = ("two_clinicians", "clinician_and_support_worker", "two_support_workers")
"""By how many of the two are support workers."""


def composition(roles: Sequence[str]) -> str:
    return COMPOSITIONS[sum(role == SUPPORT_WORKER for role in roles)]


def _lets_support(one: Reported, rules: dict[str, pairing.PairRule]) -> bool:
    known = [rules[code] for code in one.pair_rules if code in rules]
    return len(known) == len(one.pair_rules) > 0 and all(
        any(rule.fits((role, SUPPORT_WORKER)) for role in one.roles) for rule in known
    )


def hours(lines: Iterable[Reported], *, at: datetime) -> tuple[Hours, ...]:
    """
    The hours of each role out on visits; and of those alone, on work that another role could do.

    Which roles can do a piece of work is dated data. Where nobody said what a visit asks for it is not known,
    and not counted as work another could do.
    """
    out = [one for one in lines if one.out_s is not None and one.roles]
    can = {
        one.code: frozenset(one.entails.split()) for one in law.codes("visit_skills", on=local_date(at))
    }
    told = []
    for role in (one.code for one in law.codes("crew_roles", on=local_date(at))):
        theirs = [one for one in out if role in one.roles]
        alone = [one for one in theirs if one.roles == (role,) and one.skills]
        others = [(one, able) for one in alone if (able := _able(one, can) - {role})]
        told.append(
            Hours(
                role, len(theirs), sum((one.out_s or 0) * one.roles.count(role) for one in theirs),
                len(alone), sum(one.out_s or 0 for one in alone),
                len(others), sum(one.out_s or 0 for one, _ in others),
                tuple(sorted({name for _, able in others for name in able})),
            )
        )  # fmt: skip
    return tuple(told)


def _able(one: Reported, can: dict[str, frozenset[str]]) -> frozenset[str]:
    """Who could do all that it asks for."""
    return frozenset.intersection(*(can.get(skill, frozenset()) for skill in one.skills))


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
