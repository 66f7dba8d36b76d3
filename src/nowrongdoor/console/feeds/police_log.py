"""
What a police control room answered, from a table of theirs, for a force whose control room never signs in:
of each line a contact, a referral that a team of ours holds from that instant, and the decision.

The table may hold the number of the police log, the answers to our questions, and nothing else of theirs: a
column more is refused with the whole table. A line that says the police do not come, and not all that a no
needs, is recorded as not known yet: whoever it is about is then held and a supervisor told, and lost nowhere.
A line is refused only where it cannot be read. Read again, the same lines change nothing.
"""

import csv
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from io import StringIO
from pathlib import Path
from uuid import NAMESPACE_URL, UUID, uuid5

from nowrongdoor.journeys import contacts, police
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.nhsuk import wording
from nowrongdoor.rules import law, referral
from nowrongdoor.rules import police as rule
from nowrongdoor.rules.change import AlreadyRecorded, Refused
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.contact import Said
from nowrongdoor.rules.intake import NewReferral
from nowrongdoor.rules.police_advice import QUESTIONS, Told
from nowrongdoor.rules.police_decision import PoliceCall, Standing
from nowrongdoor.rules.words import PoliceOutcome

NEEDED = ("log_reference", "answered_at", "force", "outcome")
MAY_BE = (
    "category", "sector", "age", "reason", "about", "request", "needs", "accepted_by", "going",
    "arrives_minutes", "safe_minutes", "told", "call_back_when",
)  # fmt: skip
LARGEST, MOST, LONGEST = 5_000_000, 10_000, 500
RING_AGAIN = "If anything changes, or nobody has come."
REQUEST = "The police were asked, and somebody has to respond."
POLICE = "police_control"  # a role
KINDS = ("taken in", "taken in as not known yet", "as before", "refused")


class NotATable(Exception):
    """The file is none that can be read: said in words, and nothing of it is taken in."""


