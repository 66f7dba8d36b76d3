"""The partner gap monitor in words: every number as it may be read, and what each is of how many."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from itertools import groupby

from nowrongdoor.nhsuk import code_words, wording
from nowrongdoor.rules import figures, police_gaps
from nowrongdoor.rules.figures import HIDDEN, shown
from nowrongdoor.rules.law import forces, seeing
from nowrongdoor.rules.law.forces import Policy
from nowrongdoor.rules.police_gaps import CLOSED, Call, Counted, Share
from nowrongdoor.rules.run_chart import Chart

NOBODY, NO_FORCE, NO_CATEGORY = "Nobody yet", "Force not known", "Kind of call not known"
MEASURE = {
    "seen": "Seen face to face within 24 hours",
    "declined": "Police did not attend",
    "repeated": "Somebody was in touch again within 72 hours",
}
STOOD = {
    "seen": "Seen face to face, and still held",
    "spoken": "Spoken with and not seen, and still held",
    "held": "Still held; nobody has recorded seeing or speaking to them",
    "hospital": "A hospital team holds them",
    "place_of_safety": "Detained in a place of safety",
    "not_known": "Not known: nothing recorded says",
    "not_yet": "Not that long ago yet",
}
HEADING = ("Table", "Row", "What is counted", "So many", "Of how many", "Share")


def after(hours: int) -> str:
    return f"After {hours} hours" if hours < 7 * 24 else f"After {hours // 24} days"


def phase(policy: Policy, *, at: datetime) -> str:
    what = {"any": "", "health": ", asked by health", "social_care": ", asked by social care"}
    who = " (under 18)" if policy.age_max < forces.adult(on=policy.provenance.valid_from) else ""
    since = wording.local_date(policy.provenance.valid_from)
    kinds = [code_words.words_of("police_categories", one, at=at) for one in sorted(policy.categories)]
    kind = kinds[0] if len(kinds) == 1 else f"{len(kinds)} kinds of call"
    return f"{policy.label}, {since}: {code_words.mid_sentence(kind)}{who}{what.get(policy.sector, '')}"


def by_call(calls: Sequence[Call], *, at: datetime) -> list[dict[str, str]]:
    """By force and kind of call, and all of them together."""
    rows = [_row(_called(theirs[0], at=at), theirs, at=at) for theirs in _grouped(calls, _force_and_category)]
    return [*rows, _row("All of them", calls, at=at)] if rows else []


def by_holder(calls: Sequence[Call], *, at: datetime) -> list[dict[str, str]]:
    """Those the police did not attend: by the agency that accepted, and the kind of call."""
    return [
        _row(_holder(theirs[0], at=at), theirs, at=at) for theirs in _grouped(calls, _holder_and_category)
    ]


def by_whom_seen(calls: Sequence[Call], *, at: datetime) -> list[tuple[str, str]]:
    """By whom they were first seen face to face, whenever that was; and of how many nobody says so."""
    rows = [
        (theirs[0].seen_by or "Nobody has recorded seeing them", shown(len(theirs), at=at))
        for theirs in _grouped(calls, lambda one: (one.seen_by == "", one.seen_by))
    ]
    saw = sum(one.police_s is not None for one in calls)
    return [*rows, ("The police saw them, which is no assessment", shown(saw, at=at))] if rows else []


def how_they_were(calls: Sequence[Call], *, at: datetime) -> list[tuple[str, list[str]]]:
    """How each was at the three times, of those whose time is over. Not known is a line of its own."""
    if not calls:
        return []
    over = police_gaps.whose_time_is_over(calls)
    found = police_gaps.stood(calls)
    words = sorted((one for one in found if one != police_gaps.NOT_YET), key=_place)
    rows = []
    for one in words:
        counts = [_of(part, whole, at=at) for part, whole in zip(found[one], over, strict=True)]
        rows.append((_stood(one, at=at), counts))
    return [*rows, ("Whose time is over", [shown(one, at=at) for one in over])]


def phases(calls: Sequence[Call], policy: Policy, *, at: datetime) -> list[tuple[str, str, str]]:
    """The same counts before a phase began and since, side by side."""
    before, since = (police_gaps.counted(some, at=at) for some in police_gaps.of_phase(calls, policy))
    return [
        (what, of(before), of(since))
        for what, of in (
            ("Calls to the police", lambda one: shown(one.asked, at=at)),
            (MEASURE["declined"], lambda one: _share(one.declined, at=at)),
            (MEASURE["seen"], lambda one: _share(one.seen, at=at)),
            (MEASURE["repeated"], lambda one: _share(one.repeated, at=at)),
            ("Whether again, not known", lambda one: shown(one.repeat_not_known, at=at)),
            ("Minutes until somebody accepted, middle and longest", lambda one: _minutes(one, at=at)),
        )
    ]


def period(begins_on: date, each: str) -> str:
    return f"{begins_on:%b %Y}" if each == "month" else f"{begins_on.day} {begins_on:%b %y}"


def points(chart: Chart, labels: Iterable[str], *, at: datetime) -> list[tuple[str, str, str, str]]:
    return [
        (
            label,
            shown(one.part, at=at),
            shown(one.whole, at=at),
            HIDDEN if one.share is None else f"{one.share}%",
        )
        for one, label in zip(chart.points, labels, strict=True)
    ]


def chart(found: Chart, *, switch_on: date | None) -> str:
    """What the line says and, by the two rules, whether it does more than chance would."""
    if found.middle is None:
        return "No period has numbers large enough to be read."
    if not found.is_a_line:
        return "One period alone has numbers large enough to be read: there is no line to draw yet."
    of = "the periods before the switch" if found.is_of_before else "every period that can be read"
    said = f"The broken line is the median of {of}, {found.middle:.0f}%."
    if switch_on is not None:
        said += f" The dotted line is the switch, {wording.local_date(switch_on)}."
        if not found.is_of_before:
            said += " Too few periods lie before it for a median of their own."
    if not found.longest_by_chance:
        return f"{said} There are {found.useful} points beside the median: too few to say anything."
    signs = []
    if found.is_shifted:
        signs.append(
            f"{found.longest} in a row lie on one side, where {found.longest_by_chance} are let pass"
        )
    if found.crosses_too_seldom:
        signs.append(
            f"it crosses the median {wording.plural(found.crossings, 'time')}, where chance alone crosses "
            f"{found.fewest_by_chance} times or more"
        )
    if not signs:
        return f"{said} Neither rule finds more than chance would do."
    return f"{said} It is more than chance would do: {' and '.join(signs)}. Why, it does not say."


def notes(*, at: datetime) -> list[str]:
    least = seeing.most("figure_below", at=at)
    months = seeing.most("gap_months", at=at)
    again = seeing.most("gap_repeat_hours", at=at)
    return [
        f"Calls of the last {months} months, of the whole place, up to the answer that settled each. Whoever "
        "is restricted is in no number.",
        f"A number below {least} is shown as *; every other is rounded, and shares are of what is shown.",
        "Minutes run from when the police were first asked until somebody accepted by name; a call that is "
        "not settled runs on.",
        "Seen: face to face, by somebody who is not of the police. Who was not seen by then, and of whom "
        "nothing is recorded, both stay in what the share is of: not known never counts as good.",
        f"In touch again: any other contact about the same person within {again} hours, whoever made it. "
        "Where nobody knows who the person is, that cannot be known, and they are in neither number.",
        "A run chart is read by two rules: a run on one side that is longer than the logarithm (base 2) of "
        "the points and 3, and fewer crossings than 95 of 100 charts of chance have. Source: Anhøj and "
        "Olesen, Run Charts Revisited, PLoS ONE 2014; 9(11): e113825. Nothing is said of rising or falling "
        "points: that rule does not find what it is meant to, by the same source.",
        "No outcome is claimed to be caused by who attended.",
    ]


def exported(calls: Sequence[Call], policy: Policy | None, *, at: datetime) -> list[tuple[str, ...]]:
    """Every number of the tables, a line each, as it may be read."""
    declined = [one for one in calls if one.outcome == police_gaps.DECLINED]
    lines = _counted_lines("Calls", [("All of them", list(calls))], at=at)
    lines += _counted_lines(
        "By force and kind of call",
        _named(calls, _force_and_category, lambda one: _called(one, at=at)),
        at=at,
    )
    holders = _named(declined, _holder_and_category, lambda one: _holder(one, at=at))
    lines += _counted_lines("Not attended, by who accepted", holders, at=at)
    over, found = police_gaps.whose_time_is_over(declined), police_gaps.stood(declined)
    for number, hours in enumerate(police_gaps.hours(at=at)):
        for word in sorted(found, key=_place):
            if word != police_gaps.NOT_YET:
                share = Share(found[word][number], over[number])
                how = ("Not attended, how they were", after(hours), _stood(word, at=at))
                lines.append((*how, *_both(share, at=at)))
    if policy is not None:
        before, since = police_gaps.of_phase(calls, policy)
        named = phase(policy, at=at)
        lines += _counted_lines(named, [("Before", before), ("Since", since)], at=at)
    return lines


def _counted_lines(
    table: str, groups: Iterable[tuple[str, list[Call]]], *, at: datetime
) -> list[tuple[str, ...]]:
    lines = []
    for name, theirs in groups:
        one = police_gaps.counted(theirs, at=at)
        lines += [
            (table, name, MEASURE["declined"], *_both(one.declined, at=at)),
            (table, name, "Not settled", *_both(Share(one.unsettled, one.asked), at=at)),
            (table, name, MEASURE["seen"], *_both(one.seen, at=at)),
            (table, name, MEASURE["repeated"], *_both(one.repeated, at=at)),
            (table, name, "Minutes until accepted, middle and longest", _minutes(one, at=at), "", ""),
        ]
    return lines


def _row(name: str, calls: Sequence[Call], *, at: datetime) -> dict[str, str]:
    one = police_gaps.counted(calls, at=at)
    return {
        "name": name,
        "asked": shown(one.asked, at=at),
        "declined": _share(one.declined, at=at),
        "unsettled": shown(one.unsettled, at=at),
        "minutes": _minutes(one, at=at),
        "seen": _share(one.seen, at=at),
        "repeated": _share(one.repeated, at=at),
        "police": shown(one.police_saw, at=at),
    }


def _minutes(one: Counted, *, at: datetime) -> str:
    if one.minutes is None or shown(one.declined.part, at=at) == HIDDEN:
        return HIDDEN
    return f"{one.minutes[0]}, {one.minutes[1]}"


def _share(share: Share, *, at: datetime) -> str:
    return _of(share.part, share.whole, at=at)


def _of(part: int, whole: int, *, at: datetime) -> str:
    """`10 of 40 (25%)`, of what may be read of either."""
    counts = f"{shown(part, at=at)} of {shown(whole, at=at)}"
    share = figures.share(part, whole, at=at)
    return counts if share == HIDDEN else f"{counts} ({share})"


def _both(share: Share, *, at: datetime) -> tuple[str, str, str]:
    part, whole = share.part, share.whole
    return shown(part, at=at), shown(whole, at=at), figures.share(part, whole, at=at)


def _stood(word: str, *, at: datetime) -> str:
    if word.startswith(CLOSED):
        how = code_words.words_of("close_outcomes", word.removeprefix(CLOSED), at=at)
        return f"Closed – {how}"
    return STOOD[word]


def _place(word: str) -> tuple[int, str]:
    known = list(STOOD)
    return (known.index(word), "") if word in known else (known.index("place_of_safety"), word)


def _called(one: Call, *, at: datetime) -> str:
    return f"{forces.labels().get(one.force, NO_FORCE)}: {_category(one, at=at)}"


def _category(one: Call, *, at: datetime) -> str:
    found = code_words.words_of("police_categories", one.category, at=at) if one.category else NO_CATEGORY
    return code_words.mid_sentence(found)


def _holder(one: Call, *, at: datetime) -> str:
    return f"{one.accepted_by or NOBODY}: {_category(one, at=at)}"


def _holder_and_category(one: Call) -> tuple[str, str]:
    return one.accepted_by, one.category


def _force_and_category(one: Call) -> tuple[str, str]:
    return one.force, one.category


def _named(
    calls: Iterable[Call], key: Callable[[Call], object], name: Callable[[Call], str]
) -> list[tuple[str, list[Call]]]:
    return [(name(theirs[0]), theirs) for theirs in _grouped(calls, key)]


def _grouped(calls: Iterable[Call], key: Callable[[Call], object]) -> list[list[Call]]:
    return [list(some) for _, some in groupby(sorted(calls, key=key), key=key)]  # type: ignore[arg-type]
