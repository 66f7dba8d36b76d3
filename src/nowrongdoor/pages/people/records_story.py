"""What is told, in a person's story, of their several records here and at partners."""

from collections.abc import Callable, Mapping

from nowrongdoor.pages.people.telling import Line, Telling

SENTENCES: Mapping[str, Callable[[Telling], Line | None]] = {
    **dict.fromkeys(("merge.proposed", "merge.kept_apart"), lambda it: None),
    "merge.merged": lambda it: Line("Merged this record with another: they are one person's."),
    "merge.undone": lambda it: Line("Undid the merge of this record with another."),
    "seal.carried": lambda it: Line("Another record of this person is sealed, and so is this one."),
    **dict.fromkeys(("register_link.proposed", "register_link.kept_apart"), lambda it: None),
    "register_link.linked": lambda it: Line("Linked this record with an entry of a partner's register."),
    "register_link.undone": lambda it: Line("Undid the link with an entry of a partner's register."),
    "person.partner_number_added": lambda it: Line("Recorded the number by which a partner knows them."),
    "person.partner_number_removed": lambda it: Line("Took a number of a partner's away."),
}
