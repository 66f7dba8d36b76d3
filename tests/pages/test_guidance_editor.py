"""Guidance edited on screen: the checks of an upload, under a policy of one page."""

import pytest
from django.urls import reverse

from nowrongdoor.data.guidance.models import Version
from nowrongdoor.nhsuk.vendoring import STATIC
from nowrongdoor.pages.guidance.editing import STYLES
from nowrongdoor.site.csp import POLICY
from tests.journeys import guided
from tests.pages.sending import fields, text
from tests.pages.test_drafts import next_of, sign_in_as

pytestmark = pytest.mark.django_db
SHIPPED = "/guidance/shipped/edit"
SAID = {"why": "Too many ambulances.", "written_with": "Carers", "lived": "yes", "place": "place"}


def save(client, url, content, **said):
    seen = fields(client.get(url), form="keep")
    typed = {name: values[0] if values else "" for name, values in seen.items()}
    return client.post(url, typed | SAID | said | {"text": content})


def test_the_text_of_a_draft_is_opened_and_what_is_saved_is_another_draft(amir, place):
    first = guided.a_draft(place)
    page = amir.get(reverse("guidance_version", args=[first]))
    url = reverse("guidance_edit", args=[first])
    assert url in page.content.decode()
    assert fields(amir.get(url), form="keep")["text"] == [guided.CHANGED]
    answer = save(amir, url, guided.SHIPPED)
    assert answer.status_code == 302, text(answer)
    was, new = Version.objects.order_by("uploaded_at")
    assert (was.pk, was.text, was.state) == (first, guided.CHANGED, "draft"), "the one that was opened stays"
    assert (new.text, new.state, new.why) == (guided.SHIPPED, "draft", SAID["why"])
    assert answer.url == reverse("guidance_version", args=[new.pk])


def test_sent_twice_there_is_one_draft(amir):
    seen = {name: one[0] if one else "" for name, one in fields(amir.get(SHIPPED), form="keep").items()}
    sent = [amir.post(SHIPPED, seen | SAID | {"text": guided.CHANGED}) for _ in range(2)]
    assert [one.status_code for one in sent] == [302, 302] and sent[0].url == sent[1].url
    assert Version.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (guided.QUICKLY, "Row 3"),
        ("<definitions", "Line 1"),
        ("", "Choose a file, or paste its text"),
        ("<a>" * 200_001, "600,000"),
    ],
    ids=["a response that is none", "no XML", "nothing", "too long"],
)
def test_a_refusal_says_where_keeps_what_was_edited_and_leaves_everything_as_it_was(amir, content, words):
    answer = save(amir, SHIPPED, content, why="To be kept.")
    assert answer.status_code == 422 and words in text(answer)
    kept = fields(answer, form="keep")
    assert (kept["why"], kept["text"]) == (["To be kept."], [content])
    assert "style-src-attr" in answer.headers["Content-Security-Policy"], "the editor opens again"
    assert not Version.objects.exists()


def test_the_row_and_the_column_are_named(amir):
    said = text(save(amir, SHIPPED, guided.QUICKLY))
    assert "Row 3" in said and "response" in said and "quickly" in said


def test_whoever_may_not_upload_may_not_edit(sam, place):
    key = guided.a_draft(place)
    for url in (SHIPPED, reverse("guidance_edit", args=[key])):
        assert sam.get(url).status_code == 403
        assert sam.post(url, SAID | {"text": guided.CHANGED}).status_code == 403
    assert Version.objects.count() == 1
    assert "Edit it on screen" not in text(sam.get(reverse("guidance_version", args=[key])))


def test_a_version_that_is_not_there_is_not_found(amir):
    assert amir.get("/guidance/00000000-0000-4000-8000-000000000000/edit").status_code == 404


def test_without_scripts_the_page_leads_to_uploading_a_file(amir):
    said = amir.get(SHIPPED).content.decode()
    without = said.partition("<noscript>")[2].partition("</noscript>")[0]
    assert reverse("guidance_new") in without and "JavaScript" in without


