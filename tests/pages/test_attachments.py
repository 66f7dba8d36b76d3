"""Files that go with an offer: part of it or not there at all, handed out to be saved, never shown."""

from hashlib import sha256
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.urls import reverse

from nowrongdoor.console.prove import replay
from nowrongdoor.data.attachments.models import Attachment, KeptFile
from nowrongdoor.data.handovers.models import Handover
from nowrongdoor.kernel.journal.models import Entry
from nowrongdoor.kernel.now import now
from nowrongdoor.rules.attachment import LARGEST
from tests.pages.sending import fields, sent, text
from tests.rules.test_picture import HOME, exif, part, taken
from tests.worlds import stories
from tests.worlds.files import ARCHIVE, HTML, JPEG, PDF, PNG, SVG, TEXT

pytestmark = pytest.mark.django_db


def a_file(name="letter.pdf", content=PDF):
    return SimpleUploadedFile(name, content, content_type="application/octet-stream")


@pytest.fixture
def given(place):
    return {"to_team": str(place.teams["Crisis team"]), "ask": "See her tonight"}


@pytest.fixture
def url(place):
    return reverse("handover_new", args=[place.a_referral()])


@pytest.fixture
def form(amir, url):
    return fields(amir.get(url), form="offer")


def offered(amir, url, form, given, *files):
    answer = sent(amir, url, form, **given, attached=list(files))
    assert answer.status_code == 302, text(answer)
    return answer.url


def address(name="letter.pdf"):
    return reverse("attachment", args=[Attachment.objects.get(name=name).id])


# --- sending ------------------------------------------------------------------------------------------------


def test_the_form_takes_files_without_a_script(amir, url):
    page = amir.get(url).content.decode()
    assert 'method="post" enctype="multipart/form-data"' in page
    assert 'type="file" multiple accept=".pdf,.png,.jpg,.jpeg,.txt"' in page


def test_the_receiver_sees_the_files_and_saves_them(amir, priya, url, form, given):
    files = [a_file(), a_file("box.png", PNG), a_file("photo.jpg", JPEG), a_file("notes.txt", TEXT)]
    page = offered(amir, url, form, given, *files)
    said = text(priya.get(page))
    for name, about in (("letter.pdf", "PDF"), ("box.png", "picture"), ("notes.txt", "text")):
        assert f"{name} {about}, " in said
    answer = priya.get(address())
    assert (answer.status_code, answer.content) == (200, PDF)
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="letter.pdf"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'; sandbox")
    assert priya.get(address("notes.txt")).headers["Content-Type"] == "text/plain; charset=utf-8"


def test_a_name_in_any_script_is_given_back_and_its_ending_is_of_what_it_is(amir, priya, url, form, given):
    offered(amir, url, form, given, a_file("Brief für Łucja.html", TEXT))
    answer = priya.get(address("Brief für Łucja.html"))
    said = answer.headers["Content-Disposition"]
    assert said.startswith("attachment; filename*=utf-8''") and said.endswith(".html.txt")


def test_nothing_is_kept_on_a_disk_or_in_the_journal_but_in_the_row(amir, url, form, given):
    offered(amir, url, form, given, a_file("notes.txt", TEXT))
    row, entry = Attachment.objects.get(), Entry.objects.get(kind="attachment.added")
    digest = sha256(TEXT).hexdigest()
    assert (bytes(row.content), row.sha256, row.size) == (TEXT, digest, len(TEXT))
    told = {name: new for name, (_, new) in entry.changes.items()}
    assert (told["name"], told["size"], told["content"]) == ("notes.txt", len(TEXT), f"sha256:{digest}")
    assert "5 mg" not in str(entry.changes)
    found = replay.compared()
    assert (found.mismatches, found.tables["attachments.attachment"]) == (0, 1)


