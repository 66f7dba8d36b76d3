"""No typed text is lost: drafts, and forms sent when nobody, or somebody else, was signed in."""

import re
from datetime import timedelta
from functools import partial
from io import StringIO
from unittest.mock import patch
from uuid import UUID, uuid4

import pytest
from django.core.management import call_command
from django.core.signing import TimestampSigner
from django.test import Client

from nowrongdoor.data.attachments.models import KeptFile
from nowrongdoor.data.drafts.models import Draft
from nowrongdoor.journeys import attachments, drafts
from nowrongdoor.kernel.journal.models import Entry
from nowrongdoor.kernel.now import now
from nowrongdoor.nhsuk import wording
from nowrongdoor.rules import law
from nowrongdoor.rules.attachment import NewFile
from nowrongdoor.rules.law import unverified
from tests.worlds import stories

WHY = "Not slept for four nights; her mum is frightened.\nSays she hears the radio talk back. 🌧️"


@pytest.fixture
def form(place, amir):
    """The triage form of one referral, opened by Amir: its address and what is hidden in it."""
    referral_id = place.a_referral(person_id=place.a_person())
    return Opened(amir, f"/triage/{referral_id}")


def left() -> list[str]:
    """All the text that drafts still hold."""
    return [text for draft in Draft.objects.all() for texts in draft.fields.values() for text in texts]


def hidden_in(page: str) -> dict[str, str]:
    """What the page put into its form by itself."""
    form = page[page.index('class="nwd-triage"') :]
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))


class Opened:
    def __init__(self, client: Client, path: str) -> None:
        self.client, self.path = client, path
        page = client.get(path).content.decode()
        self.hidden = hidden_in(page)
        self.draft_url = re.search(r'data-draft-url="([^"]+)"', page).group(1)

    def filled(self, **answers: object) -> dict[str, object]:
        return {**self.hidden, "decision": "accept", "why": WHY, **answers}


def text_in(page: str) -> str:
    from html import unescape

    return unescape(page)


def test_what_is_being_typed_is_kept_and_offered_when_the_form_is_opened_again(form, amir):
    answer = amir.post(form.draft_url, form.filled(), HTTP_ACCEPT="application/json")
    assert answer.status_code == 200
    assert re.fullmatch(r"Draft saved \d\d:\d\d", answer.json()["words"])
    page = amir.get(form.path).content.decode()
    assert "You have a draft from" in page
    assert "Not slept" not in page
    used = amir.get(f"{form.path}?draft={form.hidden['draft_key']}")
    assert WHY in text_in(used.content.decode())
    assert "Error:" not in used.content.decode()


def test_a_second_saving_of_the_same_form_is_the_same_draft(form, amir):
    amir.post(form.draft_url, form.filled(why="One"), HTTP_ACCEPT="application/json")
    amir.post(form.draft_url, form.filled(why="One and two"), HTTP_ACCEPT="application/json")
    (draft,) = Draft.objects.all()
    assert draft.fields["why"] == ["One and two"]
    assert draft.version == 2


def test_two_forms_open_at_once_keep_two_drafts(form, amir):
    other = Opened(amir, form.path)
    amir.post(form.draft_url, form.filled(why="First tab"), HTTP_ACCEPT="application/json")
    amir.post(other.draft_url, other.filled(why="Second tab"), HTTP_ACCEPT="application/json")
    assert {draft.fields["why"][0] for draft in Draft.objects.all()} == {"First tab", "Second tab"}


def test_a_draft_is_gone_once_its_form_has_been_sent(form, amir):
    amir.post(form.draft_url, form.filled(), HTTP_ACCEPT="application/json")
    answer = amir.post(form.path, form.filled(urgency="urgent", needs=["mental"]))
    assert answer.status_code == 302
    assert left() == []


@pytest.fixture
def overtaken(form, place):
    """A saving that set out before the others and is only now dealt with."""
    from nowrongdoor.journeys import drafts

    set_out = now()

    def arrive() -> None:
        drafts.keep(
            draft_id=UUID(form.hidden["draft_key"]),
            member_id=place.amir.member_id,
            form=form.path,
            fields={"why": ["An older half"]},
            at=set_out,
        )

    return arrive


