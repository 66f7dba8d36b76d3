"""What is decided with the police about a referral, with a canary in every column of text."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID, uuid4

from nowrongdoor.journeys import police
from nowrongdoor.rules.access import Viewer
from nowrongdoor.rules.police_advice import Told
from nowrongdoor.rules.police_decision import PoliceCall

NO_POWER = {
    "crime_now": "no", "serious_harm": "no", "happening_now": "no", "taken_or_hurt": "no",
    "whereabouts_known": "yes", "out_of_character": "no", "duty_or_power": "no", "refuses": "no",
    "checks_done": "yes", "has_capacity": "yes",
}  # fmt: skip
KNOWN = Told("averley", "concern_for_welfare", "health", 44, NO_POWER)


def about(
    referral_id: UUID, word: Callable[[str, str, str], str], *, by: Viewer, later: Callable[[], datetime]
) -> None:
    """They were asked, something new was said, and they do not come; they saw them, and it was disputed."""
    asked, new, settled = uuid4(), uuid4(), uuid4()
    facts = {"referral_id": referral_id, "by": by}
    call = PoliceCall(KNOWN, "unknown", "no_answer", told="not_reached", call_back_when="If it changes.")
    police.decide(decision_id=asked, call=call, follows_id=None, **facts, at=later())
    police.learn(
        decision_id=new,
        holding_id=uuid4(),
        fact=word("R", "story", "new_fact"),
        answers=NO_POWER,
        follows_id=asked,
        **facts,
        at=later(),
    )
    no = PoliceCall(
        KNOWN,
        "not_attending",
        "neither_limb",
        words=word("R", "story", "police_words"),
        log_reference=word("R", "response", "log_reference"),
        accepted_by="Whoever is on duty",
        going=word("R", "response", "going"),
        arrives_minutes=40,
        safe_minutes=60,
        told="told",
        call_back_when=word("R", "response", "call_back_when"),
    )
    police.decide(decision_id=settled, call=no, follows_id=new, **facts, at=later())
    seen = {"seen_as": "awake", "words": word("R", "story", "seen_words"), "seen_at": None}
    police.see(decision_id=settled, **seen, by=by, at=later(), seen=1)
    police.dispute(
        decision_id=settled,
        our_view=word("R", "story", "our_view"),
        police_view=word("R", "story", "police_view"),
        our_rank="on_call_manager",
        police_rank="duty_inspector",
        by=by,
        at=later(),
        seen=2,
    )