def test_the_story_of_the_person_says_what_was_attached(amir, place, given):
    person = stories.maryam(place)
    url = reverse("handover_new", args=[place.a_referral(person_id=person)])
    offered(amir, url, fields(amir.get(url), form="offer"), given, a_file())
    assert "Attached “letter.pdf” to the offer." in text(amir.get(reverse("person_timeline", args=[person])))


def test_a_return_passes_the_files_on_to_the_next_team(amir, priya, sam, place, url, form, given):
    page = offered(amir, url, form, given, a_file())
    answer = sent(
        priya, f"{page}/return", fields(priya.get(f"{page}/return")), reason="not_ours",
        next_team=str(place.teams["Social care"]),
    )  # fmt: skip
    assert answer.status_code == 302
    following = Handover.objects.get(state="offered")
    assert "letter.pdf" in text(sam.get(reverse("handover", args=[following.id])))
    assert sam.get(address()).content == PDF


def test_when_the_offer_is_not_recorded_neither_are_its_files(amir, place, url, form, given):
    place.at = now()
    stories.offered_again(place, url.split("/")[2], to="Social care", by=place.amir, seen=1)
    answer = sent(amir, url, form, **given, attached=[a_file()])
    assert answer.status_code in (409, 422) and not Attachment.objects.exists()


# --- what cannot be taken -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("letter.pdf", HTML, "The file “letter.pdf” cannot be taken. Only a PDF"),
        ("drawing.svg", SVG, "The file “drawing.svg” cannot be taken."),
        ("drawing.png", SVG, "The file “drawing.png” cannot be taken."),
        ("all.zip", ARCHIVE, "The file “all.zip” cannot be taken."),
        ("all.pdf", PDF + ARCHIVE, "The file “all.pdf” cannot be taken."),
        ("empty.pdf", b"", "The file “empty.pdf” is empty."),
        ("large.pdf", PDF + bytes(LARGEST), "The file “large.pdf” has 2.6 MB and can have 2.5 MB."),
        ("huge.pdf", PDF + bytes(7_000_000), "The file “huge.pdf” has 6.7 MB and can have 2.5 MB."),
    ],
)
def test_it_is_refused_in_words_with_its_name_and_what_was_typed_is_kept(
    amir, url, form, given, name, content, words
):
    answer = sent(amir, url, form, **given, attached=[a_file(name, content)])
    assert answer.status_code == 422 and words in text(answer)
    assert fields(answer, form="offer")["ask"] == ["See her tonight"]
    assert not Attachment.objects.exists() and not Handover.objects.exists()
    assert not KeptFile.objects.exists()


def test_six_files_are_refused_and_named(amir, url, form, given):
    answer = sent(amir, url, form, **given, attached=[a_file(f"{n}.txt", TEXT) for n in range(6)])
    assert answer.status_code == 422
    assert "You have chosen 6 files, and at most 5 can be attached." in text(answer)
    assert not Handover.objects.exists() and fields(answer, form="offer")["ask"] == ["See her tonight"]


def test_more_than_five_are_refused_however_they_come_together(amir, url, form, given):
    first = [a_file(f"{n}.txt", TEXT) for n in range(4)]
    seen = fields(sent(amir, url, form, **given, attached=first, preview="1"), form="offer")
    answer = sent(amir, url, seen, attached=[a_file("five.txt", TEXT), a_file("six.txt", TEXT)])
    assert answer.status_code == 422
    assert "Choose again, once there is room: “five.txt” and “six.txt”." in text(answer)
    assert not Handover.objects.exists() and KeptFile.objects.count() == 4


