"""What became of a contact, as the story of a person tells it: linked, closed, told of a service."""

from collections.abc import Callable, Mapping

from nowrongdoor.nhsuk import code_words
from nowrongdoor.pages.people.telling import Line, Telling

SENTENCES: Mapping[str, Callable[[Telling], Line]] = {
    "contact.linked": lambda it: Line("Linked an earlier contact to this person."),
    "contact.closed": lambda it: Line(
        f"Closed the contact – {it.code('contact_outcomes', 'outcome').lower()}.", it.new("closing_words")
    ),
    "signpost.given": lambda it: Line(
        f"Told them of {it.new('told_of')}. {it.code('ask_after', 'ask_after')}.", it.new("words")
    ),
    "signpost.followed_up": lambda it: Line(
        "Asked how it went with a service they were told of: "
        f"{code_words.ending(it.new('came_of'), at=it.at)}."
    ),
}
