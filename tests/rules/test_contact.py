"""A contact is recorded once, in the caller's words; whoever was lost is owed a call back."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from nowrongdoor.rules import contact
from nowrongdoor.rules.contact import Said
from tests.worlds.facts import GIVER, NINE, TEN, a_contact, a_promise, a_referral, id_of
from tests.worlds.tables import after, answer, cases, clock


def _receive(**said: Any) -> dict[str, Any]:
    usual: dict[str, Any] = {
        "contact_id": id_of("contact"),
        "person_id": None,
        "team_id": GIVER.id,
        "by": id_of("Amir"),
        "outcome": "advice_given",
        "callback_id": id_of("call back"),
        "callback_due_at": None,
        "has_referral": False,
        "happened_at": TEN,
        "at": TEN,
    }
    return {**usual, **said}


@cases("""
    outcome         | with a referral | began at | call back at | answer
    ----------------+-----------------+----------+--------------+---------------------------------
    advice_given    |                 | 09:50    |              | contact.received
    service_found   |                 | 10:00    |              | contact.received
    emergency       |                 | 10:00    |              | contact.received
    other           |                 | 10:02    |              | contact.received
    handed_over     | yes             | 10:00    |              | contact.received
    caller_lost     |                 | 10:00    |              | contact.received, promise.made
    callback_booked |                 | 10:00    | 11:00        | contact.received, promise.made
    callback_booked | yes             | 10:00    | 11:00        | contact.received, promise.made
    handed_over     |                 | 10:00    |              | refused: Say which need is being handed over, so that a team can be asked.
    callback_booked |                 | 10:00    | 09:00        | refused: Choose a time that has not passed yet.
    advice_given    |                 | 10:03    |              | refused: A contact cannot have begun in the future.
    refused         |                 | 10:00    |              | refused: Choose one of the contact outcomes in the list.
""")
def test_receiving(case: dict[str, str]) -> None:
    told = answer(
        contact.receive,
        Said("telephone"),
        **_receive(
            outcome=case["outcome"],
            has_referral=bool(case["with a referral"]),
            happened_at=clock(case["began at"]),
            callback_due_at=clock(case["call back at"]) if case["call back at"] else None,
        ),
    )
    assert told == case["answer"]


@cases("""
    channel   | caller    | safe to call | answer
    ----------+-----------+--------------+-----------------
    telephone |           |              | contact.received
    letter    | anonymous | declined     | contact.received
    text      | carer     | no           | contact.received
    pigeon    |           |              | refused: Choose one of the channels in the list.
    telephone | nosy      |              | refused: Choose one of the caller kinds in the list.
    telephone |           | perhaps      | refused: Say whether this number is safe to ring.
""")
def test_only_the_channel_must_be_known_of_what_was_said(case: dict[str, str]) -> None:
    said = Said(case["channel"], caller_kind=case["caller"], safe_to_call=case["safe to call"])
    assert answer(contact.receive, said, **_receive()) == case["answer"]


@cases("""
    question        | answer    | asked by               | answer of the rule
    ----------------+-----------+------------------------+-------------------
    in_danger       | yes       |                        | contact.received
    in_danger       | no        | any_contact@2015-01-01 | contact.received
    someone_trusted | not_known | any_contact@2015-01-01 | contact.received
    depended_on     | declined  |                        | contact.received
    can_wait        |           |                        | contact.received
    in_danger       | perhaps   |                        | refused: Say yes, no, or which kind of unknown.
    in_danger       | high      |                        | refused: Say yes, no, or which kind of unknown.
    shoe_size       | yes       |                        | refused: One of the answers is to a question we do not ask.
    in_danger       | yes       | any_contact@2014-01-01 | refused: These questions are not ones we have asked. Open the form again.
    in_danger       | yes       | any_visit@2015-01-01   | refused: These questions are not ones we have asked. Open the form again.
    in_danger       | yes       | yesterday              | refused: These questions are not ones we have asked. Open the form again.