def test_a_hundred_files_are_no_form_of_ours(amir, url, form, given):
    answer = sent(amir, url, form, **given, attached=[a_file(f"{n}.txt", TEXT) for n in range(100)])
    assert answer.status_code == 400 and "Nothing has been recorded" in text(answer)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("..\\..\\windows\\win.txt", "win.txt"),
        ("let\x00ter.txt", "letter.txt"),
        ("letter\u202etxt.exe", "lettertxt.exe"),
        ("<script>alert(1)</script>.txt", "script .txt"),
    ],
)
def test_a_hostile_name_is_made_plain(amir, priya, url, form, given, name, kept):
    page = offered(amir, url, form, given, Raw(name, TEXT))
    assert Attachment.objects.get().name == kept
    answer = priya.get(address(kept))
    said = answer.headers["Content-Disposition"]
    assert said.startswith("attachment; filename=") and "\r" not in said and "\n" not in said
    assert "<script>alert" not in priya.get(page).content.decode()


class Raw(SimpleUploadedFile):
    """A file whose name is sent as it is: Django's own would cut it to its last part first."""

    def __init__(self, name, content):
        super().__init__("x.txt", content)
        self._name = name

    name = property(lambda self: self._name, lambda self, name: None)


# --- a form that comes back ---------------------------------------------------------------------------------


def test_a_preview_keeps_the_files_and_shows_them_as_the_receiver_will_see_them(amir, url, form, given):
    seen = sent(amir, url, form, **given, attached=[a_file()], preview="1")
    assert seen.status_code == 200 and text(seen).count(f"letter.pdf PDF, {len(PDF)} bytes") == 2
    assert not Attachment.objects.exists()
    answer = sent(amir, url, fields(seen, form="offer"))
    assert answer.status_code == 302
    assert Attachment.objects.get().name == "letter.pdf" and not KeptFile.objects.exists()


def test_where_a_photograph_was_taken_is_kept_nowhere_and_sent_twice_it_is_one(amir, url, form, given):
    photo = taken(part(0xE1, exif()))
    chosen = a_file("box.jpg", photo)
    seen = sent(amir, url, form, **given, attached=[chosen], preview="1")
    kept = KeptFile.objects.get()
    assert HOME in photo and bytes(kept.content) == JPEG
    assert sent(amir, url, fields(seen, form="offer")).status_code == 302
    row = Attachment.objects.get()
    assert (bytes(row.content), row.size, row.sha256) == (JPEG, len(JPEG), sha256(JPEG).hexdigest())
    again = sent(amir, url, form, **given, attached=[a_file("box.jpg", photo)])
    assert again.status_code == 302 and Attachment.objects.count() == 1, "it is the one that went"


def test_a_damaged_photograph_is_refused_by_its_name(amir, url, form, given):
    answer = sent(amir, url, form, **given, attached=[a_file("box.jpg", taken(b"\x00\x00"))])
    assert answer.status_code == 422
    assert "“box.jpg” cannot be taken, for its picture is damaged" in text(answer)
    assert "See her tonight" in text(answer) and not Attachment.objects.exists()


def test_what_can_be_taken_is_not_lost_by_what_cannot(amir, url, form, given):
    answer = sent(amir, url, form, **given, attached=[a_file(), a_file("page.pdf", HTML)])
    assert answer.status_code == 422
    assert "“page.pdf” cannot be taken" in text(answer) and "“letter.pdf” cannot" not in text(answer)
    assert sent(amir, url, fields(answer, form="offer")).status_code == 302
    assert [one.name for one in Attachment.objects.all()] == ["letter.pdf"]


def test_a_file_can_be_taken_out_again(amir, url, form, given):
    seen = sent(amir, url, form, **given, attached=[a_file(), a_file("box.png", PNG)], preview="1")
    out = str(KeptFile.objects.get(name="letter.pdf").id)
    seen = sent(amir, url, fields(seen, form="offer"), taken_out=[out], preview="1")
    assert "letter.pdf" not in text(seen)
    assert sent(amir, url, fields(seen, form="offer")).status_code == 302
    assert [one.name for one in Attachment.objects.all()] == ["box.png"]


def test_it_is_left_out_when_it_is_taken_out_in_the_same_act_that_sends(amir, url, form, given):
    seen = sent(amir, url, form, **given, attached=[a_file()], preview="1")
    out = str(KeptFile.objects.get().id)
    assert sent(amir, url, fields(seen, form="offer"), taken_out=[out]).status_code == 302
    assert not Attachment.objects.exists()


