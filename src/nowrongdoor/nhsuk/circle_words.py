"""Who matters to a person, in words: how they know them, what to tell them, whether to contact them."""

from datetime import datetime
from typing import Any

from nowrongdoor.nhsuk import code_words, numbers, wording
from nowrongdoor.reading.circle_of import CircleLine
from nowrongdoor.rules.circle import NEVER, InCircle
from nowrongdoor.rules.ringing import DO_NOT_CONTACT

CONTACT = {
    "any_time": "May be contacted",
    "emergency": "Contact only in an emergency",
    NEVER: "Do not contact: the person does not want this",
    "not_asked": "Whether they may be contacted was not asked",
    "declined": "The person declined to say whether they may be contacted",
    "not_known": "Whether they may be contacted is not known",
}
TELL = {
    "all": "They may be told all of it",
    "some": "They may be told some of it",
    "nothing": "Tell them nothing",
    "not_asked": "What they may be told was not asked: tell them nothing yet",
    "declined": "The person declined to say what they may be told: tell them nothing",
    "not_known": "What they may be told is not known: tell them nothing yet",
}
NAME_HIDDEN = "Their name is not shown to you"


def who(entry: InCircle, *, at: datetime) -> str:
    """`Daughter, carer, next of kin`."""
    parts = (entry.relation, *entry.parts)
    lists = ("relations", *("circle_parts",) * len(entry.parts))
    labels = [code_words.words_of(name, one, at=at) for name, one in zip(lists, parts, strict=True)]
    return ", ".join([labels[0], *(code_words.mid_sentence(one) for one in labels[1:])])


def to_ring(line: CircleLine, *, at: datetime) -> dict[str, str]:
    """Somebody among the key contacts. Whoever must not be contacted is struck through, and says so."""
    entry = line.entry
    never = entry.contact == NEVER
    contact, tell = CONTACT.get(entry.contact, ""), "" if never else TELL.get(entry.tell, "")
    return {
        "name": entry.name or NAME_HIDDEN,
        "what": who(entry, at=at),
        "before": ". ".join(words for words in (contact, tell) if words),
        "number": entry.phone,
        "url": numbers.url_of(entry.phone, DO_NOT_CONTACT if never else "yes") if entry.phone else "",
        "struck": "yes" if never else "",
        "without": number_unknown(line),
    }


def number_unknown(line: CircleLine) -> str:
    """Why there is no number, by which kind of not knowing."""
    if not line.shows_number:
        return wording.unknown_words("Number", "hidden")
    return wording.unknown_words("Number", line.entry.phone_unknown or "not_known")


def told(line: CircleLine, *, at: datetime) -> dict[str, Any]:
    """Everything that is known of them, for their own place on the page."""
    entry = line.entry
    ended = entry.withdrawn_at
    by = code_words.words_of("about_said_by", entry.said_by, at=at).lower()
    said = f"Said by: {by}, {wording.local_date(entry.said_on)}, written down by {line.entered_by}"
    return {
        **to_ring(line, at=at),
        "tell": TELL.get(entry.tell, ""),
        "contact": CONTACT.get(entry.contact, ""),
        "words": entry.words,
        "said": f"{said} of {line.team_name}",
        "young": "young_carer" in entry.parts,
        "why": entry.why,
        "ended": f"Taken out {wording.local_when(ended, at=at)} by {line.withdrawn_by}" if ended else "",
    }
