"""
What must be so before a decision with the police is recorded: a reason that is so, and for a no, a holder.
"""

from datetime import datetime

from nowrongdoor.rules.change import Refused, need_words
from nowrongdoor.rules.police_advice import NO, YES, Advice
from nowrongdoor.rules.police_decision import PoliceCall, Standing


def need_reason(call: PoliceCall, advice: Advice) -> None:
    """A limb is named only where the answers say so: words alone are not enough."""
    said = advice.answers
    limb_b = (said["serious_harm"], said["happening_now"]) == (YES, YES)
    if call.reason == "limb_a" and said["crime_now"] != YES:
        raise Refused(
            "Limb a is a crime that has happened or is happening. Answer that question with yes, or choose "
            "another reason.",
            code="limb_a_not_so",
            field="reason",
        )
    if call.reason == "limb_b" and not limb_b:
        raise Refused(
            "Limb b is a danger to life, or of serious harm, that is there at this moment. Answer both "
            "questions with yes, or choose another reason.",
            code="limb_b_not_so",
            field="reason",
        )


def need_holder(stands: Standing, call: PoliceCall, advice: Advice, *, at: datetime) -> None:
    """
    The police may say no where nothing that matters is unknown, guidance lets them, and somebody else has
    accepted by name, goes to them, and is looked at in time.
    """
    said = advice.answers
    instead = "Choose “not known yet, or not agreed”: it stays open, and a supervisor is told at once"
    harm, now = said["serious_harm"], said["happening_now"]
    is_known = harm == NO or (harm == YES and now in (YES, NO))
    if said["crime_now"] not in (YES, NO) or not is_known:
        raise Refused(
            f"What is not known is no reason not to attend. Ask about crime and danger first. {instead}.",
            code="unknown_never_declines",
            field="outcome",
        )
    if not advice.lets_go:
        raise Refused(
            f"By these answers the police are asked to come, or more must be found out. {instead}. "
            "Then record both views.",
            code="not_by_guidance",
            field="outcome",
        )
    if stands.holder_is_police:
        raise Refused(
            "No accepting holder: a team of the police holds this. Hand it over first; until then choose "
            "“not known yet, or not agreed”.",
            code="no_accepting_holder",
            field="accepted_by",
        )
    if stands.holding.from_at > at:
        raise Refused(
            "No accepting holder: the team that holds this took them on only after that. Look at the time.",
            code="no_accepting_holder",
            field="accepted_by",
        )
    if not call.accepted_by.strip():
        raise Refused(
            "No accepting holder: say who of the team that holds this has accepted to respond.",
            code="no_accepting_holder",
            field="accepted_by",
        )
    need_words(call.going, field="going", ask="Say who goes to them, or who rings them.")
    if call.safe_minutes is None:
        raise Refused(
            "Say within how many minutes somebody must be with them.", code="no_window", field="safe_minutes"
        )
    if call.recheck_minutes is not None and call.recheck_minutes > call.safe_minutes:
        raise Refused(
            "Look again no later than somebody must be with them.",
            code="recheck_late",
            field="recheck_minutes",
        )
