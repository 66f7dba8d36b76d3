"""What came of verifying the journal, in words: which entry is broken, in whose chain, and how."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta

from nowrongdoor.kernel.journal.verifying import Verified, names_of_agencies
from nowrongdoor.nhsuk.wording import duration, local_datetime, local_time, plural
from nowrongdoor.rules.anchor import Chain, Line
from nowrongdoor.rules.chain import Break, Fault

GAP = timedelta(minutes=3)  # without an anchor for longer, something stood still
SYSTEM = "The system's own chain"
Names = Mapping[str, str]


def names(using: str = "default") -> Names:
    return names_of_agencies(using)


def whose(agency_id: Chain, names: Names) -> str:
    """Whose chain it is: the agency by the name the journal has for it."""
    return SYSTEM if agency_id is None else names.get(agency_id, f"Agency {agency_id}")


def in_words(broken: Break, names: Names) -> str:
    """`Averley Council, entry 41: edited. …`"""
    at = broken.anchored_at
    if broken.fault is Fault.ANCHOR_CHANGED:
        after = "" if at is None else f" The last line that can be trusted is that of {local_datetime(at)}."
        return f"{str(broken.fault).capitalize()}. {broken.words}{after}"
    fault = str(broken.fault)
    if broken.fault is Fault.REWRITTEN and at is not None:
        fault += f" of {local_time(at)}"
    on = "" if at is None else f" Anchored {local_datetime(at)}."
    return f"{whose(broken.agency_id, names)}, entry {broken.number:,}: {fault}. {broken.words}{on}"


def told(found: Verified, names: Names, *, seconds: float) -> Iterator[str]:
    """Everything there is to say, the first broken entry first."""
    for i, broken in enumerate(found.breaks):
        yield f"{'FIRST BROKEN' if not i else 'Also broken'}: {in_words(broken, names)}"
    if found.broken_places > len(found.breaks):
        yield f"{found.broken_places:,} places are broken; of each chain the first is named."
    yield from _besides(found, names)
    rate = round(found.entries / seconds) if seconds else 0
    counted = f"{plural(found.entries, 'entry', 'entries')} in {plural(found.chains, 'chain')}"
    verdict = "as sealed" if found.holds else "NOT as sealed"
    yield f"{counted}: {verdict}. {seconds:.1f} s, {rate:,} rows/s."


def _besides(found: Verified, names: Names) -> Iterator[str]:
    """What is no break, and yet worth knowing."""
    if found.erased:
        yield f"Erased, on record: {found.erased:,}."
    if found.late:
        yield (
            f"Sealed more than an hour after the time they bear: {found.late:,} "
            "(loaded from elsewhere, sealed late, or bearing a false time)."
        )
    if found.waiting:
        yield f"Not sealed yet, and so not protected: {found.waiting:,}."
    if found.anchor is None:
        yield "Without an anchor: a tail cut off, or a chain written anew from some entry on, is not seen."
        return
    for line in found.anchor.re_anchored:
        yield re_anchored(line, names)
    if found.anchor.last_at is not None:
        last = local_datetime(found.anchor.last_at)
        yield f"Held against {plural(found.anchor.lines, 'line')} of the anchor, the last of {last}."
    if found.anchor.longest_gap > GAP:
        yield f"The longest time without a line in the anchor was {duration(found.anchor.longest_gap)}."


def re_anchored(line: Line, names: Names) -> str:
    again = line.re_anchored
    assert again is not None
    kept = dict(again.kept)
    given_up = ", ".join(
        f"{whose(head.agency_id, names)} {kept.get(head.agency_id, 0) + 1:,} to {head.number:,}"
        for head in again.gave_up
    )
    return (
        f"Anchored anew {local_datetime(line.at)} by {again.by} ({again.why}). "
        f"Given up, and vouched for no more: {given_up or 'nothing but a line that was torn'}."
    )
