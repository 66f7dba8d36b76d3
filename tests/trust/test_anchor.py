"""The anchor's lines as they are reckoned and read, without a database."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nowrongdoor.rules.anchor import (
    Anchored,
    Damaged,
    Head,
    Kept,
    ReAnchored,
    hash_of_line,
    merkle_root,
    next_line,
    write,
)
from nowrongdoor.rules.chain import START

TWO_PM = datetime(2026, 11, 25, 14, 0, tzinfo=UTC)
HEALTH = "7c2b1f7e-0000-4000-8000-000000000001"
COUNCIL = "7c2b1f7e-0000-4000-8000-000000000002"


def head(agency_id: str | None, number: int) -> Head:
    return Head(agency_id, number, sha256(f"{agency_id} {number}".encode()).digest())


def heads(*some: Head) -> dict[str | None, Head]:
    return {one.agency_id: one for one in some}


def file(*minutes: dict[str | None, Head], again: ReAnchored | None = None) -> list[bytes]:
    """The lines of these minutes; with `again`, the last of them anchors anew."""
    so_far, lines = Anchored(), []
    for i, now in enumerate(minutes):
        last = again if i == len(minutes) - 1 else None
        lines.append(write(next_line(so_far, now, at=TWO_PM + timedelta(minutes=i), re_anchored=last)))
        so_far.take(lines[-1])
    return lines


def three_minutes() -> list[bytes]:
    return file(
        heads(head(HEALTH, 5)),
        heads(head(HEALTH, 7), head(COUNCIL, 1)),
        heads(head(HEALTH, 7), head(COUNCIL, 2), head(None, 1)),
    )


def read(lines: list[bytes]) -> Anchored:
    so_far = Anchored()
    for raw in lines:
        so_far.take(raw)
    so_far.end()
    return so_far


def damage(lines: list[bytes]) -> tuple[int, str]:
    with pytest.raises(Damaged) as found:
        read(lines)
    return found.value.number, found.value.words


def test_the_heads_are_those_of_the_last_line():
    so_far = read(three_minutes())
    assert so_far.heads == heads(head(HEALTH, 7), head(COUNCIL, 2), head(None, 1))
    assert so_far.lines == 3 and so_far.last is not None
    assert so_far.last.at == TWO_PM + timedelta(minutes=2)


def test_a_line_says_what_the_guide_says_it_does():
    first, second, _ = three_minutes()
    told = json.loads(second)
    assert sorted(told) == ["at", "changed", "heads", "previous", "root"]
    assert told["at"] == "2026-11-25T14:01:00+00:00"
    assert told["heads"] == 2
    assert told["changed"] == [
        [one.agency_id, one.number, one.hash.hex()] for one in (head(HEALTH, 7), head(COUNCIL, 1))
    ]
    assert told["previous"] == sha256(first[:-1]).hexdigest()
    assert first.endswith(b"\n") and first.count(b"\n") == 1
    assert json.loads(first)["previous"] == START.hex()


def test_a_quiet_minute_has_its_line_all_the_same():
    now = heads(head(HEALTH, 5))
    first, second = file(now, now)
    assert json.loads(second)["changed"] == []
    assert json.loads(second)["root"] == json.loads(first)["root"]


def leaf(one: Head) -> bytes:
    told = json.dumps([one.agency_id, one.number, one.hash.hex()], separators=(",", ":"))
    return sha256(b"\0" + told.encode()).digest()


def pair(left: bytes, right: bytes) -> bytes:
    return sha256(b"\1" + left + right).digest()


def test_the_root_is_that_of_a_tree_of_the_heads_in_the_order_of_agencies():
    system, health, council = head(None, 1), head(HEALTH, 7), head(COUNCIL, 2)
    assert merkle_root([]) == sha256(b"").digest()
    assert merkle_root([health]) == leaf(health)
    assert merkle_root([council, health]) == pair(leaf(health), leaf(council))
    assert merkle_root([council, health, system]) == pair(pair(leaf(system), leaf(health)), leaf(council))


def test_a_chain_that_is_gone_has_no_head():
    lines = file(heads(head(HEALTH, 5), head(COUNCIL, 1)), heads(head(HEALTH, 6)))
    assert [COUNCIL, 0, START.hex()] in json.loads(lines[1])["changed"]
    assert read(lines).heads == heads(head(HEALTH, 6))


# --- a file that was changed --------------------------------------------------------------------------------


def rewritten(raw: bytes, **told: object) -> bytes:
    return json.dumps({**json.loads(raw), **told}, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def test_lines_that_were_exchanged_are_found():
    one, two, three = three_minutes()
    assert damage([two, one, three]) == (1, "It does not follow the line before it.")
    assert damage([one, three, two])[0] == 2


def test_a_line_that_was_taken_out_or_put_in_is_found():
    one, two, three = three_minutes()
    assert damage([one, three])[0] == 2
    assert damage([one, two, two, three])[0] == 3


def test_a_root_of_other_heads_is_found_in_the_last_line_too():
    one, two, three = three_minutes()
    other = json.loads(two)["root"]
    assert damage([one, two, rewritten(three, root=other)])[0] == 3
    assert damage([one, two, rewritten(three, heads=4)])[0] == 3
    swapped = rewritten(three, changed=json.loads(two)["changed"])
    assert damage([one, two, swapped])[0] == 3


def test_a_line_that_nobody_can_read_is_found():
    one, two, three = three_minutes()
    for nonsense in (b"", b"\n", b"{}\n", b"[]\n", b"7\n", b"\xff\n", b"[" * 5_000 + b"\n", two[:40]):
        assert damage([one, nonsense, three])[0] == 2
        assert damage([one, nonsense])[0] == 2
    for told in ({"at": "2026-11-25T14:00:00"}, {"at": "now"}, {"heads": "2"}, {"changed": [[1, 2, "00"]]}):
        assert damage([one, rewritten(two, **told)])[0] == 2
    assert damage([one, rewritten(two, changed=[[HEALTH, 2**63, "00"]])])[0] == 2


@given(st.integers(0, 2), st.data())
def test_any_byte_that_is_changed_before_the_last_line_is_found(which: int, data: st.DataObject):
    lines = three_minutes()
    place = data.draw(st.integers(0, len(lines[which]) - 2))
    byte = data.draw(st.integers(0, 255).filter(lambda b: b not in (lines[which][place], ord("\n"))))
    lines[which] = lines[which][:place] + bytes([byte]) + lines[which][place + 1 :]
    try:
        read(lines)
    except Damaged:
        return
    assert which == 2 and json.loads(lines[2])["at"] != "2026-11-25T14:02:00+00:00", (
        "only the time of the very last line is held by nothing yet"
    )


# --- anchored anew ------------------------------------------------------------------------------------------


def test_after_a_restore_the_heads_may_go_back_and_the_line_says_why():
    again = ReAnchored("The disk broke.", "Bethan Pugh", (Kept(HEALTH, 5),), (head(HEALTH, 7),))
    lines = file(heads(head(HEALTH, 7)), heads(head(HEALTH, 6)), again=again)
    so_far = read(lines)
    assert so_far.heads == heads(head(HEALTH, 6))
    assert so_far.last is not None and so_far.last.re_anchored == again
    told = json.loads(lines[1])["re_anchored"]
    assert told == {
        "by": "Bethan Pugh",
        "gave_up": [[HEALTH, 7, head(HEALTH, 7).hash.hex()]],
        "kept": [[HEALTH, 5]],
        "why": "The disk broke.",
    }


def test_a_line_torn_by_a_power_cut_is_damage_until_an_administrator_anchors_anew():
    one, two, _ = three_minutes()
    torn = two[:50]
    assert damage([one, torn])[0] == 2
    so_far = Anchored()
    so_far.take(one)
    so_far.take(torn)
    assert so_far.previous == hash_of_line(torn)
    ordinary = write(next_line(so_far, heads(head(HEALTH, 8)), at=TWO_PM))
    assert damage([one, torn, ordinary])[0] == 2
    again = ReAnchored("The power went.", "Bethan Pugh", (), ())
    anew = write(next_line(so_far, heads(head(HEALTH, 8)), at=TWO_PM, re_anchored=again))
    assert read([one, torn, anew]).heads == heads(head(HEALTH, 8))
    assert damage([one, two[:51], anew])[0] == 3, "what was torn is held by the line that acknowledged it"