@dataclass(frozen=True)
class Line:
    """One line of the table, as typed, with its number in the file."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True)
class Read:
    """A line that could be read. `short` says what its answer lacked, where it is taken as not known."""

    number: int
    answered_at: datetime
    about: str
    request: str
    needs: tuple[str, ...]
    call: PoliceCall
    short: str = ""


@dataclass
class Account:
    """What became of each line, by its number: in which of `KINDS` it is, and why."""

    lines: list[tuple[int, str, str]] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        return {kind: sum(one == kind for _, one, _ in self.lines) for kind in KINDS}


def take_in(path: Path, *, dry: bool, by: Viewer, at: datetime) -> Account:
    """Every line of a table, by a member whose team then holds. Raises `NotATable`: nothing is taken in."""
    if by.role == POLICE:
        raise NotATable("A team of the police would hold everybody in it. Name a member of another team.")
    account = Account()
    for line in lines(path.read_bytes(), at=at):
        try:
            one = read(line, by=by, at=at)
            kind = "taken in as not known yet" if one.short else "taken in"
            if not dry and not _record(one, by=by, at=at):
                kind = "as before"
            account.lines.append((line.number, kind, one.short))
        except Refused as refusal:
            where = f"{refusal.field}: " if refusal.field else ""
            account.lines.append((line.number, "refused", f"{where}{refusal.words}"))
    return account


def lines(raw: bytes, *, at: datetime) -> Iterator[Line]:
    """The lines of the table. Raises `NotATable`."""
    if len(raw) > LARGEST:
        raise NotATable("The file is larger than 5 MB. Take it in day by day.")
    try:
        rows = csv.DictReader(StringIO(raw.decode("utf-8-sig"), newline=""), strict=True)
        heading = [name.strip() for name in rows.fieldnames or ()]
        _need_columns(heading, at=at)
        rows.fieldnames = heading
        found = [(rows.line_num, row) for row in rows]
    except (UnicodeDecodeError, csv.Error) as failure:
        raise NotATable("The file is no table in UTF-8 with commas between its cells.") from failure
    if len(found) > MOST:
        raise NotATable(f"The file has more than {MOST:,} lines. Take it in day by day.")
    for number, row in found:
        if None in row or None in row.values():
            raise NotATable(f"Line {number} has not as many cells as the heading.")
        yield Line(number, {name: cell.strip() for name, cell in row.items()})


def read(line: Line, *, by: Viewer, at: datetime) -> Read:
    """What a line says. Refuses what cannot be read; a no that lacks something is taken as not known yet."""
    cells = line.cells
    for name, cell in cells.items():
        if len(cell) > LONGEST or not cell.isprintable():
            raise Refused(f"Write at most {LONGEST} letters in one line.", code="too_long", field=name)
    for name in NEEDED:
        if not cells[name]:
            raise Refused("This may not be empty.", code="empty", field=name)
    answered_at = _instant(cells["answered_at"], at=at)
    law.code("police_outcomes", cells["outcome"], at=at, field="outcome")
    asked = {one.code: cells.get(one.code, "") for one in _asked(at)}
    known = Told(
        cells["force"], cells.get("category", ""), cells.get("sector", ""), _number(cells, "age"),
        {name: said for name, said in asked.items() if said},
    )  # fmt: skip
    call = PoliceCall(
        known,
        cells["outcome"],
        cells.get("reason", ""),
        log_reference=cells["log_reference"][:60],
        accepted_by=cells.get("accepted_by", ""),
        going=cells.get("going", ""),
        arrives_minutes=_number(cells, "arrives_minutes"),
        safe_minutes=_number(cells, "safe_minutes"),
        told=cells.get("told") or "not_reached",
        call_back_when=cells.get("call_back_when") or RING_AGAIN,
    )
    one = Read(
        line.number,
        answered_at,
        cells.get("about", ""),
        cells.get("request") or REQUEST,
        tuple(cells.get("needs", "").split()),
        call,
    )
    return _as_it_may_be(one, by=by, at=at)


def _as_it_may_be(one: Read, *, by: Viewer, at: datetime) -> Read:
    """The line as the rule takes it: with all that its answer needs, or as not known yet, and why."""
    try:
        _try(one, by=by, at=at)
    except Refused as refusal:
        outcomes = law.codes("police_outcomes", on=local_date(at))
        said = next(each.label for each in outcomes if each.code == one.call.outcome)
        words = f"The police log says: {said}. Recorded as not known yet. {refusal.words}"
        call = replace(one.call, outcome=str(PoliceOutcome.UNKNOWN), reason="ask_more", words=words)
        other = replace(one, call=call, short=refusal.words)
        _try(other, by=by, at=at)
        return other
    return one


def _try(one: Read, *, by: Viewer, at: datetime) -> None:
    """The rule itself, asked of a referral as it would be, and thrown away."""
    key = key_of(one)
    taken_in = referral.refer(
        referral_id=key("referral"), holding_id=key("holding"), person_id=None, contact_id=key("contact"),
        team_id=by.team_id, member_id=by.member_id, needs=one.needs, request=one.request, words="", at=at,
    )  # fmt: skip
    received, holding = (step.change.after for step in taken_in)
    rule.decide(
        Standing(received, holding, holder_is_police=False), one.call, decision_id=key("decision"),
        follows_id=None, by=by.member_id, at=at,
    )  # fmt: skip


def _record(one: Read, *, by: Viewer, at: datetime) -> bool:
    """Contact and referral, then the decision; each once, however often the table is read."""
    key = key_of(one)
    referral_id = key("referral")
    # It was cut off after the first act, or is read again: the second says which.
    with suppress(AlreadyRecorded):
        contacts.receive(
            contact_id=key("contact"),
            said=Said(
                channel="electronic",
                caller_kind="professional",
                caller_agency=one.call.known.force,
                words=f"From the police, log {one.call.log_reference}.",
                about=one.about,
            ),
            outcome="handed_over",
            callback_id=key("callback"),
            happened_at=one.answered_at,
            by=by,
            at=at,
            referral=NewReferral(referral_id, key("holding"), one.needs, one.request),
        )
    try:
        police.decide(
            decision_id=key("decision"), referral_id=referral_id, call=one.call, follows_id=None, by=by, at=at
        )
    except Refused as refusal:
        if isinstance(refusal, AlreadyRecorded) or refusal.code in ("decided_meanwhile", "closed"):
            return False
        raise
    return True


def key_of(one: Read) -> Callable[[str], UUID]:
    """Keys that are the same whenever the same log of the same force and day is read."""
    day = local_date(one.answered_at).isoformat()
    name = f"police-log/{one.call.known.force}/{day}/{one.call.log_reference}"
    return lambda of: uuid5(NAMESPACE_URL, f"{name}/{of}")


def _need_columns(heading: list[str], *, at: datetime) -> None:
    known = {*NEEDED, *MAY_BE, *(one.code for one in _asked(at))}
    if missing := [name for name in NEEDED if name not in heading]:
        raise NotATable(f"The heading lacks: {', '.join(missing)}.")
    if more := [name or "(no name)" for name in heading if name not in known]:
        raise NotATable(
            f"The heading has what is not kept here: {', '.join(more)}. Of the police only the number of "
            "their log is kept. Take these columns out."
        )
    if len(set(heading)) != len(heading):
        raise NotATable("A column stands twice in the heading.")


def _asked(at: datetime) -> tuple[law.Question, ...]:
    return law.questions(QUESTIONS, on=local_date(at)).questions


def _instant(text: str, *, at: datetime) -> datetime:
    """As ISO 8601; without an offset, by the clock on the wall here."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.year < 2000:
        raise Refused("Write when it was, like 2026-11-29 14:05.", code="no_time", field="answered_at")
    shown = (found,) if found.tzinfo else wording.instants_on(found.date(), found.time())
    if not shown:
        raise Refused("No clock showed that time that day.", code="no_time", field="answered_at")
    if shown[0] > at:
        raise Refused("That time has not come yet.", code="happens_later", field="answered_at")
    return shown[0]


def _number(cells: dict[str, str], name: str) -> int | None:
    text = cells.get(name, "")
    if not text:
        return None
    if text.isascii() and text.isdecimal() and len(text) <= 4:
        return int(text)
    raise Refused("Write a whole number, or leave it empty.", code="no_number", field=name)