def test_a_saving_that_was_overtaken_on_the_way_does_not_put_older_text_back(form, amir, overtaken):
    amir.post(form.draft_url, form.filled(), HTTP_ACCEPT="application/json")
    overtaken()
    (draft,) = Draft.objects.all()
    assert draft.fields["why"] == [WHY]


def test_a_saving_still_on_its_way_does_not_bring_back_a_form_that_was_sent(form, amir, overtaken):
    assert amir.post(form.path, form.filled(urgency="urgent", needs=["mental"])).status_code == 302
    overtaken()
    assert left() == []
    assert "You have a draft" not in amir.get(form.path).content.decode()


def test_what_was_stored_while_its_form_was_being_recorded_goes_with_it(place):
    """The saving reached us a second after the form, and was done before the form was recorded."""
    draft, member, at = uuid4(), place.amir.member_id, now()
    drafts.keep(
        draft_id=draft, member_id=member, form="/f", fields={"words": ["I"]}, at=at + timedelta(seconds=1)
    )
    drafts.discard(draft_id=draft, member_id=member, at=at)
    assert [(one.form, one.fields) for one in Draft.objects.filter(id=draft)] == [("", {})]


def test_what_is_left_of_sent_forms_is_cleared_away_after_a_day(form, amir, place):
    from nowrongdoor.journeys import drafts

    sent = uuid4()
    drafts.discard(draft_id=sent, member_id=place.amir.member_id, at=now() - timedelta(days=2))
    amir.post(form.draft_url, form.filled(), HTTP_ACCEPT="application/json")
    assert not Draft.objects.filter(pk=sent).exists()
    assert Draft.objects.count() == 1


def test_a_draft_can_be_kept_and_thrown_away_without_a_script(form, amir):
    kept = amir.post(form.draft_url, form.filled())
    assert kept.url == f"{form.path}?draft={form.hidden['draft_key']}"
    page = amir.get(kept.url).content.decode()
    assert WHY in text_in(page)
    assert "This is your draft from" in page
    thrown = amir.post(form.draft_url, {**form.hidden, "draft_act": "discard"})
    assert thrown.url == form.path
    assert left() == []
    assert "You have a draft" not in amir.get(form.path).content.decode()


def test_nobody_else_can_read_overwrite_or_throw_away_a_draft(place, form, amir, priya):
    amir.post(form.draft_url, form.filled(), HTTP_ACCEPT="application/json")
    key = form.hidden["draft_key"]
    assert "Not slept" not in priya.get(f"{form.path}?draft={key}").content.decode()
    theirs = Opened(stories.browser(place.viewers["Lou of Front door"]), form.path)
    overwriting = theirs.filled(why="Mine now", draft_key=key)
    theirs.client.post(form.draft_url, overwriting, HTTP_ACCEPT="application/json")
    theirs.client.post(form.draft_url, {**theirs.hidden, "draft_act": "discard"})
    (draft,) = Draft.objects.all()
    assert draft.fields["why"] == [WHY]
    assert draft.member_id == place.amir.member_id


def test_text_that_cannot_be_stored_is_kept_without_what_cannot(form, amir):
    amir.post(form.draft_url, form.filled(why="NUL\x00 here"), HTTP_ACCEPT="application/json")
    (draft,) = Draft.objects.all()
    assert draft.fields["why"] == ["NUL here"]


def test_a_megabyte_is_kept_as_a_draft(form, amir):
    long = "a line of a long letter\n" * 45_000
    answer = amir.post(form.draft_url, form.filled(why=long), HTTP_ACCEPT="application/json")
    assert answer.status_code == 200
    (draft,) = Draft.objects.all()
    assert draft.fields["why"] == [long]


# --- signed out in the middle of a form --------------------


def sign_in_as(client: Client, viewer, *, then: str):
    """As a demonstration does: one click, with the address to go on to."""
    from nowrongdoor.data.agencies.models import Membership

    membership = Membership.objects.get(member_id=viewer.member_id, team_id=viewer.team_id)
    return client.post("/sign-in", {"as": membership.id, "next": then}, follow=True)


