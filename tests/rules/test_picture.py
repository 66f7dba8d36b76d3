"""A photograph is taken in without what its camera wrote beside it, and draws as it did."""

import struct
from time import perf_counter
from zlib import crc32

import pytest

from nowrongdoor.rules.change import Refused
from nowrongdoor.rules.picture import JPEG, PNG, Damaged, bare
from tests.rules.test_attachment import TEN, a_file, a_handover
from tests.worlds import files

HOME = b"50.2650N 5.0527W"  # where it was taken
ORDERS = {"<": b"II*\x00", ">": b"MM\x00*"}


def exif(*, way_up: int = 1, order: str = "<", name: bytes = b"Exif\x00\x00") -> bytes:
    """What a telephone writes: its maker, which way up it was held, and where."""
    entries = struct.pack(f"{order}HHII", 0x010F, 2, len(HOME), 50)
    entries += struct.pack(f"{order}HHIHH", 0x0112, 3, 1, way_up, 0)
    return name + ORDERS[order] + struct.pack(f"{order}IH", 8, 2) + entries + bytes(4) + bytes(12) + HOME


def part(kind: int, content: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, kind, 2 + len(content)) + content


def taken(*parts: bytes, after: bytes = b"") -> bytes:
    """The smallest photograph, with these parts behind its first one."""
    return files.JPEG[:20] + b"".join(parts) + files.JPEG[20:] + after


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", crc32(kind + content))


def drawn(*chunks: bytes) -> bytes:
    return files.PNG[:33] + b"".join(chunks) + files.PNG[33:]


@pytest.mark.parametrize("content", [
    taken(part(0xE1, exif())),
    taken(part(0xE1, exif(order=">"))),
    taken(part(0xE1, b"http://ns.adobe.com/xap/1.0/\x00<x:xmpmeta>" + HOME)),
    taken(part(0xE2, b"MPF\x00" + HOME)),
    taken(part(0xED, b"Photoshop 3.0\x008BIM" + HOME), part(0xFE, HOME)),
    taken(part(0xE5, HOME), part(0xE0, b"JFXX\x00" + HOME), part(0xEF, HOME)),
    taken(after=HOME + taken(part(0xE1, exif()))),
])  # fmt: skip
def test_nothing_that_a_camera_wrote_stays_in_a_photograph(content):
    assert HOME in content and bare(content, JPEG) == files.JPEG


@pytest.mark.parametrize("content", [
    drawn(chunk(b"eXIf", exif(name=b""))),
    drawn(chunk(b"tEXt", b"GPS\x00" + HOME), chunk(b"iTXt", HOME), chunk(b"zTXt", HOME), chunk(b"tIME", HOME)),
    drawn(chunk(b"prVt", HOME)),
])  # fmt: skip
def test_nor_in_a_picture_of_the_other_kind(content):
    assert HOME in content and bare(content, PNG) == files.PNG


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("way_up", [3, 6, 8])
def test_which_way_up_it_was_held_is_kept_and_nothing_else_of_what_was_written(way_up, order):
    kept = bare(taken(part(0xE1, exif(way_up=way_up, order=order))), JPEG)
    way = b"MM\x00*" + struct.pack(">IHHHIHHI", 8, 1, 0x0112, 3, 1, way_up, 0, 0)
    assert kept == taken(part(0xE1, b"Exif\x00\x00" + way)) and bare(kept, JPEG) == kept
    png = bare(drawn(chunk(b"eXIf", exif(way_up=way_up, order=order, name=b""))), PNG)
    assert png == drawn(chunk(b"eXIf", way)) and bare(png, PNG) == png


def test_what_draws_it_is_kept_to_the_byte():
    colours = part(0xE2, b"ICC_PROFILE\x00\x01\x01" + bytes(20)), part(0xEE, b"Adobe\x00\x64" + bytes(5))
    scan = taken(*colours).replace(b"\xff\xd9", b"\x01\xff\x00\x02\xff\xd0\x03\xff\xd9")
    assert bare(scan, JPEG) == scan
    png = drawn(chunk(b"gAMA", bytes(4)), chunk(b"iCCP", b"sRGB\x00\x00x"), chunk(b"pHYs", bytes(9)))
    assert bare(png, PNG) == png
    assert bare(files.PDF, "application/pdf") == files.PDF


@pytest.mark.parametrize("cut", range(2, len(files.JPEG)))
def test_a_photograph_that_ends_early_is_damaged_wherever_it_ends(cut):
    with pytest.raises(Damaged):
        bare(files.JPEG[:cut], JPEG)


@pytest.mark.parametrize("content", [
    taken(b"\x00\x00"), taken(b"\xff\x00"), taken(b"\xff\xd8"), taken(b"\xff\xe1\x00\x01"), taken(b"\xff\xe1\xff\xff"),
])  # fmt: skip
def test_parts_that_do_not_follow_one_another_are_refused_by_the_name_of_the_file(content):
    from nowrongdoor.rules.attachment import media_type_of

    with pytest.raises(Refused, match=r"“box.jpg” cannot be taken, for its picture is damaged"):
        media_type_of(a_file(content, name="box.jpg"))


@pytest.mark.parametrize("note", [b"", b"II*\x00", exif(way_up=6)[6:22], b"XX*\x00" + bytes(40), exif(way_up=9)[6:]])
def test_a_note_that_says_nothing_of_it_is_left_out_whole(note):
    assert bare(taken(part(0xE1, b"Exif\x00\x00" + note)), JPEG) == files.JPEG


@pytest.mark.parametrize("filled", [b"\xff\x00", b"\xff", b"\xff\xd0", b"\xff\xe1\x00\x02"])
def test_however_a_large_one_is_made_it_is_read_once(filled):
    large, began = files.JPEG[:-2] + filled * (2_500_000 // len(filled)) + b"\xff\xd9", perf_counter()
    bare(large, JPEG)
    assert perf_counter() - began < 20, "twice as long would be four times as slow"


def test_what_goes_with_an_offer_is_bare_whoever_sends_it():
    from nowrongdoor.rules.attachment import attach

    (step,) = attach(a_handover(), files=[a_file(taken(part(0xE1, exif())), name="box.jpg")], at=TEN)
    attached = step.change.after
    assert (attached.content, attached.size) == (files.JPEG, len(files.JPEG))
