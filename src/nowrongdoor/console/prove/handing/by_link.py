"""The scripts of offers to a team in which nobody signs in, which answers by a link or not at all."""

from __future__ import annotations

from datetime import datetime

from nowrongdoor.console.prove.handing.scripts import (
    BY_LINK,
    Post,
    Script,
    Send,
    Setting,
    accepted,
    delivered,
    handing_on,
    key,
    offering,
    opened,
    withdrawn,
)
from nowrongdoor.rules.answer_link import AnswerLink
from nowrongdoor.rules.referral import Referral


def link_made(offer: str) -> Send:
    return lambda place, at: place.world.answer_links.make(
        link_id=key(f"link to {offer}"), handover_id=key(offer), digest=offer, by=place.who["giver"], at=at
    )


def opened_by_link(by: str, offer: str, device: str) -> Send:
    return lambda place, at: place.world.answer_links.receive(
        link_id=key(f"link to {offer}"), name=by, job="Volunteer", device=device, by=place.who[by], at=at
    )


def accepted_by_link(by: str, offer: str) -> Send:
    return lambda place, at: place.world.answer_links.accept(
        link_id=key(f"link to {offer}"), read_back="We ring now.", holding_id=key(f"{offer} held by {by}"),
        onward_id=key(f"link on from {offer}"), onward_digest=f"on from {offer}",
        by=place.who[by], at=at, seen=1,
    )  # fmt: skip


def gone_on_with(by: str, offer: str, device: str) -> Send:
    return lambda place, at: place.world.onward_links.receive(
        link_id=key(f"link on from {offer}"), name=by, job="Volunteer", device=device,
        by=place.who[by], at=at,
    )  # fmt: skip


def written_by_link(by: str, offer: str, note: str, way: str = "telephone") -> Send:
    return lambda place, at: place.world.onward_links.write(
        link_id=key(f"link on from {offer}"), note_id=key(note), way=way, words="She comes on Friday.",
        happened_at=None, by=place.who[by], at=at,
    )  # fmt: skip


def handed_back_by_link(by: str, offer: str, following: str) -> Send:
    def send(place: Setting, at: datetime) -> None:
        link = place.world.rows.one(AnswerLink, key(f"link on from {offer}"))
        seen = place.world.rows.one(Referral, link.referral_id).version
        place.world.onward_links.hand_back(
            link_id=link.id, handover_id=key(following), words="Our cook is ill.",
            by=place.who[by], at=at, seen=seen,
        )  # fmt: skip

    return send


def closed_by_link(by: str, offer: str) -> Send:
    def send(place: Setting, at: datetime) -> None:
        link = place.world.rows.one(AnswerLink, key(f"link on from {offer}"))
        seen = place.world.rows.one(Referral, link.referral_id).version
        place.world.onward_links.close(
            link_id=link.id, outcome="help_given", told="She knows the way.", told_by="us",
            by=place.who[by], at=at, seen=seen,
        )  # fmt: skip

    return send


def onward_link_taken_back(offer: str) -> Send:
    def send(place: Setting, at: datetime) -> None:
        link = place.world.rows.one(AnswerLink, key(f"link on from {offer}"))
        place.world.answer_links.withdraw(link_id=link.id, by=place.who["giver"], at=at, seen=link.version)

    return send


def returned_by_link(by: str, offer: str, following: str, to: str) -> Send:
    return lambda place, at: place.world.answer_links.send_back(
        link_id=key(f"link to {offer}"), reason="not_ours", words="", next_team_id=key(to),
        next_handover_id=key(following), by=place.who[by], at=at, seen=1,
    )  # fmt: skip


def link_taken_back(offer: str) -> Send:
    def send(place: Setting, at: datetime) -> None:
        link = place.world.rows.one(AnswerLink, key(f"link to {offer}"))
        place.world.answer_links.withdraw(link_id=link.id, by=place.who["giver"], at=at, seen=link.version)

    return send


SCRIPTS = (
    Script(
        "accepted by a link, which was passed on and is sent again",
        (
            Post("decided", 1, handing_on(BY_LINK, "one")),
            Post("delivered", 1.1, delivered("one")),
            Post("link made", 2, link_made("one")),
            Post("opened by it", 6, opened_by_link("Jo", "one", "a phone")),
            Post("passed on", 8, opened_by_link("Kit", "one", "another")),
            Post("accepted by it", 12, accepted_by_link("Kit", "one")),
            Post("accepted once more", 14, accepted_by_link("Jo", "one")),
        ),
    ),
    Script(
        "returned by a link, and accepted by the next",
        (
            Post("decided", 1, handing_on(BY_LINK, "one")),
            Post("link made", 2, link_made("one")),
            Post("opened by it", 5, opened_by_link("Jo", "one", "a phone")),
            Post("returned by it", 10, returned_by_link("Jo", "one", "two", "next")),
            Post("delivered next", 10.1, delivered("two")),
            Post("opened next", 14, opened("next", "two")),
            Post("accepted next", 18, accepted("next", "two")),
            Post("accepted by the old link", 20, accepted_by_link("Jo", "one")),
        ),
    ),
    Script(
        "a link is taken back, and answered by all the same",
        (
            Post("decided", 1, handing_on(BY_LINK, "one")),
            Post("link made", 2, link_made("one")),
            Post("opened by it", 5, opened_by_link("Jo", "one", "a phone")),
            Post("link taken back", 9, link_taken_back("one")),
            Post("accepted by it", 12, accepted_by_link("Jo", "one")),
            Post("taken back", 20, withdrawn("one")),
            Post("offered another", 22, offering("other", "two")),
            Post("accepted another", 30, accepted("other", "two")),
        ),
    ),
    Script(
        "a link whose time is over is answered by",
        (
            Post("decided", 1, handing_on(BY_LINK, "one")),
            Post("link made", 2, link_made("one")),
            Post("opened by it", 5, opened_by_link("Jo", "one", "a phone")),
            Post("accepted by it too late", 4330, accepted_by_link("Jo", "one")),
        ),
    ),
    Script(
        "accepted by a link, gone on with by another, and handed back",
        (
            Post("decided", 1, handing_on(BY_LINK, "one")),
            Post("link made", 2, link_made("one")),
            Post("opened by it", 5, opened_by_link("Jo", "one", "a phone")),
            Post("accepted by it", 8, accepted_by_link("Jo", "one")),
            Post("gone on with", 12, gone_on_with("Kit", "one", "another phone")),
            Post("written", 14, written_by_link("Kit", "one", "note")),
            Post("handed back", 20, handed_back_by_link("Kit", "one", "two")),
            Post("accepted again", 26, accepted("giver", "two")),
            Post("written too late", 30, written_by_link("Kit", "one", "another note")),
        ),
    ),
    Script(
        "a link to go on is taken back, or its time is over, and the team holds all the same",
        (
            Post("decided", 1, handing_on(BY_LINK, "one")),
            Post("link made", 2, link_made("one")),
            Post("opened by it", 5, opened_by_link("Jo", "one", "a phone")),
            Post("accepted by it", 8, accepted_by_link("Jo", "one")),
            Post("gone on with", 12, gone_on_with("Jo", "one", "a phone")),
            Post("link taken back", 14, onward_link_taken_back("one")),
            Post("written", 16, written_by_link("Jo", "one", "note")),
            Post("closed too late", 30000, closed_by_link("Jo", "one")),
        ),
    ),
)
