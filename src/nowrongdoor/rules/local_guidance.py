"""
Guidance as a place has it: the version that stands, what may be uploaded, and what each says of a case.

Guidance from outside is never trusted. What cannot be read, asks what no contact knows, or answers what is no
response time is refused with the place named. What it says of a case all the same that is no response time
counts as no advice: nobody is kept from deciding by it.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from itertools import product
from typing import Any
from uuid import UUID

from nowrongdoor.rules import guidance, law, response_advice
from nowrongdoor.rules.change import Refused
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.guidance import Model, Unreadable
from nowrongdoor.rules.guidance_versions import Version, beside, standing
from nowrongdoor.rules.law import seeing
from nowrongdoor.rules.response_advice import DECISION, KNOWN, Standing, shipped

UNKNOWN = "not_asked"
# Ages on either side of where services for children, adults and older people begin and end.
AGES = (None, 0, 10, 15, 16, 17, 18, 40, 64, 65, 80)
# Checks that stand in the way of a review; the others are told, and left to whoever reviews.
IN_THE_WAY = {"not known"}


@dataclass(frozen=True)
class Said:
    """What guidance says of a case: a response time, what comes first, and the rows that spoke."""

    urgency: str
    first_step: str
    rows: tuple[int, ...]


@lru_cache(maxsize=32)
def model_of(text: str) -> Model:
    """Guidance as read once; raises `Unreadable`."""
    return guidance.read(text.encode("utf-8", "replace"))


def read_again(text: str) -> Model:
    """A version that was taken before. Refuses what can be read no more, with the place named."""
    try:
        return model_of(text)
    except Unreadable as refusal:
        raise _no(f"This version can be read no more. {refusal}", "unreadable") from None


def stands(versions: Iterable[Version], *, agency_id: UUID | None, on: date) -> Standing:
    """
    The version the place has put live, or else the guidance we ship; this too where that version can be read
    no more, and it says so: nobody who triages is kept waiting by a file.
    """
    one = standing(versions, agency_id=agency_id, on=on)
    if one is None:
        return shipped(on=on)
    try:
        return _local(one)
    except Unreadable as refusal:
        ours = shipped(on=on)
        why = f"What {_whose(one)} has put live can be read no more ({refusal}) Until it is mended, ours: "
        return replace(ours, source=why + ours.source)


def _local(one: Version) -> Standing:
    since = f", from {one.live_from:%-d %B %Y}" if one.live_from else ""
    source = f"Guidance of {_whose(one)}{since}, written with: {one.written_with}"
    return Standing(model_of(one.text), "How soon a response is advised", source, True, one.id)


def beside_it(versions: Iterable[Version], *, agency_id: UUID | None, on: date) -> list[Standing]:
    """What is asked beside the version that stands, and shown to nobody as advice."""
    found = []
    for one in beside(versions, agency_id=agency_id, on=on):
        with suppress(Unreadable):  # its page says so; it advises nobody
            found.append(_local(one))
    return found


def _whose(one: Version) -> str:
    return "the whole place" if one.agency_id is None else "this agency"


def said(model: Model, inputs: Mapping[str, Any], *, at: datetime) -> Said | None:
    """What it says of one case; none where that is no response time."""
    try:
        outcome = model.decide(DECISION, {name: inputs.get(name) for name in model.inputs_of(DECISION)})
    except Unreadable:
        return None
    return heard(outcome.value, outcome.rows, known=_times(local_date(at)))


def heard(value: Any, rows: tuple[int, ...], *, known: frozenset[str]) -> Said | None:
    """An answer as we use it; none where it is no response time of ours."""
    if not isinstance(value, dict) or value.get("response") not in known:
        return None
    first = value.get("first_step")
    return Said(value["response"], first if isinstance(first, str) else "", rows)


def accepted(text: str, *, at: datetime) -> Model:
    """
    Guidance that was sent, read and found usable. Raises `Refused`, in plain words with the place named.
    """
    most = seeing.most("guidance_bytes", at=at)
    if len(text.encode("utf-8", "surrogatepass")) > most:
        raise _no(f"The file is larger than {most:,} bytes.", "too_large")
    try:
        model = model_of(text)
        decision = model.decision(DECISION)
    except Unreadable as refusal:
        raise _no(str(refusal), "unreadable") from None
    if decision.table is None:
        raise _no(f"“{DECISION}” is not one decision table.", "not_a_table")
    rows = seeing.most("guidance_rows", at=at)
    for table in model.draw().tables:
        if len(table["rows"]) > rows:
            raise _no(
                f"“{table['decision']}” has {len(table['rows']):,} rows; people can read {rows:,}.", "rows"
            )
    _need_dates(model)
    known = may_ask(at=at)
    strange = [name for name in model.inputs_of(DECISION) if name not in known]
    if strange:
        raise _no(
            f"“{strange[0]}” is not known of any contact.", "input"
        )
    _need_response_times(model, at=at)
    words = [one for one in model.check() if one.kind == "unknown word"]
    if words:
        raise _no(told(words[0]), "unknown_word")
    return model


def _need_dates(model: Model) -> None:
    for name in ("source_date", "valid_from", "valid_to"):
        value = model.told.get(name)
        if value and len(value) == 10:
            try:
                date.fromisoformat(value)
            except ValueError:
                raise _no(f"{name.replace('_', ' ')}: “{value[:20]}” is no day there is.", "date") from None


def _need_response_times(model: Model, *, at: datetime) -> None:
    table = model.decision(DECISION).table
    assert table is not None
    names = [one.name for one in table.outputs]
    if "response" not in names:
        raise _no(f"“{DECISION}” has no output “response”.", "output")
    place = names.index("response")
    known = _times(local_date(at))
    for rule in table.rules:
        text = rule.says[place].text.strip()
        if text.strip('"') not in known or not text.startswith('"'):
            words = f"Row {rule.number}, “response”: {text[:40]} is no response time of ours."
            raise _no(words, "response")


def told(problem: Any) -> str:
    """A problem of a table in words, with its place."""
    row = f", row {problem.row}" if problem.row else ""
    return f"{problem.decision}{row}: {problem.words}"


def problems(model: Model, *, at: datetime) -> list[str]:
    """What must be put right before anybody is asked to review it."""
    found = [told(one) for one in model.check() if one.stops or one.kind in IN_THE_WAY]
    return [*found, *list(lessened(model, at=at))[:5]]


def remarks(model: Model) -> list[str]:
    """What the checks found that is left to whoever reviews."""
    return [told(one) for one in model.check() if not one.stops and one.kind not in IN_THE_WAY]


def lessened(model: Model, *, at: datetime) -> Iterator[str]:
    """Where an answer nobody has would make the response later than any answer would."""
    cases = generated(model, at=at)
    within = {one.code: one.within for one in law.response_times(on=local_date(at))}
    answers = answered(model, cases, at=at)
    names = list(cases)
    by_case = {
        case: within[answer.urgency] if answer else None
        for case, answer in zip(zip(*cases.values(), strict=True), answers, strict=True)
    }
    for place, name in enumerate(names):
        if name in response_advice.NO_QUESTIONS:
            continue
        for case, found in by_case.items():
            if case[place] != UNKNOWN or found is None:
                continue
            others = [by_case.get((*case[:place], one, *case[place + 1 :])) for one in KNOWN]
            if all(one is not None and one < found for one in others):
                yield f"Where “{name}” was not asked, it can be later than with any answer."
                break


def generated(model: Model, *, at: datetime) -> dict[str, list[Any]]:
    """Every kind of case there could be, a column for each input: yes, no or not asked, at every age."""
    asked = [one for one in model.inputs_of(DECISION) if one not in response_advice.NO_QUESTIONS]
    choices: dict[str, tuple[Any, ...]] = dict.fromkeys(asked, (*KNOWN, UNKNOWN))
    for name, values in (("age", AGES), ("asks_for", ("advice", "help", "not_known"))):
        if name in model.inputs_of(DECISION):
            choices[name] = values
    cases = list(product(*choices.values()))
    return {name: [case[place] for case in cases] for place, name in enumerate(choices)}


def answered(model: Model, columns: Mapping[str, list[Any]], *, at: datetime) -> list[Said | None]:
    """What it says of each of very many cases; none where that is no response time."""
    wanted = {name: column for name, column in columns.items() if name in model.inputs_of(DECISION)}
    if not wanted:
        one = said(model, {}, at=at)
        return [one] * len(next(iter(columns.values()), []))
    known = _times(local_date(at))
    found = model.decide_columns(DECISION, wanted)
    if found.codes is not None and found.kinds:
        kinds = [heard(value, rows, known=known) for value, rows in found.kinds]
        return list(map(kinds.__getitem__, found.codes))
    return [heard(value, rows, known=known) for value, rows in zip(found[DECISION], found.rows, strict=True)]


def _times(on: date) -> frozenset[str]:
    return frozenset(one.code for one in law.response_times(on=on))


def may_ask(*, at: datetime) -> list[str]:
    """The inputs that guidance may have, by their names in a file."""
    return [*response_advice.inputs_of({}, born_on=None, at=at), "getting_worse"]


def may_say(*, at: datetime) -> list[str]:
    """The response times that guidance may answer with, by their names in a file."""
    return [one.code for one in law.response_times(on=local_date(at))]


def _no(words: str, code: str) -> Refused:
    sentence = f"{words[:1].upper()}{words[1:]}"
    return Refused(sentence, code=f"guidance_{code}", field="file")
