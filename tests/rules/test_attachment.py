"""What a file is, is seen from what is in it; what it is called is made safe and never believed."""

import pytest

from nowrongdoor.rules.attachment import (
    LARGEST,
    LONGEST_NAME,
    MOST,
    NewFile,
    attach,
    check,
    media_type_of,
    name_to_save,
    plain_name,
    size_words,
)
from nowrongdoor.rules.change import Refused, plain
from tests.worlds.facts import TEN, a_handover, id_of
from tests.worlds.files import ARCHIVE, HTML, JPEG, PDF, PNG, SVG, TEXT


def a_file(content: bytes, *, name: str = "letter.pdf", size: int | None = None) -> NewFile:
    return NewFile(id_of(name), name, content, len(content) if size is None else size)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PDF, "application/pdf"),
        (PNG, "image/png"),
        (JPEG, "image/jpeg"),
        (JPEG + b"notes of a telephone", "image/jpeg"),
        (TEXT, "text/plain"),
        ("\ufeffGrüße; temperature < 38 and pulse <90".encode(), "text/plain"),
    ],
)
@pytest.mark.parametrize("name", ["letter.pdf", "letter.html", "letter", "photo.PNG"])
def test_a_file_is_what_is_in_it_whatever_it_is_called(content: bytes, kind: str, name: str) -> None:
    assert media_type_of(a_file(content, name=name)) == kind


@pytest.mark.parametrize(
    "content",
    [
        HTML,
        b"  \n<!DOCTYPE html><p>Hello",
        b"Dear all, <script>alert(1)</script>",
        SVG,
        b'<?xml version="1.0"?>' + SVG,
        ARCHIVE,
        PDF + ARCHIVE,
        PNG + b"<script>",
        PNG + ARCHIVE,
        JPEG + ARCHIVE,
        b"%PDF-1.7\x01 and no end",
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff\xe0 no end",
        b"GIF89a" + bytes(40),
        b"MZ\x90\x00",
        b"\x7fELF",
        b"{\\rtf1 Hello}",
        "in sixteen bits".encode("utf-16"),
        b"caf\xe9",
        b"with a NUL\x00 in it",
        b" \n\t ",
    ],
)
@pytest.mark.parametrize("name", ["letter.pdf", "photo.png", "notes.txt"])
def test_what_could_run_or_hold_others_is_refused_by_name(content: bytes, name: str) -> None:
    with pytest.raises(Refused) as refused:
        media_type_of(a_file(content, name=name))
    assert refused.value.words == (
        f"The file “{name}” cannot be taken. Only a PDF, a PNG or JPEG picture, or plain text can be attached."
    )
    assert refused.value.field == "attached"


def test_an_empty_file_and_one_too_large_are_refused_each_in_its_own_words() -> None:
    with pytest.raises(Refused) as empty:
        media_type_of(a_file(b""))
    assert empty.value.words == "The file “letter.pdf” is empty. Choose it again once it has something in it."
    with pytest.raises(Refused) as large:
        media_type_of(a_file(TEXT, size=LARGEST + 1))
    assert large.value.words == "The file “letter.pdf” has 2.6 MB and can have 2.5 MB."
    assert media_type_of(a_file(TEXT * (LARGEST // len(TEXT)))) == "text/plain"


def test_six_files_are_one_too_many() -> None:
    check([a_file(TEXT)] * MOST)
    with pytest.raises(Refused, match="You have chosen 6 files, and at most 5 can be attached"):
        check([a_file(TEXT)] * (MOST + 1))


def test_one_that_cannot_be_taken_holds_back_all_the_others() -> None:
    with pytest.raises(Refused):
        attach(a_handover(), files=[a_file(PDF), a_file(HTML)], at=TEN)


def test_the_journal_is_told_the_hash_and_never_the_bytes() -> None:
    (step,) = attach(a_handover(), files=[a_file(TEXT)], at=TEN)
    attached = step.change.after
    assert plain(attached.content) == f"sha256:{attached.sha256}"
    assert "Dear" not in repr(attached) and "Dear" not in repr(a_file(TEXT))


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("letter.pdf", "letter.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\sam\\scan.pdf", "scan.pdf"),
        ("..", "Without a name"),
        ("", "Without a name"),
        ("\x00", "Without a name"),
        ("let\x00ter.pdf", "letter.pdf"),
        ("letter\r\nSet-Cookie: a=b.pdf", "letterSet-Cookie a=b.pdf"),
        ("letter\u202efdp.exe", "letterfdp.exe"),
        ("\u2066let\u2069ter\u200b.pdf", "letter.pdf"),
        ("a\u2028b.pdf", "ab.pdf"),
        ('say "hello".pdf', "say hello .pdf"),
        ("  Brief  von  Dr Müller.pdf ", "Brief von Dr Müller.pdf"),
        (".htaccess", "htaccess"),
    ],
)
def test_a_name_keeps_no_path_and_nothing_unseen(given: str, kept: str) -> None:
    assert plain_name(given) == kept


def test_a_long_name_keeps_its_beginning_and_its_end() -> None:
    name = plain_name("a" * 500 + " of 28 November.pdf")
    assert len(name) == LONGEST_NAME and name.startswith("aaa") and name.endswith("of 28 November.pdf")


@pytest.mark.parametrize(
    ("name", "kind", "saved"),
    [
        ("letter.pdf", "application/pdf", "letter.pdf"),
        ("LETTER.PDF", "application/pdf", "LETTER.PDF"),
        ("page.html", "text/plain", "page.html.txt"),
        ("photo.jpeg", "image/jpeg", "photo.jpeg"),
        ("run.exe", "image/png", "run.exe.png"),
    ],
)
def test_it_is_saved_under_the_ending_of_what_it_is(name: str, kind: str, saved: str) -> None:
    assert name_to_save(name, kind) == saved


def test_a_size_is_said_as_a_device_says_it() -> None:
    sizes = (12, 1024, 1025, 999_999, 1_048_576, LARGEST, LARGEST + 1)
    assert [size_words(one) for one in sizes] == [
        "12 bytes", "1 KB", "2 KB", "977 KB", "1.0 MB", "2.5 MB", "2.6 MB"
    ]  # fmt: skip