@pytest.fixture
def expired(place, form, amir, settings):
    """Amir's sign-in ended while he typed; his form is sent all the same. The answer to it."""
    settings.NWD_DEMO = True
    amir.session.flush()
    return amir.post(form.path, form.filled(urgency="urgent", needs=["mental", "housing"]))


def next_of(answer) -> str:
    from urllib.parse import parse_qs, urlsplit

    return parse_qs(urlsplit(answer.url).query)["next"][0]


def test_a_form_sent_after_signing_out_is_not_recorded_and_its_text_is_kept(expired, form):
    from nowrongdoor.data.referrals.models import Referral

    assert expired.status_code == 303
    assert expired.url.startswith("/sign-in?")
    assert Referral.objects.get().state == "new"
    (draft,) = Draft.objects.all()
    assert draft.fields["why"][0].replace("\r\n", "\n") == WHY
    assert "csrfmiddlewaretoken" not in draft.fields and "typed_by" not in draft.fields


def test_signing_in_as_the_same_member_opens_the_same_form_with_the_text_in_it(place, expired, form, amir):
    page = amir.get(expired.url).content.decode()
    assert "What you had typed is kept" in page
    answer = sign_in_as(amir, place.amir, then=next_of(expired))
    shown = text_in(answer.content.decode())
    assert answer.redirect_chain[-1][0].startswith(form.path)
    assert WHY in shown
    assert re.search(r'value="urgent" checked', shown)
    assert re.search(r'value="housing" checked', shown)


def test_what_was_kept_can_then_be_sent_and_is_recorded_once(place, expired, form, amir):
    from nowrongdoor.data.referrals.models import Referral

    answer = sign_in_as(amir, place.amir, then=next_of(expired))
    hidden = hidden_in(answer.content.decode())
    sent = amir.post(
        form.path, {**hidden, "decision": "accept", "why": WHY, "urgency": "urgent", "needs": ["mental"]}
    )
    assert sent.status_code == 302
    assert Referral.objects.get().state == "accepted"
    assert left() == []
    assert hidden["act_id"] == form.hidden["act_id"]


def test_signing_in_as_somebody_else_shows_them_nothing_of_it(place, expired, form, amir):
    answer = sign_in_as(amir, place.viewers["Lou of Front door"], then=next_of(expired))
    assert answer.status_code == 200
    assert "Not slept" not in answer.content.decode()
    (draft,) = Draft.objects.all()
    assert draft.member_id == place.amir.member_id


def test_a_form_opened_by_one_member_is_not_recorded_in_the_name_of_the_next(place, form, settings):
    from nowrongdoor.data.referrals.models import Referral

    lou = stories.browser(place.viewers["Lou of Front door"])
    answer = lou.post(form.path, form.filled(urgency="urgent", needs=["mental"]))
    assert answer.status_code == 403
    assert "opened by somebody else" in answer.content.decode()
    assert "Not slept" not in answer.content.decode()
    assert place.amir.member_name not in answer.content.decode()
    assert Referral.objects.get().state == "new"
    (draft,) = Draft.objects.all()
    assert draft.member_id == place.amir.member_id


def test_a_script_that_saves_when_signed_out_is_told_so_and_the_text_is_kept(form, amir):
    amir.session.flush()
    answer = amir.post(form.draft_url, form.filled(), HTTP_ACCEPT="application/json")
    assert answer.status_code == 401
    (draft,) = Draft.objects.all()
    assert str(draft.id) == form.hidden["draft_key"]


@pytest.mark.parametrize(
    "typed_by",
    ["", "nonsense", str(uuid4()), TimestampSigner(salt="another").sign(str(uuid4()))],
    ids=["none", "nonsense", "unsigned", "signed for something else"],
)
def test_nothing_is_kept_for_a_member_we_did_not_show_the_form_to(form, amir, typed_by):
    amir.session.flush()
    answer = amir.post(form.path, form.filled(typed_by=typed_by))
    assert answer.status_code == 403
    assert not Draft.objects.exists()
    assert WHY in text_in(answer.content.decode()).replace("\r\n", "\n")


def test_what_was_typed_on_a_page_from_before_signing_in_again_is_in_the_form_to_be_sent(place, form):
    strict = stories.browser(place.amir, enforce_csrf_checks=True)
    answer = strict.post(form.path, form.filled())
    assert answer.status_code == 303
    shown = text_in(strict.get(answer.url).content.decode())
    assert "This has not been sent yet" in shown
    assert WHY in shown


