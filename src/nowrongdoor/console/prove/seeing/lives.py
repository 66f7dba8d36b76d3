"""The lives: in each Ours stands to somebody in another way, as `expected.LIVES` names it."""

from __future__ import annotations

from uuid import uuid4

from nowrongdoor.console.prove.seeing import by_links, saying
from nowrongdoor.console.prove.seeing.expected import LIVES
from nowrongdoor.console.prove.seeing.happening import Told
from nowrongdoor.console.prove.seeing.place import Place, still_owed, version
from nowrongdoor.journeys import handovers, promises, referrals, seals, sharing
from nowrongdoor.rules.sealing import NOBODY_NAMED, Against

HELD_BY_OURS = {
    "holder",
    "offered",
    "contact_sealed",
    "restricted_held",
    "restricted_held_against",
    "nameless_held",
}


def live(place: Place) -> None:
    """Every life of `expected.LIVES`."""
    for name in LIVES:
        days = {"lately": 5, "long_ago": 60}.get(name)
        told = Told(place, name)
        if days is None:
            _one(place, told)
        else:
            place.back_then(days=days, lives=lambda told=told: _over(place, told))


def seal(place: Place, name: str) -> None:
    """R of a life that was lived is sealed, as somebody does who learns of a danger since."""
    referral_id = place.lives[name].keys["referral"]
    seals.put(
        seal_id=uuid4(),
        person_id=None,
        referral_id=referral_id,
        contact_id=None,
        why="in_danger",
        words=place.canaries.word(name, "R", "story", "sealed_because"),
        by=place["Far"],
        at=place.later(),
    )


def _one(place: Place, told: Told) -> None:
    ours, far, name = place.ours, place["Far"], told.name
    if not name.startswith("nameless"):
        told.person()
    told.main(by=ours if name in ("participant", "arrived") else far)
    if name == "arrived":
        told.promise(by=ours)
        told.permit(by=ours)
        told.others_work()
        return
    held_by_ours = name in HELD_BY_OURS
    to = (
        "Far"
        if name == "participant"
        else "Ours"
        if held_by_ours
        else "Beside"
        if "beside" in name
        else "Lamp"
        if name in by_links.LIVES
        else "Away"
    )
    told.hand_on(to=to, by=ours if name == "participant" else far)
    if name not in ("offered", "none", *by_links.LIVES):
        told.accept(by={"Ours": ours, "Far": far, "Beside": place["Beside"], "Away": place["Away"]}[to])
    told.promise(by=ours if held_by_ours and name != "offered" else far)
    if name.startswith("nameless"):
        return
    told.permit(by=ours if name == "participant" else far)
    told.others_work()
    if name in ("shared", "withdrawn", "sealed"):
        decision_id = told.share()
        if name == "withdrawn":
            words = told.word("A", "access", "withdrawn_because")
            sharing.withdraw(decision_id=decision_id, words=words, by=far, at=place.later(), seen=1)
    if name == "restricted_claimed":
        told.claim()
    if name == "sealed":
        told.seal("R", referral=told.keys["referral"])
    if name in ("sealed", "contact_sealed"):
        told.seal("C", contact=told.keys["contact"])
    if name in ("restricted_told", "restricted_against"):
        told.keep_safe()
    if name == "restricted_against":
        told.break_glass()  # while it still opens something
    if name.startswith("restricted"):
        told.seal("A", against=Against(ours.agency_id) if name.endswith("against") else NOBODY_NAMED)
    if name == "restricted_against":
        told.keep_safe()  # said again, which is never refused, and opens nothing
    if name.endswith("glass"):
        told.break_glass()
    if name == "claimed":
        told.claim()
    if name == "called":
        saying.asked_to_ring(told, by=far)


def _over(place: Place, told: Told) -> None:
    """Ours took it in, asked another team and took that back, kept what it owed, and closed it."""
    ours = place.ours
    told.person()
    told.main(by=ours)
    told.promise(by=ours)
    told.hand_on(to="Away", by=ours)
    handovers.withdraw(
        handover_id=told.keys["handover"],
        reason="changed",
        words=told.word("R", "story", "withdrawn"),
        by=ours,
        at=place.later(),
        seen=1,
    )
    told.permit(by=ours)
    for promise_id, stands_at in still_owed(told.keys["referral"]):
        promises.keep(
            promise_id=promise_id,
            words=told.word("R", "story", "kept"),
            by=ours,
            at=place.later(),
            seen=stands_at,
        )
    referrals.close(
        referral_id=told.keys["referral"],
        outcome="help_given",
        told=told.word("R", "story", "closed_told"),
        told_by="us",
        by=ours,
        at=place.later(),
        seen=version(told.keys["referral"]),
    )
    told.others_work()
