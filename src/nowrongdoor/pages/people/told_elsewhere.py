"""Sentences of what has a module of its own: contacts, police, advice, calls to talk, visits, messages."""

from collections.abc import Callable, Mapping

from nowrongdoor.pages.people import (
    advice_story,
    contact_story,
    message_story,
    police_story,
    talk_story,
    visit_story,
)
from nowrongdoor.pages.people.telling import Line, Telling

SENTENCES: Mapping[str, Callable[[Telling], Line | None]] = {
    **contact_story.SENTENCES,
    **police_story.SENTENCES,
    **advice_story.SENTENCES,
    **talk_story.SENTENCES,
    **visit_story.SENTENCES,
    **message_story.SENTENCES,
}