def test_the_draft_keeps_its_files_and_throwing_it_away_throws_them_away(amir, url, form, given):
    sent(amir, url, form, **given, attached=[a_file()], preview="1")
    key = form["draft_key"][0]
    amir.post(reverse("draft", args=[key]), {**form, **given})
    assert "letter.pdf" in text(amir.get(f"{url}?draft={key}"))
    amir.post(reverse("draft", args=[key]), {**form, "draft_act": "discard"})
    assert not KeptFile.objects.exists()


def test_the_files_of_a_form_are_nobody_elses(amir, place, url, form, given):
    sent(amir, url, form, **given, attached=[a_file()], preview="1")
    lou = stories.browser(place.viewers["Lou of Front door"])
    theirs = fields(lou.get(url), form="offer")
    answer = sent(lou, url, {**theirs, "draft_key": form["draft_key"]}, **given, preview="1")
    assert "letter.pdf" not in text(answer)


def test_files_sent_after_the_sign_in_ended_are_named_to_be_chosen_again(amir, place, url, form, given):
    amir.session.flush()
    answer = sent(amir, url, form, **given, attached=[a_file()])
    assert answer.status_code == 303
    again = stories.browser(place.amir)
    back = text(again.get(f"{url}?draft={form['draft_key'][0]}"))
    assert "Choose these files again" in back and "letter.pdf" in back


def test_the_same_offer_sent_twice_with_its_file_is_one(amir, url, form, given):
    pages = [offered(amir, url, form, given, a_file()) for _ in range(2)]
    assert pages[0] == pages[1] and Attachment.objects.count() == 1


def test_another_file_in_an_offer_that_was_sent_is_not_taken_for_the_one_that_went(amir, url, form, given):
    offered(amir, url, form, given, a_file())
    answer = sent(amir, url, form, **given, attached=[a_file("other.txt", TEXT)])
    assert answer.status_code in (409, 422) and "has not been saved" in text(answer)
    assert "other.txt" in text(answer) and Attachment.objects.count() == 1


# --- handing out --------------------------------------------------------------------------------------------


def test_a_file_that_is_not_there_is_answered_like_any_record_that_is_not(amir, place):
    nothing = amir.get(reverse("attachment", args=[uuid4()]))
    person = amir.get(reverse("person", args=[uuid4()]))
    assert nothing.status_code == 404 and text(nothing) == text(person)


def test_nobody_saves_a_file_without_signing_in(client, amir, url, form, given):
    offered(amir, url, form, given, a_file())
    answer = client.get(address())
    assert answer.status_code == 303 and PDF not in answer.content


def test_bytes_that_were_exchanged_behind_the_journal_are_found_by_their_hash(amir, url, form, given):
    offered(amir, url, form, given, a_file("notes.txt", TEXT))
    with transaction.atomic(), connection.cursor() as cursor:
        # A copy goes before the table of the same name, for this connection alone; it has no guards.
        cursor.execute(
            "CREATE TEMPORARY TABLE attachments_attachment ON COMMIT DROP AS"
            " SELECT * FROM public.attachments_attachment;"
            "UPDATE attachments_attachment SET content = 'Dear all, she takes 50 mg.'"
        )
        (differs,) = replay.compared().violations
    assert differs.endswith("the row differs from what was told, in content")


def test_a_file_of_an_offer_one_has_no_part_in_is_answered_as_if_it_were_not_there(
    amir, sam, url, form, given
):
    offered(amir, url, form, given, a_file())
    hidden, nothing = sam.get(address()), sam.get(reverse("attachment", args=[uuid4()]))
    assert hidden.status_code == nothing.status_code == 404 and text(hidden) == text(nothing)
    assert hidden.headers["Content-Type"] == nothing.headers["Content-Type"]
