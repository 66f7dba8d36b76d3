"""The police are asked, mostly with what guidance lets be recorded; now and then against it."""

from datetime import datetime
from uuid import UUID

from nowrongdoor.rules.contact import Said as ContactSaid
from nowrongdoor.rules.intake import NewOffer, NewReferral
from nowrongdoor.rules.police_advice import Told
from nowrongdoor.rules.police_decision import PoliceCall, PoliceDecision, latest
from nowrongdoor.rules.police_path import PolicePath, Said
from nowrongdoor.rules.police_review import Found
from nowrongdoor.rules.referral import Referral
from nowrongdoor.sim.mischief import Mischief

REASONS = {
    "attend": ("limb_a", "limb_b", "their_choice"),
    "joint": ("limb_b", "their_choice"),
    "not_attending": ("neither_limb", "ambulance_leads"),
    "unknown": ("no_answer", "not_agreed", "ask_more"),
}
QUESTIONS = (
    "crime_now", "serious_harm", "happening_now", "taken_or_hurt", "whereabouts_known", "out_of_character",
    "duty_or_power", "refuses", "checks_done", "has_capacity",
)  # fmt: skip
NO = dict.fromkeys(QUESTIONS, "no") | {"whereabouts_known": "yes"}


def decide(luck: Mischief, at: datetime) -> None:
    key, _, held = luck.referral()
    luck.world.police.decide(
        decision_id=luck.new(luck.police),
        referral_id=key,
        call=_call(luck),
        follows_id=_last(luck, key),
        by=luck.one_of_team(held.team_id if held else None),
        at=at,
    )


def take_in(luck: Mischief, at: datetime) -> None:
    """A call about somebody nobody knows, mostly with a team that is asked; often taken by the police."""
    chance = luck.chance
    theirs = [one for one in luck.viewers if one.agency_id == luck.neighbour.id]
    offer = NewOffer(luck.new(luck.handovers), luck.team(), luck.message()) if chance.random() < 0.8 else None
    luck.world.police.take_in(
        contact_id=luck.new(luck.contacts),
        said=ContactSaid("telephone", words=luck.words()),
        callback_id=luck.new(luck.promises),
        happened_at=at,
        referral=NewReferral(luck.new(luck.referrals), chance.id(), (), "Please help."),
        offer=offer,
        decision_id=luck.new(luck.police),
        call=_call(luck),
        by=chance.one_of(theirs) if theirs and chance.random() < 0.6 else luck.anyone(),
        at=at,
    )


def learn(luck: Mischief, at: datetime) -> None:
    """Mostly about one that was decided; now and then its referral is closed by then."""
    one: PoliceDecision | None = luck.tables[PoliceDecision].get(luck.pick(luck.police))
    key = one.referral_id if one else luck.pick(luck.referrals)
    held = luck.world.referrals.open_holding(key) if one else None
    luck.world.police.learn(
        decision_id=luck.new(luck.police),
        holding_id=luck.chance.id(),
        referral_id=key,
        fact=luck.words(),
        answers={luck.chance.one_of(QUESTIONS): luck.code("yes", "no", "not_known")},
        follows_id=_last(luck, key),
        by=luck.one_of_team(held.team_id if held else None),
        at=at,
    )


def see(luck: Mischief, at: datetime) -> None:
    one: PoliceDecision | None = luck.tables[PoliceDecision].get(luck.pick(luck.police))
    held = luck.world.referrals.open_holding(one.referral_id) if one else None
    luck.world.police.see(
        decision_id=one.id if one else luck.chance.id(),
        seen_as=luck.code("awake", "not_well", "not_found"),
        words="",
        seen_at=None,
        by=luck.one_of_team(held.team_id if held else None),
        at=at,
        seen=luck.seen(one.version if one else 1),
    )


def dispute(luck: Mischief, at: datetime) -> None:
    one: PoliceDecision | None = luck.tables[PoliceDecision].get(luck.pick(luck.police))
    held = luck.world.referrals.open_holding(one.referral_id) if one else None
    luck.world.police.dispute(
        decision_id=one.id if one else luck.chance.id(),
        our_view=luck.words(),
        police_view=luck.words(),
        our_rank=luck.code("duty_lead", "on_call_manager"),
        police_rank=luck.code("control_supervisor", "duty_inspector"),
        by=luck.one_of_team(held.team_id if held else None),
        at=at,
        seen=luck.seen(one.version if one else 1),
    )