""")
def test_the_questions_of_the_set_are_answered_yes_no_or_by_a_kind_of_unknown(case: dict[str, str]) -> None:
    said = Said("telephone", answers={case["question"]: case["answer"]}, question_set=case["asked by"])
    assert answer(contact.receive, said, **_receive()) == case["answer of the rule"]


def test_a_question_nobody_answered_was_not_asked_and_is_never_a_no() -> None:
    received = after(contact.receive, Said("telephone", answers={"in_danger": "yes", "can_wait": ""}), **_receive())
    assert received.answers == {
        "in_danger": "yes",
        "taken_or_hurt": "not_asked",
        "can_wait": "not_asked",
        "someone_trusted": "not_asked",
        "depended_on": "not_asked",
    }
    assert received.question_set == "any_contact@2015-01-01"
    unasked = after(contact.receive, Said("letter"), **_receive())
    assert set(unasked.answers.values()) == {"not_asked"}


def test_nothing_is_worked_out_from_an_answer() -> None:
    """Whatever was answered, the same contact is closed or open, and the same is owed."""
    kinds = ("yes", "no", "not_asked", "not_known", "declined")
    for outcome in ("advice_given", "caller_lost"):
        told = [
            [
                {**vars(step.change.after), "answers": None}
                for step in contact.receive(
                    Said("telephone", answers={"in_danger": kind}), **_receive(outcome=outcome)
                )
            ]
            for kind in kinds
        ]
        assert all(one == told[0] for one in told)


def test_the_words_are_kept_as_they_were_said() -> None:
    words = "  I can’t – I just can't. 😔\n\nPlease…  "
    assert after(contact.receive, Said("telephone", words=words), **_receive()).words == words


def test_a_contact_told_by_a_fast_clock_began_when_it_was_received() -> None:
    received = after(contact.receive, Said("telephone"), **_receive(happened_at=TEN + timedelta(minutes=1)))
    assert received.happened_at == received.received_at == TEN


@cases("""
    outcome      | open or closed
    -------------+---------------
    advice_given | closed
    caller_lost  | open
""")
def test_only_a_contact_without_a_call_back_is_closed_at_once(case: dict[str, str]) -> None:
    received = after(contact.receive, Said("telephone"), **_receive(outcome=case["outcome"]))
    assert received.state == case["open or closed"]
    assert (received.closed_at is not None) == (received.closed_by_id is not None) == (received.state == "closed")


def test_a_lost_caller_is_owed_a_call_within_a_quarter_of_an_hour_by_whoever_lost_them() -> None:
    owed = contact.receive(Said("telephone"), **_receive(outcome="caller_lost"))[1].change.after
    assert owed.due_at == TEN + timedelta(minutes=15)
    assert (owed.owner_team_id, owed.owner_member_id) == (GIVER.id, id_of("Amir"))
    assert owed.contact_id == id_of("contact")


@cases("""
    contact is about | linked to | its referral is about | answer
    -----------------+-----------+-----------------------+--------------------------------------
    nobody           | Siân      | nobody                | contact.linked, referral.person_linked
    nobody           | Siân      | Siân                  | contact.linked
    nobody           | Siân      | Rhys                  | refused: This referral is already about another person.
    Siân             | Siân      | Siân                  | refused: This contact is already linked to this person.
    Rhys             | Siân      | Rhys                  | refused: This contact is already about another person.
""")
def test_linking(case: dict[str, str]) -> None:
    about, of_referral = (
        None if case[name] == "nobody" else id_of(case[name])
        for name in ("contact is about", "its referral is about")
    )
    told = answer(
        contact.link,
        a_contact(person_id=about),
        person_id=id_of(case["linked to"]),
        of_contact=[a_referral(person_id=of_referral)],
        owed=[],
    )
    assert told == case["answer"]


@cases("""
    call back is owed to | answer
    ---------------------+-------------------------------------
    nobody               | contact.linked, promise.person_linked
    Siân                 | contact.linked
    Rhys                 | contact.linked
""")
def test_linking_says_whom_a_call_back_is_owed_to_unless_somebody_was_named(case: dict[str, str]) -> None:
    owed_to = None if case["call back is owed to"] == "nobody" else id_of(case["call back is owed to"])
    owed = contact.receive(Said("telephone"), **_receive(outcome="caller_lost"))[1].change.after
    told = answer(
        contact.link,
        a_contact(person_id=None),
        person_id=id_of("Siân"),
        of_contact=[],
        owed=[replace(owed, person_id=owed_to)],
    )
    assert told == case["answer"]


@cases("""
    contact | call back | outcome     | asked at | answer
    --------+-----------+-------------+----------+-----------------
    open    | kept      | handed_over | 10:00    | contact.closed
    open    | kept      | handed_over | 09:00    | contact.closed
    open    | kept      | handed_over | 08:59    | refused: This contact had not been received yet. Look again before you act.
    open    | owed      | handed_over | 10:00    | refused: A call back is still owed. Say first what came of it.
    open    | kept      | caller_lost | 10:00    | refused: Choose what came of this contact in the end.
    open    | kept      | forgotten   | 10:00    | refused: Choose one of the contact outcomes in the list.
    closed  | kept      | handed_over | 10:00    | refused: This contact has already been closed.
""")
def test_closing(case: dict[str, str]) -> None:
    told = answer(
        contact.close,
        a_contact(state=case["contact"], received_at=NINE),
        open_promises=[a_promise()] if case["call back"] == "owed" else [],
        outcome=case["outcome"],
        words="",
        by=id_of("Priya"),
        at=clock(case["asked at"]),
    )
    assert told == case["answer"]


def test_every_state_has_its_refusal_in_words() -> None:
    assert set(contact.REFUSALS) == {"open", "closed"}