def test_only_the_page_with_the_editor_lets_in_the_words_of_style_that_are_written_in_its_file(amir, place):
    key = guided.a_draft(place)
    policy = amir.get(SHIPPED).headers["Content-Security-Policy"]
    strict, also = policy[: len(POLICY)], policy[len(POLICY) :]
    assert strict == POLICY
    assert also.startswith("; style-src-attr 'unsafe-hashes' 'sha256-")
    assert also.count("'sha256-") == len(STYLES)
    assert "unsafe-inline" not in policy and "unsafe-eval" not in policy
    others = ["/guidance", "/guidance/new", "/guidance/shipped", reverse("guidance_version", args=[key]), "/"]
    for url in others:
        assert amir.get(url).headers["Content-Security-Policy"] == POLICY, url


@pytest.mark.parametrize("words", STYLES)
def test_each_word_of_style_that_is_let_in_is_in_the_file_of_the_editor(words):
    script = (STATIC / "dmn/dmn-modeler.production.min.js").read_text()
    parts = [words] if "\n" not in words else [words.replace("\n", "\\n")]
    parts = parts[0].split(";") if parts[0] not in script else parts
    assert all(part in script for part in parts), "no more than the editor needs"


COMMENTED = guided.CHANGED.replace("<decision ", "<!-- Agreed on 3 March:\n   keep row 3 --><decision ", 1)


def test_whoever_opens_a_file_with_comments_is_told_before_saving_that_they_are_lost(amir, place):
    url = reverse("guidance_edit", args=[guided.a_draft(place, COMMENTED)])
    said = text(amir.get(url))
    assert "Its comments are lost when you save from the editor. The file has 1." in said
    assert "Agreed on 3 March: keep row 3" in said, "so that they can be copied"
    assert "comments are lost" not in text(amir.get(reverse("guidance_edit", args=[guided.a_draft(place)])))
    assert "comments are lost" not in text(amir.get(SHIPPED)), "the control: it has none"


def test_a_comment_is_shown_as_text_and_runs_nothing(amir, place):
    hostile = COMMENTED.replace("keep row 3", "<script>alert(1)</script>")
    page = amir.get(reverse("guidance_edit", args=[guided.a_draft(place, hostile)])).content.decode()
    assert "&lt;script&gt;alert(1)" in page and "<li>Agreed on 3 March: <script>" not in page


def test_what_rests_on_what_is_drawn_and_said_beside_the_table_and_not_edited(amir, place):
    key = guided.a_draft(place)
    for url in (SHIPPED, reverse("guidance_edit", args=[key]), reverse("guidance_version", args=[key])):
        page = amir.get(url).content.decode()
        assert '<svg xmlns=' in page and 'aria-labelledby="drawn-title' in page, url
        assert "“Response time” rests on" in text(amir.get(url)), url
        assert "style=" not in page.partition("<svg")[2].partition("</svg>")[0], "the policy lets in none"


def test_a_session_that_ends_while_editing_keeps_the_table_that_was_typed(amir, place, settings):
    settings.NWD_DEMO = True
    seen = {name: one[0] if one else "" for name, one in fields(amir.get(SHIPPED), form="keep").items()}
    amir.session.flush()
    answer = amir.post(SHIPPED, seen | SAID | {"text": guided.CHANGED})
    assert answer.status_code == 303 and answer.url.startswith("/sign-in?"), "nothing is recorded"
    assert not Version.objects.exists()
    again = sign_in_as(amir, place.amir, then=next_of(answer))
    kept = fields(again, form="keep")
    assert kept["text"] == [guided.CHANGED] and kept["why"] == [SAID["why"]]
    typed = {name: one[0] if one else "" for name, one in kept.items()}
    assert amir.post(SHIPPED, typed | {"lived": "yes", "place": "place"}).status_code == 302
    assert Version.objects.get().text == guided.CHANGED
