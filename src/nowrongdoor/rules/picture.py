"""
A photograph without what its camera wrote beside it: where and when it was taken, with what, by whom.

Where somebody lives must not travel with a photograph of their medicine box. The picture itself is not
touched: only the parts that draw it are kept, byte for byte, and which way up it is. A part nobody listed
here is left out, so what a telephone invents next year is too. Nothing is decoded, so a picture made to
harm a program that opens it harms nothing here. JPEG as in ITU-T T.81 and Exif 2.32, PNG as in its third
edition.
"""

import re
import struct
from collections.abc import Iterator
from zlib import crc32

PNG, JPEG = "image/png", "image/jpeg"

_BEGIN, _END, _SCAN = b"\xff\xd8", 0xD9, 0xDA
# How it is coded, and the two notes without which its colours would be others.
_DRAWS = {*range(0xC0, 0xD0), _SCAN, 0xDB, 0xDC, 0xDD, 0xDE, 0xDF} - {0xC8}
_COLOURS = {0xE0: b"JFIF\x00", 0xE2: b"ICC_PROFILE\x00", 0xEE: b"Adobe"}
_ALONE = {0x01, *range(0xD0, 0xD8)}
_EXIF, _EXIF_BEGINS = 0xE1, b"Exif\x00\x00"
# In a scan 0xFF stands for itself before a zero, and parts the scan before a number from D0 to D7.
_AFTER_SCAN = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")

_PNG_BEGIN = b"\x89PNG\r\n\x1a\n"
_PNG_DRAWS = {
    *(b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"bKGD", b"pHYs", b"acTL", b"fcTL", b"fdAT"),
    *(b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"cICP", b"mDCV", b"cLLI"),
}
_WAY_UP = 0x0112


class Damaged(Exception):
    """The parts of a picture do not follow one another, so nobody knows what is in it."""


def bare(content: bytes, media_type: str) -> bytes:
    """A picture with nothing beside it; anything else as it is. Bare already, it stays the same."""
    if media_type not in (PNG, JPEG):
        return content
    try:
        return b"".join(_png(content) if media_type == PNG else _jpeg(content))
    except (IndexError, struct.error) as end:
        raise Damaged from end


def _jpeg(content: bytes) -> Iterator[bytes]:
    yield _BEGIN
    at = len(_BEGIN)
    while True:
        kind, at = _marker(content, at)
        if kind == _END:  # what comes after it is no part of the picture: notes, a second one, a film
            yield b"\xff\xd9"
            return
        if kind in _ALONE:
            yield bytes((0xFF, kind))
            continue
        (length,) = struct.unpack_from(">H", content, at)
        part, at = content[at : at + length], at + length
        if length < 2 or len(part) < length:
            raise Damaged
        if kind in _DRAWS or part[2:].startswith(_COLOURS.get(kind, part)):
            yield bytes((0xFF, kind)) + part
        elif kind == _EXIF and part[2:].startswith(_EXIF_BEGINS) and (note := _way_up(part[8:])):
            yield struct.pack(">BBH", 0xFF, _EXIF, 8 + len(note)) + _EXIF_BEGINS + note
        if kind == _SCAN:
            end = _AFTER_SCAN.search(content, at)
            if end is None:
                raise Damaged
            yield content[at : end.start()]
            at = end.start()


def _marker(content: bytes, at: int) -> tuple[int, int]:
    """The kind of part that begins here, and where it goes on."""
    begins = at
    while content[at] == 0xFF:
        at += 1
    if at == begins or content[at] in (0x00, 0xD8):
        raise Damaged
    return content[at], at + 1


def _png(content: bytes) -> Iterator[bytes]:
    yield _PNG_BEGIN
    at = len(_PNG_BEGIN)
    while True:
        length, kind = struct.unpack_from(">I4s", content, at)
        part, at = content[at : at + length + 12], at + length + 12
        if len(part) < length + 12:
            raise Damaged
        if kind in _PNG_DRAWS:
            yield part
        elif kind == b"eXIf" and (note := _way_up(part[8:-4])):
            yield struct.pack(">I", len(note)) + kind + note + struct.pack(">I", crc32(kind + note))
        if kind == b"IEND":
            return


def _way_up(exif: bytes) -> bytes:
    """Of what a camera wrote, which way up it was held and nothing else; nothing where it does not say."""
    order = {b"II*\x00": "<", b"MM\x00*": ">"}.get(exif[:4])
    if order is None:
        return b""
    try:
        (at,) = struct.unpack_from(f"{order}I", exif, 4)
        (count,) = struct.unpack_from(f"{order}H", exif, at)
        for entry in range(at + 2, at + 2 + 12 * count, 12):
            tag, _, _, way = struct.unpack_from(f"{order}HHIH", exif, entry)
            if tag == _WAY_UP and 2 <= way <= 8:
                return b"MM\x00*" + struct.pack(">IHHHIHHI", 8, 1, _WAY_UP, 3, 1, way, 0, 0)
    except struct.error:  # a note that ends early says nothing
        pass
    return b""
