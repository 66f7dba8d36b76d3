"""Who may look, by which tie and at what, in words: the same for staff and for the person."""

from collections.abc import Iterable
from datetime import datetime

from nowrongdoor.nhsuk import code_words, wording
from nowrongdoor.reading.standing import Vantage
from nowrongdoor.rules import own, permission
from nowrongdoor.rules.access import Element, Relationship

ELEMENTS = {
    Element.ANSWERABLE: "who answers for them",
    Element.RESPONSE: "how soon and why",
    Element.STORY: "what was said and done",
    Element.IDENTITY: "who they are",
    Element.WHEREABOUTS: "where they are and how to ring",
    Element.ACCESS: "who looked and what is shared",
    own.OWN_WORDS: "what they said themselves",
}
# What a person can let a carer read, as it is asked and told.
PERMITS = {
    "answerable": "who holds them, and the number to ring",
    "response": "what is promised, and by when",
    "identity": "their name, date of birth and NHS number",
    own.OWN_WORDS: "what they said themselves",
}
# Said before another team is asked, to whoever it is: from whom it is kept, it does not say.
BEFORE_ASKING = (
    "A seal keeps this from others, and not from a team that is asked: they see all of it, also where the"
    " person is. From whom somebody is kept safe, stands in Sharing and access, if it was named. Read it"
    " there first, and ask no team in which somebody works who must not know."
)
# Why a team may look, said of the team.
TIES = {
    Relationship.HELD: "holds them",
    Relationship.OFFERED: "was asked to take them on, or to come along to them",
    Relationship.PARTICIPATING: "takes part in their care",
    Relationship.TOLD_TO_KEEP_SAFE: "was told to keep someone safe",
    Relationship.SHARED: "it was shared with them",
    Relationship.CLAIMED: "said why they need it",
    Relationship.BROKE_GLASS: "broke the glass",
    Relationship.LATELY: "took part lately",
}
# Why somebody looked, as it stands in the log: said of whoever looked.
LOOKED = {
    "held": "their team holds the person",
    "offered": "their team was asked to take the person on",
    "participating": "their team takes part",
    "told_to_keep_safe": "their team was told to keep someone safe",
    "shared": "it was shared with their agency",
    "claimed": "they said why they needed it",
    "broke_glass": "they broke the glass",
    "lately": "their team took part lately",
    "found": "in a search or a list",
    "comparing": "to decide whether two records are one person's",
    "reviewing": "to look into how it was looked at",
    own.TIE: "it is their own record",
    permission.TIE: "the person lets them read it",
}
# Why somebody looked, said to the person whose record it is.
TOLD = {
    **{str(tie): words for tie, words in TIES.items()},
    "held": "their team was answerable for you",
    "offered": "their team was asked to help you",
    "participating": "their team took part in your care",
    "told_to_keep_safe": "their team was told so that you or somebody else is safe",
    "shared": "your record was shared with their agency",
    "claimed": "they said why they needed it",
    "broke_glass": "they opened it in an emergency, which somebody then looks into",
    "lately": "their team had helped you shortly before",
    "found": "you were in a list or a search",
    own.TIE: "it is your own record",
    permission.TIE: "you let them read it",
}
PAGES = {
    "person": "your record",
    "person_timeline": "your timeline",
    "person_sharing": "who may see your record",
    "person_looks_printed": "this list",
    "referral": "a referral",
    "triage_decide": "a referral, to decide how soon",
    "handover": "a handover",
    "answer_by_link": "an offer, by a link",
    "go_on_by_link": "whom their team holds, by a link",
    "handover_links": "the links of an offer",
    "contact": "a contact",
    "my_work": "the list of what their team holds",
    "triage": "the list of who waits",
    "people_search": "a search",
    "own_record": "your record, as you read it",
    "own_looks": "who looked at your record",
}


def before_asking(seen: Vantage) -> str:
    """What whoever is about to ask another team is told of a seal; empty without one."""
    return BEFORE_ASKING if seen.is_kept else ""



def elements(shown: Iterable[str]) -> str:
    """`who they are and what was said and done`, in the order of the record."""
    there = set(shown)
    said = [words for element, words in ELEMENTS.items() if element in there]
    return wording.listed(said) or "nothing of them"


def told_elements(shown: Iterable[str]) -> str:
    """The same, said to the person."""
    said = elements(shown).replace("for them", "for you").replace("they are", "you are")
    said = said.replace("they said themselves", "you said yourself")
    return said.replace("nothing of them", "nothing of you")


def tie(code: str) -> str:
    """Why somebody looked, as it stands in the log."""
    return LOOKED.get(code, code.replace("_", " "))


def purpose(code: str, *, at: datetime) -> str:
    return code_words.words_of("purposes", code, at=at) if code else "Not said"


def page(name: str) -> str:
    """A page as staff call it."""
    return PAGES.get(name, name.replace("_", " ")).replace("your", "the").replace("this list", "this log")
