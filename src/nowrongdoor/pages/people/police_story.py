"""What a decision with the police, and what followed it, is called in a person's story."""

from collections.abc import Callable, Mapping
from datetime import date

from nowrongdoor.nhsuk import code_words, wording
from nowrongdoor.pages.people.telling import Line, Telling
from nowrongdoor.rules.law import paths


def _decided(it: Telling) -> Line:
    """What they answered and why; and where they do not come, who does."""
    outcome, reason = (it.code(f"police_{name}s", name) for name in ("outcome", "reason"))
    again = " This decides it again; what was decided before stays on record." if it.new("follows_id") else ""
    holds = ""
    if it.new("accepting_team_id"):
        holds = f" {it.team('accepting_team_id')} accepted ({it.new('accepted_by')}); {it.new('going')} goes."
    told = "The caller knows." if it.new("told") == "told" else "The caller is rung back."
    return Line(
        f"{outcome} – {code_words.mid_sentence(reason)}.{holds} {told} "
        f"Looked at again {it.when('recheck_at')}.{again}",
        it.new("words"),
    )


def _learned(it: Telling) -> Line:
    return Line(
        "Something new was said after the decision with the police. It is asked anew, and nobody has settled "
        "it yet:",
        it.new("new_fact"),
    )


def _saw(it: Telling) -> Line:
    what = code_words.mid_sentence(it.code("police_seen", "seen_as"))
    return Line(
        f"The police, {it.when('seen_at')}: {what}. That is no assessment, and ends nothing.",
        it.new("seen_words"),
    )


def _disputed(it: Telling) -> Line:
    ours, theirs = (
        code_words.mid_sentence(it.code(f"{who}_ranks", f"{who}_rank")) for who in ("our", "police")
    )
    return Line(
        f"We and the police do not agree; our {ours} and their {theirs} settle it. "
        f"The police: “{it.new('police_view')}” We:",
        it.new("our_view"),
    )


def _day(it: Telling) -> str:
    return wording.local_date(date.fromisoformat(it.new("change_on")))


def _reviewed(it: Telling) -> Line | None:
    if "finding" not in it.told.became:
        return None  # where it is owed from then on is said with what was found
    level = it.new("level")
    finding = code_words.mid_sentence(it.code("police_review_findings", "finding"))
    changes = ""
    if it.new("change"):
        changes = f" “{it.new('change')}”: {it.new('change_by')}, by {_day(it)}."
    return Line(
        f"The disagreement with the police was reviewed at {level}; {finding}.{changes} What was learned:",
        it.new("learned"),
    )


def _path_chosen(it: Telling) -> Line:
    found = paths.named(it.new("checklist"))
    label = code_words.mid_sentence(found.label) if found else it.new("path")
    return Line(f"This is on record as {label}, with its list of what is seen to.", it.new("words"))


def _path_answered(it: Telling) -> Line:
    """How many things were said anew; what of them stands on the page of the path."""
    before, after = it.told.was.get("answers") or {}, it.new("answers") or {}
    new = sum(before.get(step) != said for step, said in after.items())
    things = wording.plural(new, "thing")
    return Line(f"It was said how far {things} on the list of the path {'is' if new == 1 else 'are'}.")


SENTENCES: Mapping[str, Callable[[Telling], Line]] = {
    "police.decided": _decided,
    "police.learned": _learned,
    "police.saw": _saw,
    "police.disputed": _disputed,
    "police.reviewed": _reviewed,
    "police_path.begun": _path_chosen,
    "police_path.answered": _path_answered,
}