def test_a_form_from_another_site_records_nothing_and_keeps_nothing(place, form):
    from nowrongdoor.data.referrals.models import Referral

    strict = stories.browser(place.amir, enforce_csrf_checks=True)
    answer = strict.post(form.path, {"decision": "accept", "why": "forged", "seen": "1"})
    assert answer.status_code == 403
    assert Referral.objects.get().state == "new"
    assert not Draft.objects.exists()


@pytest.mark.parametrize("path", ["https://elsewhere.example/x", "//elsewhere.example", "elsewhere"])
def test_a_draft_never_leads_to_another_place(form, amir, path):
    amir.session.flush()
    answer = amir.post(form.path, form.filled(draft_form=path))
    assert next_of(answer).startswith(form.path)


def test_every_form_says_whom_it_was_shown_to(form, place):
    signed = form.hidden["typed_by"]
    member, _, team = TimestampSigner(salt="nowrongdoor.typed_by").unsign(signed).partition("/")
    assert (UUID(member), UUID(team)) == (place.amir.member_id, place.amir.team_id)


def test_a_draft_says_until_when_it_is_kept_and_whoever_goes_on_with_it_keeps_it(form, amir):
    answer = amir.post(form.draft_url, form.filled(), HTTP_ACCEPT="application/json")
    assert answer.status_code == 200
    until = wording.local_date(Draft.objects.get().saved_at + timedelta(days=30))
    assert f"It is kept at least until {until}." in amir.get(form.path).content.decode()


def test_clearing_takes_what_nobody_has_touched_for_30_days_and_nothing_else(form, amir, place):
    amir.post(form.draft_url, form.filled(), HTTP_ACCEPT="application/json")
    touched = Draft.objects.get().saved_at
    keep = partial(drafts.keep, member_id=place.amir.member_id, form="/contacts/new")
    old, fresh, sent = uuid4(), uuid4(), uuid4()
    keep(draft_id=old, fields={"words": ["Never sent"]}, at=touched - timedelta(days=30, seconds=1))
    keep(draft_id=fresh, fields={"words": ["On the last day"]}, at=touched - timedelta(days=30))
    keep(draft_id=sent, fields={"words": ["Sent"]}, at=touched - timedelta(days=40))
    drafts.discard(draft_id=sent, member_id=place.amir.member_id, at=touched - timedelta(days=40))
    records = Entry.objects.count()
    said = StringIO()
    with patch("nowrongdoor.console.management.commands.clear_drafts.now", return_value=touched):
        call_command("clear_drafts", stdout=said)
    assert said.getvalue() == "Drafts not touched for 30 days and cleared: 1.\n"
    assert set(Draft.objects.values_list("id", flat=True)) == {fresh, UUID(form.hidden["draft_key"])}
    assert Entry.objects.count() == records
    assert drafts.clear(at=touched) == 0


def test_a_file_chosen_long_ago_goes_with_its_draft_and_stays_with_one_that_is_gone_on_with(place):
    member, at = place.amir.member_id, place.later()
    old, gone_on_with = uuid4(), uuid4()
    for draft_id in (old, gone_on_with):
        drafts.keep(draft_id=draft_id, member_id=member, form="/f", fields={"words": ["I"]}, at=at)
        chosen = [NewFile(uuid4(), "plan.txt", b"A plan", 6)]
        attachments.keep(draft_id=draft_id, member_id=member, files=chosen, taken_out=[], at=at)
    later = at + timedelta(days=31)
    drafts.keep(draft_id=gone_on_with, member_id=member, form="/f", fields={"words": ["I see"]}, at=later)
    assert drafts.clear(at=later) == 1
    assert set(KeptFile.objects.values_list("draft_id", flat=True)) == {gone_on_with}


def test_how_long_drafts_are_kept_is_a_dated_row_with_its_source():
    (row,) = law.keeping_times(on=now().date())
    assert (row.code, row.within, row.provenance.verified) == ("draft", timedelta(days=30), False)
    assert ("keeping_times", row.label, row.provenance.source) in unverified.listed()
