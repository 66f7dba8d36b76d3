"""Sentences of a story about the person as a person: what was said about them, and who matters."""

from collections.abc import Callable

from nowrongdoor.nhsuk import about_words, wording
from nowrongdoor.pages.people.telling import Line, Telling
from nowrongdoor.rules import about_me, circle


def _about(it: Telling) -> Line:
    """What was said, and to which heading; that something was not said is told as well."""
    what = about_words.label_of(it.new("heading"), at=it.at)
    if it.new("state") != about_me.ANSWERED:
        return Line(f"{what}: {wording.UNKNOWN[it.new('state')]}.", it.new("words"))
    chosen = about_words.chosen(it.new("heading"), tuple(it.told.became.get("codes") or ()), at=it.at)
    return Line(f"{what}: {'; '.join(chosen)}." if chosen else f"{what}:", it.new("words"))


def _in_circle(it: Telling) -> Line:
    said = f"Wrote down who matters to them: {it.new('name')}, {it.code('relations', 'relation').lower()}."
    never = " They must not be contacted." if it.new("contact") == circle.NEVER else ""
    return Line(said + never, it.new("words"))


SENTENCES: dict[str, Callable[[Telling], Line | None]] = {
    "about_me.answered": _about,
    "circle.entered": _in_circle,
    "circle.corrected": lambda it: Line(
        "Changed what is known of somebody who matters to them.", it.new("why")
    ),
    "circle.withdrawn": lambda it: Line("Took somebody out of who matters to them:", it.new("why")),
}
