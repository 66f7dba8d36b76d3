"""What is too large for any form of ours is not read, and whoever sent it is told so in words."""

import tempfile
from pathlib import Path

import pytest
from asgiref.sync import async_to_sync
from django.core.files.uploadedfile import InMemoryUploadedFile, SimpleUploadedFile
from django.http import HttpResponse
from django.test import RequestFactory

from nowrongdoor.console.prove.attack import addresses
from nowrongdoor.rules.attachment import LARGEST, MOST
from nowrongdoor.site import asgi, bodies, uploads

SOURCE = Path(bodies.__file__).parents[1]
WITH_FILES = "/referrals/00000000-0000-4000-8000-000000000000/hand-over"
LENGTHS = [
    ([(b"content-length", b"10")], False),
    ([(b"Content-Length", str(bodies.LARGEST_BODY).encode())], False),
    ([(b"content-length", str(bodies.LARGEST_BODY + 1).encode())], True),
    ([(b"content-length", b"9" * 40)], True),
    ([(b"content-length", b"-1")], True),
    ([(b"content-length", b"many")], True),
    ([(b"transfer-encoding", b"chunked")], True),
    ([], False),
]


def sent(application, headers, *, body=b"x" * 10, path="/team"):
    """What the application was given, and whether it asked for the body that was sent."""
    told, asked = [], []

    async def receive():
        asked.append(True)
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message):
        told.append(message)

    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "POST", "path": path,
        "raw_path": path.encode(), "query_string": b"", "root_path": "", "scheme": "http", "headers": headers,
        "server": ("localhost", 80), "client": ("127.0.0.1", 1),
    }  # fmt: skip
    async_to_sync(application)(scope, receive, send)
    return told, asked


@pytest.mark.parametrize(("headers", "is_too_large"), LENGTHS)
def test_a_body_is_given_on_or_not_by_the_length_it_says(headers, is_too_large):
    given = []

    async def application(scope, receive, send):
        given.append((scope.get(bodies.TOO_LARGE, False), await receive()))

    _, asked = sent(bodies.no_larger_than(application), headers, path=WITH_FILES)
    assert given[0][0] == is_too_large and bool(asked) != is_too_large
    assert given[0][1]["body"] == (b"" if is_too_large else b"x" * 10)


@pytest.mark.django_db
def test_it_is_answered_in_words_without_being_read():
    headers = [(b"host", b"localhost"), (b"content-length", b"1000000000"), (b"content-type", b"text/plain")]
    told, asked = sent(asgi.application, headers)
    page = b"".join(one.get("body", b"") for one in told).decode()
    assert told[0]["status"] == 413 and not asked
    assert "what you typed is still in the form" in page
    assert b"content-security-policy" in {name.lower() for name, _ in told[0]["headers"]}


def test_where_no_file_can_be_sent_less_is_taken_in():
    given = []

    async def application(scope, receive, send):
        given.append((scope.get(bodies.TOO_LARGE, False), (await receive())["body"]))

    for length in (bodies.LARGEST_FORM, bodies.LARGEST_FORM + 1):
        headers = [(b"content-length", str(length).encode())]
        sent(bodies.no_larger_than(application), headers)
        sent(bodies.no_larger_than(application), headers, path=WITH_FILES)
    assert [one for one, _ in given] == [False, False, True, False]
    assert given[2][1] == b"", "it came in and was thrown away"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "words"), [("/contacts/new", "16 million characters"), (WITH_FILES, "files of 2.5 MB each")]
)
def test_the_words_say_what_was_too_large(path, words):
    headers = [(b"host", b"localhost"), (b"content-length", b"40000000")]
    told, _ = sent(asgi.application, headers, path=path)
    page = b"".join(one.get("body", b"") for one in told).decode()
    assert told[0]["status"] == 413 and words in page


def test_more_is_taken_in_at_the_addresses_whose_forms_have_files_and_at_no_other():
    templates = SOURCE.glob("pages/*/templates/*/*.jinja")
    with_files = [one.name for one in templates if "multipart/form-data" in one.read_text()]
    # A file of guidance is refused far below what any form may hold (`guidance_bytes`).
    assert sorted(with_files) == ["new.jinja", "upload.jinja"]
    takes = [name for name, path in addresses.addresses() if bodies.takes_files(path)]
    assert takes == ["handover_new"]


def test_nothing_that_is_sent_is_laid_on_a_disk(monkeypatch):
    def refuse(*args, **kwargs):
        raise AssertionError("a file was laid on a disk")

    for name in ("NamedTemporaryFile", "TemporaryFile", "mkstemp"):
        monkeypatch.setattr(tempfile, name, refuse)
    monkeypatch.setattr(tempfile.SpooledTemporaryFile, "rollover", refuse)
    files = [SimpleUploadedFile(f"{n}.pdf", bytes(LARGEST + 5_000_000)) for n in range(MOST + 1)]
    request = RequestFactory().post("/", {"attached": files, "words": "kept"})
    taken = request.FILES.getlist("attached")
    assert all(type(one) is InMemoryUploadedFile for one in taken) and request.POST["words"] == "kept"
    assert [len(one.read()) for one in taken] == [LARGEST + 1] * MOST + [0]
    assert [one.size for one in taken] == [LARGEST + 5_000_000] * (MOST + 1)


def test_whatever_else_comes_goes_on_to_the_page():
    answer = uploads.refuse_too_large(lambda request: HttpResponse("the page"))(RequestFactory().get("/"))
    assert answer.content == b"the page"
