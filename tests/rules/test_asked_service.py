"""An offer is for a service of the team that is asked, or says of none: which is never required."""

from dataclasses import replace

from nowrongdoor.rules import asked_service
from nowrongdoor.rules.directory import Service
from nowrongdoor.rules.handover import offer, send_back
from tests.worlds.facts import (
    MESSAGE,
    NINE,
    RECEIVER,
    TEN,
    THIRD,
    a_handover,
    a_holding,
    a_referral,
    id_of,
)
from tests.worlds.tables import answer, cases


def a_service(name: str, team_id=RECEIVER.id, **known) -> Service:
    return replace(Service(id_of(name), None, team_id, name, "", (), "", ""), **known)


SERVICES = {
    "": None,
    "theirs": a_service("Home visits"),
    "gone": a_service("Night sitting", missing_since=NINE),
    "another's": a_service("Floating support", THIRD.id),
    "nobody's": a_service("Helpline", None),
}
OFFER = {
    "held": a_holding(), "live_offer": None, "handover_id": id_of("new handover"), "to": RECEIVER,
    "message": MESSAGE, "hop": 1, "by": id_of("Amir"), "at": TEN,
}  # fmt: skip
RETURN = {
    "referral": a_referral(), "held": a_holding(), "reason": "no_capacity", "words": "",
    "next_handover_id": id_of("next"), "by": id_of("Priya"), "at": TEN,
}  # fmt: skip


@cases("""
    service   | answer
    ----------+-----------------------------------------------
              | handover.offered
    theirs    | handover.offered
    gone      | refused: Night sitting is no longer in the directory. Choose another, or leave it at “Not said”.
    another's | refused: Floating support is not a service of Crisis team. Choose one of theirs, or leave it at “Not said”.
    nobody's  | refused: Helpline is not a service of Crisis team. Choose one of theirs, or leave it at “Not said”.
""")
def test_offering_for_a_service(case: dict[str, str]) -> None:
    assert answer(offer, a_referral(), **OFFER, service=SERVICES[case["service"]]) == case["answer"]


def test_the_offer_keeps_which_service_it_is_for() -> None:
    made = offer(a_referral(), **OFFER, service=SERVICES["theirs"]).change.after
    assert made.service_id == id_of("Home visits")
    assert offer(a_referral(), **OFFER).change.after.service_id is None


def test_a_return_says_for_which_service_the_next_team_is_asked_and_not_for_that_of_the_last() -> None:
    before = a_handover(service_id=id_of("Home visits"))
    asked = {"next_team": THIRD, **RETURN}
    *_, unsaid = send_back(before, **asked)
    assert unsaid.change.after.service_id is None
    *_, said = send_back(before, **asked, next_service=SERVICES["another's"])
    assert said.change.after.service_id == id_of("Floating support")
    refused = answer(send_back, before, **asked, next_service=SERVICES["theirs"])
    assert str(refused).startswith("refused: Home visits is not a service of Social care")


def test_where_a_team_keeps_one_entry_it_is_meant_without_asking() -> None:
    one, gone = SERVICES["theirs"], SERVICES["gone"]
    assert asked_service.only_one([one, gone]) == one.id
    assert asked_service.only_one([one, a_service("Day visits")]) is None
    assert asked_service.only_one([gone]) is None
