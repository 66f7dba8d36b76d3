"""
An attachment: a file that goes with an offer, such as a letter or a photograph of a medicine box.

It is part of what the offer says: recorded with it or not at all, and never changed. What a file is, is
seen from what is in it and never believed from its name: PDF, PNG, JPEG and plain text, and nothing that
a browser could run or that can hold other files. Of a picture only what draws it is taken (`rules.picture`).
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from nowrongdoor.rules import picture
from nowrongdoor.rules.change import Refused, Step, Steps, began
from nowrongdoor.rules.handover import Handover

# Limits of ours, not of any standard: five photographs of a telephone, sent over a slow line.
MOST = 5
LARGEST = 2_621_440
LONGEST_NAME = 120

PDF, PNG, JPEG, TEXT = "application/pdf", "image/png", "image/jpeg", "text/plain"
ENDINGS = {PDF: (".pdf",), PNG: (".png",), JPEG: (".jpg", ".jpeg"), TEXT: (".txt",)}
NAMELESS = "Without a name"

_PNG_BEGINS, _PNG_ENDS = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", b"\x00\x00\x00\x00IEND\xaeB`\x82"
# The end of an archive's list of contents: a file may be a picture at its head and an archive at its foot.
_ARCHIVE, _ARCHIVE_WITHIN = b"PK\x05\x06", 65_557
# What makes text a page or a drawing that a browser runs, or a document of another kind.
_MARKUP = re.compile(
    r"<\s*(?:!doctype|!--|\?xml|\?php|html|head|body|svg|script|style|iframe|object|embed|link|meta|base|form"
    r"|img|a\s)|^\s*\{\\rtf",
    re.IGNORECASE,
)
_NOT_IN_TEXT = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_IN_NO_NAME = re.compile(r'[<>:"|?*]')


@dataclass(frozen=True)
class NewFile:
    """A file as it was chosen. `size` is what was sent, of which we may have kept only the beginning."""

    id: UUID
    name: str
    content: bytes = field(repr=False)
    size: int


@dataclass(frozen=True)
class Attachment:
    """`content` is told to the journal by its hash alone."""

    id: UUID
    handover_id: UUID
    referral_id: UUID
    name: str
    media_type: str
    size: int
    sha256: str
    content: bytes = field(repr=False)
    added_at: datetime
    added_by_id: UUID
    version: int = 0


@dataclass(frozen=True)
class KeptFile:
    """A file chosen for a form that is not sent yet: no record of anyone, and gone when the form is sent."""

    id: UUID
    draft_id: UUID
    member_id: UUID
    name: str
    content: bytes = field(repr=False)
    kept_at: datetime
    version: int = 0

    @property
    def chosen(self) -> NewFile:
        return NewFile(self.id, self.name, self.content, len(self.content))


def attach(offered: Handover, *, files: Sequence[NewFile], at: datetime) -> Steps:
    """These files become part of the offer. Refuses all of them when one cannot be taken."""
    check(files)
    return tuple(_attached(offered, one, at) for one in files)


def check(files: Sequence[NewFile]) -> None:
    """Refuses, naming the file, what cannot be attached."""
    if len(files) > MOST:
        raise Refused(too_many(len(files)), code="too_many_files", field="attached")
    for one in files:
        media_type_of(one)


def too_many(count: int) -> str:
    """That so many files are more than an offer can have."""
    return f"You have chosen {count} files, and at most {MOST} can be attached."


def media_type_of(one: NewFile) -> str:
    """What a file is, by what is in it. Raises `Refused` for anything but the four kinds."""
    name = f"The file “{plain_name(one.name)}”"
    if not one.size:
        raise Refused(f"{name} is empty. Choose it again once it has something in it.", code="file_empty",
                      field="attached")  # fmt: skip
    if one.size > LARGEST:
        large = f"{name} has {size_words(one.size)} and can have {size_words(LARGEST)}."
        raise Refused(large, code="file_too_large", field="attached")
    found = _kind_of(one.content)
    if found is None:
        raise Refused(
            f"{name} cannot be taken. Only a PDF, a PNG or JPEG picture, or plain text can be attached.",
            code="file_kind",
            field="attached",
        )
    try:
        picture.bare(one.content, found)
    except picture.Damaged:
        raise Refused(
            f"{name} cannot be taken, for its picture is damaged. Save it anew, or photograph it again.",
            code="file_damaged",
            field="attached",
        ) from None
    return found


def bare(one: NewFile) -> NewFile:
    """
    The file as it is kept: of a photograph not where it was taken. Raises `Refused` for what cannot be taken.
    """
    content = picture.bare(one.content, media_type_of(one))
    return replace(one, content=content, size=len(content))


def plain_name(given: str) -> str:
    """A file's name without a path, and without what cannot be seen or would turn the line around."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", given))[-1]
    seen = "".join(one for one in last if one == " " or unicodedata.category(one)[0] not in "CZ")
    name = " ".join(_IN_NO_NAME.sub(" ", seen).split()).strip(". ")
    if len(name) > LONGEST_NAME:
        name = f"{name[: LONGEST_NAME - 21]}…{name[-20:]}"
    return name or NAMELESS


def name_to_save(name: str, media_type: str) -> str:
    """The name a browser saves the file under: its ending is that of what the file is."""
    endings = ENDINGS[media_type]
    return name if name.lower().endswith(endings) else f"{name}{endings[0]}"


def size_words(size: int) -> str:
    """`812 KB`, `2.5 MB`: as a person's own device names it; never rounded down to what is allowed."""
    if size < 1024:
        return f"{size} bytes"
    if size < 1_000_000:
        return f"{-(-size // 1024)} KB"
    tenths = -(-size * 10 // 1_048_576)
    return f"{tenths // 10}.{tenths % 10} MB"


def _attached(offered: Handover, chosen: NewFile, at: datetime) -> Step:
    one = bare(chosen)
    return began(
        "attachment.added",
        Attachment(
            id=one.id,
            handover_id=offered.id,
            referral_id=offered.referral_id,
            name=plain_name(one.name),
            media_type=media_type_of(one),
            size=len(one.content),
            sha256=sha256(one.content).hexdigest(),
            content=one.content,
            added_at=at,
            added_by_id=offered.giver_member_id,
        ),
    )


def _kind_of(content: bytes) -> str | None:
    if _ARCHIVE in content[-_ARCHIVE_WITHIN:]:
        return None
    if content.startswith(b"%PDF-") and b"%%EOF" in content[-2048:]:
        return PDF
    if content.startswith(_PNG_BEGINS) and content.endswith(_PNG_ENDS):
        return PNG
    # A JPEG need not end with its end: telephones write notes of their own after it.
    if content.startswith(b"\xff\xd8\xff") and b"\xff\xd9" in content[2:]:
        return JPEG
    return TEXT if _is_plain(content) else None


def _is_plain(content: bytes) -> bool:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return bool(text.strip()) and not _NOT_IN_TEXT.search(text) and not _MARKUP.search(text)
