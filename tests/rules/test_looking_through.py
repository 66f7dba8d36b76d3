"""What staff wrote is looked through wherever it is: raised once, repeated nowhere; never what somebody said."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest

from nowrongdoor.rules import alarm, law, looking_through, person, promise, re_homing, withholding
from nowrongdoor.rules.change import Refused
from nowrongdoor.rules.looking_through import About, Written
from nowrongdoor.rules.person import Details
from tests.worlds.facts import id_of

TEN = datetime(2026, 11, 29, 10, 0, tzinfo=UTC)
TEAM, AMIR, LOU = UUID(int=1), UUID(int=2), UUID(int=3)
HELD = "Do not send anybody out."
MARYAM = id_of("Maryam")
ABOUT = About(MARYAM, id_of("referral"), None, TEAM)


def wrote(subject: str, kind: str = "row.changed", *, was=None, **became) -> Written:
    return Written(subject.replace(":", "."), id_of("row"), kind, was or {}, became, AMIR)


def raised(written: Written, at: datetime = TEN):
    return [one.change.after for one in looking_through.in_record(written, about=ABOUT, at=at)]


EVERY_COLUMN = [(subject, column) for subject, columns in looking_through.READ.items() for column in columns]


@pytest.mark.parametrize(("subject", "column"), EVERY_COLUMN, ids=lambda one: one)
def test_what_staff_write_for_the_next_one_is_raised_for_somebody_else_to_read(subject, column):
    (owed,) = raised(wrote(subject, **{column: f"Her brother rang. {HELD}"}))
    assert (owed.kind, owed.written_by_id, owed.owner_team_id) == ("second_reading", AMIR, TEAM)
    assert (owed.person_id, owed.referral_id) == (MARYAM, ABOUT.referral_id)
    assert (owed.held_words, owed.held_from) == ("Do not", looking_through.READ[subject][column])
    assert "brother" not in owed.held_words + owed.words, "whoever may not read the text is not told it"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Refuse her if she rings", "Refuse"),
        ("Limit calls to one; must not come here", "Limit, Must not"),
        ("She refused tea, and limited sleep", ""),
        ("We do not know where she lives", ""),
        ("Must not be left alone. Don't hesitate to ring.", ""),
        ("Must not be left alone or come here", "Must not"),
    ],
)
def test_in_a_record_an_instruction_counts_and_what_happened_does_not(text, words):
    found = raised(wrote("handovers.handover", ask=text))
    assert [one.held_words for one in found] == ([words] if words else [])


def test_it_is_raised_once_however_often_it_is_looked_through_and_anew_where_it_is_written_anew():
    first, again = (raised(wrote("visits.visit", need=HELD))[0].id for _ in range(2))
    other = raised(wrote("visits.visit", need=f"{HELD} Ever."))[0].id
    assert first == again != other


@pytest.mark.parametrize(
    "written",
    [
        wrote("contacts.contact", caller_kind="person", words=HELD, wish=HELD),
        wrote("contacts.contact", caller_kind="carer", words=HELD),
        wrote("contacts.contact", caller_kind="anonymous", words=HELD),
        wrote("people.aboutanswer", said_by="person", whose_words="own", words=HELD),
        wrote("people.aboutanswer", said_by="close", whose_words="theirs", words=HELD),
        wrote("promises.promise", kind="promise.agreed", ending_words=HELD),
        wrote("drafts.draft", fields={"words": HELD}),
    ],
    ids=lambda one: f"{one.subject} {one.kind} {one.became.get('caller_kind', '')}",
)
def test_what_somebody_said_themselves_is_no_instruction_and_an_answer_waits_for_nobody(written):
    assert not raised(written)


@pytest.mark.parametrize(
    "written",
    [
        wrote("contacts.contact", caller_kind="professional", words=HELD),
        wrote("contacts.contact", closing_words=HELD),
        wrote("people.aboutanswer", said_by="professional", whose_words="theirs", words=HELD),
        wrote("people.aboutanswer", said_by="person", whose_words="ours", words=HELD),
    ],
    ids=lambda one: f"{one.subject} {sorted(one.became)}",
)
def test_what_a_professional_said_or_we_shortened_is_looked_through(written):
    assert len(raised(written)) == 1


def test_no_word_is_looked_for_before_its_row_stands():
    assert not raised(wrote("visits.visit", need=HELD), at=datetime(2014, 12, 31, tzinfo=UTC))


def test_what_the_product_writes_itself_keeps_help_from_nobody():
    ours = [*alarm.WORDS.values(), withholding.OWED, re_homing.SETTLE, re_homing.ACCEPTED]
    assert not [one for one in ours if withholding.found(one, use=withholding.IN_RECORDS, at=TEN)]


# Lines that stand since before the list named them.


def maryam(know_first: str):
    step = person.register(
        Details(family_name="Ali"), person_id=MARYAM, candidates=(), looked_at=(), at=TEN
    )
    return replace(step.change.after, know_first=know_first)


def stood(written: Written, known, *, read=()):
    return looking_through.stood_before(written, known, read=read, team_id=TEAM, at=TEN)


BROUGHT = wrote("people.person", was={"know_first": "Ring first"}, know_first=f"Ring first\n{HELD}")


def test_a_line_that_stands_since_before_the_words_named_it_is_shown_as_waiting_and_never_taken_away():
    changed, owed = (one.change.after for one in stood(BROUGHT, maryam(f"Ring first\n{HELD}\nDog")))
    assert (changed.know_first, changed.know_waits) == ("Ring first\nDog", HELD)
    assert (owed.held_words, owed.written_by_id, owed.referral_id) == (HELD, AMIR, None)
    assert not owed.held_from, "it is answered as such a line"


def test_a_line_that_is_gone_was_read_or_was_brought_by_somebody_else_is_left_as_it_is():
    assert not stood(BROUGHT, maryam("Ring first"))
    (_, owed) = (one.change.after for one in stood(BROUGHT, maryam(HELD)))
    assert not stood(BROUGHT, maryam(HELD), read=[owed]), "somebody read it, or is asked to"
    later = wrote("people.person", was={"know_first": HELD}, know_first=f"{HELD}\nDog")
    assert not stood(later, maryam(f"{HELD}\nDog"))


# What a second person says of a record.


def answered(how: str, reason: str = "She asked for it."):
    (owed,) = raised(wrote("handovers.handover", ask=HELD))
    return withholding.answer(owed, maryam("Dog"), how=how, words="Ring first", reason=reason, by=LOU, at=TEN)


@pytest.mark.parametrize(("how", "state"), [("agree", "kept"), ("set_aside", "let_go")])
def test_a_record_stays_as_it_was_written_and_whether_it_holds_is_said_beside_it(how, state):
    (step,) = answered(how)
    owed = step.change.after
    assert isinstance(owed, promise.Promise)
    assert (owed.state, owed.ending_words, owed.ended_by_id) == (state, "She asked for it.", LOU)


def test_nobody_rewrites_a_record_or_answers_without_saying_why():
    with pytest.raises(Refused, match="stays as it was written"):
        answered("change")
    with pytest.raises(Refused, match="Say why"):
        answered("agree", reason=" ")
    with pytest.raises(Refused, match="Choose what becomes of it"):
        answered("perhaps")


def test_every_use_of_a_word_is_one_that_is_looked_for():
    uses = {row["use"] for row in law.rows("withholding_words")}
    assert uses == {withholding.WITHHOLDS, withholding.IN_RECORDS, withholding.KEEPS_SAFE}
