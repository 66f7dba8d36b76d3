"""Decisions with the police in words: what they answered, what guidance advised, who goes, what is next."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.urls import reverse

from nowrongdoor.nhsuk import code_words, wording
from nowrongdoor.reading.police_lines import PoliceLine
from nowrongdoor.rules import law, police_advice, police_asking
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.guidance import shelf
from nowrongdoor.rules.law import forces
from nowrongdoor.rules.police_advice import Advice
from nowrongdoor.rules.police_decision import PoliceDecision
from nowrongdoor.rules.words import PoliceOutcome

ADVICE = {
    "attend_crime": "Police: a crime (limb a)",
    "attend_life_ambulance": "Police and ambulance: danger at this moment (limb b)",
    "attend_life": "Police: danger at this moment (limb b)",
    "missing": "Police: report them missing",
    "ask_more": "Not known yet: ask, then a supervisor",
    "attend_child": "Police as before: a child the force keeps out",
    "attend_as_before": "Police as before: the force has not begun this for such a call",
    "ambulance": "Ambulance",
    "local_protocol": "By local protocol: a legal power is in use",
    "retake_plan": "A plan to bring them back, with an approved mental health professional",
    "return_to_provider": "Whoever cares for them looks first",
    "warm_handover": "Somebody else, handed over warmly",
}
SCOPES = {
    forces.APPLIES: "What the force agreed applies to this call",
    forces.CHILD_EXCLUDED: "The force keeps children out",
    forces.NOT_LIVE: "The force has not begun this for such a call",
    forces.NOT_KNOWN: "Whether it applies is not known",
}


def lines(
    found: Sequence[PoliceLine], *, why_not: Mapping[str, str], at: datetime
) -> list[dict[str, object]]:
    """The latest first; only of that is asked what is next."""
    return [line(one, is_last=number == 0, why_not=why_not, at=at) for number, one in enumerate(found)]


def line(
    found: PoliceLine, *, is_last: bool, why_not: Mapping[str, str], at: datetime
) -> dict[str, object]:
    one = found.decision
    may = is_last and "police" not in why_not
    return {
        "outcome": code_words.words_of("police_outcomes", one.outcome, at=at),
        "is_open": is_last and one.outcome == PoliceOutcome.UNKNOWN,
        "is_last": is_last,
        "reason": code_words.words_of("police_reasons", one.reason, at=at),
        "when": f"{wording.local_when(one.decided_at, at=at)}, recorded by {found.decided_by}",
        "words": one.words,
        "new_fact": one.new_fact,
        "facts": _facts(found, at=at),
        "answers": _answers(one, at=at),
        "seen": _seen(found, at=at),
        "seen_words": one.seen_words,
        "views": [("We think", one.our_view), ("The police think", one.police_view)] if one.our_view else [],
        "disputed": _disputed(found, at=at),
        "acts": _acts(one, may=may, is_last=is_last),
    }


def advice(found: Advice, category: str, *, at: datetime) -> dict[str, object]:
    """What guidance advises, because of which rows, and what would change it."""
    outcome = police_advice.decided(category, found.answers, found.scope, at=at)
    table = shelf.standing(police_advice.GUIDANCE, on=local_date(at))
    asked = {one.code: one.words for one in _asked(found.question_set)}
    changes = []
    for one in outcome.why.changes:
        then = one.then["advice"] if isinstance(one.then, dict) else ""
        if one.input in asked and then != found.word and one.if_it_were in ("“yes”", "“no”"):
            what = asked[one.input].rstrip("?")
            changes.append(f"{what}: {one.if_it_were.strip('“”')} – {ADVICE.get(then, then)}")
    unknown = [asked[name] for name, said in found.answers.items() if said not in ("yes", "no")]
    return {
        "word": ADVICE.get(found.word, found.word),
        "first": found.first_step,
        "scope": SCOPES[found.scope],
        "policies": [_policy(version) for version in found.policies],
        "because": f"{outcome.why.because} of “{table.label}”, {found.version}",
        "changes": changes[:4],
        "to_ask": [one for one in unknown if "decide about this" not in one],
        "source": f"{table.source} ({table.source_date}{'' if table.verified else ', not checked'})",
    }


def _facts(found: PoliceLine, *, at: datetime) -> list[tuple[str, str]]:
    one = found.decision
    rows = [("Guidance advised", ADVICE.get(one.advice, one.advice))]
    if police_asking.awaits(one):
        rows.append(("Police do not attend once accepted by", one.accepted_by))
    if one.accepting_team_id:
        rows.append(("Accepted by", f"{found.accepting_team}: {one.accepted_by}"))
    if one.going:
        when = f", expected {wording.local_when(one.arrives_at, at=at)}" if one.arrives_at else ""
        rows.append(("Who goes", f"{one.going}{when}"))
    if one.safe_until:
        rows.append(("Somebody with them by", wording.local_when(one.safe_until, at=at)))
    rows += [
        ("Is the caller told?", code_words.words_of("police_told", one.told, at=at)),
        ("They ring again at once", one.call_back_when),
        ("Looked at again", wording.local_when(one.recheck_at, at=at)),
    ]
    if one.force:
        about = [forces.labels().get(one.force, one.force)]
        about += [code_words.words_of("police_categories", one.category, at=at)] if one.category else []
        rows.append(("Asked", " – ".join(about)))
    if one.log_reference:
        rows.append(("Police log", one.log_reference))
    return rows


def _answers(one: PoliceDecision, *, at: datetime) -> list[tuple[str, str]]:
    if not one.answers:
        return []
    return [
        (asked.words, code_words.words_of("answers", one.answers.get(asked.code, "not_asked"), at=at))
        for asked in _asked(one.question_set)
    ]


def _asked(version: str) -> tuple[law.Question, ...]:
    found = law.question_set(version)
    return found.questions if found else ()


def _seen(found: PoliceLine, *, at: datetime) -> str:
    one = found.decision
    if one.seen_at is None:
        return ""
    said = code_words.words_of("police_seen", one.seen_as, at=at) if one.seen_as else "Seen"
    when = wording.local_when(one.seen_at, at=at)
    return f"The police, {when}: {code_words.mid_sentence(said)}. That is no assessment, and ends nothing."


def _disputed(found: PoliceLine, *, at: datetime) -> str:
    one = found.decision
    if one.disputed_at is None:
        return ""
    ours, theirs = (
        code_words.mid_sentence(code_words.words_of(name, code, at=at))
        for name, code in (("our_ranks", one.our_rank), ("police_ranks", one.police_rank))
    )
    when = wording.local_when(one.disputed_at, at=at)
    return f"Not agreed, {when}. Our {ours} and their {theirs} settle it."


def _acts(one: PoliceDecision, *, may: bool, is_last: bool) -> list[tuple[str, str]]:
    acts = []
    if may:
        acts.append(("Decide again", "referral_police"))
    if is_last:
        acts.append(("Something new was said", "referral_police_fact"))
    if may and one.seen_at is None:
        acts.append(("What the police saw", "referral_police_saw"))
    if may and one.disputed_at is None:
        acts.append(("We do not agree", "referral_police_dispute"))
    return [(words, reverse(name, args=[one.referral_id])) for words, name in acts]


def _policy(version: str) -> str:
    found = forces.named(version)
    if found is None:
        return version
    since = wording.local_date(found.provenance.valid_from)
    checked = "" if found.provenance.verified else ", not checked"
    return f"{found.label}, from {since}: {found.note}. Source: {found.provenance.source}{checked}"