def review(luck: Mischief, at: datetime) -> None:
    """A disagreement is looked at again; now and then one there never was, or at another level."""
    disputed = [key for key in luck.police if luck.tables[PoliceDecision][key].disputed_at is not None]
    key = luck.chance.one_of(disputed) if disputed else luck.pick(luck.police)
    one: PoliceDecision | None = luck.tables[PoliceDecision].get(key)
    held = luck.world.referrals.open_holding(one.referral_id) if one else None
    finding = luck.code("something_changes", "nothing_changes", "passed_up")
    luck.world.police.review(
        review_id=luck.chance.id(),
        decision_id=key,
        level=luck.code("bronze", "bronze", "silver", "gold"),
        found=Found("", luck.words(), finding, luck.words(), "The duty lead", None),
        by=luck.one_of_team(held.team_id if held else None),
        at=at,
        seen=luck.seen(one.version if one else 1),
    )


def choose_path(luck: Mischief, at: datetime) -> None:
    key, _, held = luck.referral()
    luck.world.police_paths.begin(
        path_id=luck.new(luck.police_paths),
        referral_id=key,
        path=luck.code("awol", "walk_out", "missing", "s136"),
        words="",
        by=luck.one_of_team(held.team_id if held else None),
        at=at,
    )


def answer_path(luck: Mischief, at: datetime) -> None:
    """Mostly something that every list but one asks; now and then what none does."""
    one: PolicePath | None = luck.tables[PolicePath].get(luck.pick(luck.police_paths))
    held = luck.world.referrals.open_holding(one.referral_id) if one else None
    step = luck.code("danger", "searched", "rung", "found")
    said = {step: Said(luck.code("done", "under_way", "not_needed"), "Priya", luck.words())}
    luck.world.police_paths.answer(
        path_id=one.id if one else luck.chance.id(),
        said=said,
        by=luck.one_of_team(held.team_id if held else None),
        at=at,
        seen=luck.seen(one.version if one else 1),
    )


def keep(luck: Mischief, at: datetime) -> None:
    """What is owed while it is not settled who responds is said to be done, though that settles nothing."""
    key = _unsettled(luck)
    owed = luck.world.referrals.open_promises(key)
    one = luck.chance.one_of(owed) if owed else None
    luck.world.promises.keep(
        promise_id=one.id if one else luck.chance.id(),
        words=luck.words(),
        by=luck.one_of_team(one.owner_team_id if one else None),
        at=at,
        seen=luck.seen(one.version if one else 1),
    )


def close(luck: Mischief, at: datetime) -> None:
    """Somebody would let go of a person about whom it is not settled who responds."""
    key = _unsettled(luck)
    known: Referral | None = luck.tables[Referral].get(key)
    held = luck.world.referrals.open_holding(key)
    luck.world.referrals.close(
        referral_id=key,
        outcome="help_given",
        told=luck.words(),
        told_by="us",
        by=luck.one_of_team(held.team_id if held else None),
        at=at,
        seen=luck.seen(known.version if known else 1),
    )


def _unsettled(luck: Mischief) -> UUID:
    decisions: list[PoliceDecision] = [luck.tables[PoliceDecision][key] for key in luck.police]
    found = [one.referral_id for one in decisions if one.outcome == "unknown"]
    return luck.chance.one_of(found) if found else luck.pick(luck.referrals)


def _call(luck: Mischief) -> PoliceCall:
    chance = luck.chance
    outcome = chance.one_of(("not_attending", "not_attending", *REASONS))
    answers = dict(NO)
    if outcome in ("attend", "joint"):
        answers |= {"crime_now": "yes", "serious_harm": "yes", "happening_now": "yes"}
    for _ in range(chance.randrange(0, 3)):
        answers[chance.one_of(QUESTIONS)] = luck.code("yes", "no", "not_asked", "not_known", "declined")
    force = "nowhere" if chance.random() < 0.03 else chance.one_of(("averley", "averley", "wiltshire", ""))
    known = Told(force, luck.code("concern_for_welfare", "awol", "dols"), "health", None, answers)
    if chance.random() < 0.8:
        known = Told("averley", "concern_for_welfare", "health", 44, answers)
    return PoliceCall(
        known,
        luck.code(outcome),
        chance.one_of(REASONS[outcome]),
        accepted_by="" if chance.random() < 0.1 else "Priya",
        going=luck.words(),
        arrives_minutes=chance.one_of((None, 20, 90)),
        safe_minutes=chance.one_of((None, 60, 60, 60)),
        told=luck.code("told", "told", "not_reached"),
        call_back_when=luck.words(),
        recheck_minutes=chance.one_of((None, 30, 75)),
    )


def _last(luck: Mischief, referral_id: UUID) -> UUID | None:
    decisions = [one for one in luck.tables[PoliceDecision].values() if one.referral_id == referral_id]
    last = latest(decisions)
    if luck.chance.random() < 0.05:
        return None
    return last.id if last else None
