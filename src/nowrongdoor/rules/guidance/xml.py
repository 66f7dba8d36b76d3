"""
XML from outside, read without harm: no document types, no entities, nothing fetched, nothing endless.

What is refused says the line it stands in.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from nowrongdoor.rules.guidance.work import Unreadable

# What a table that people can read never needs, and a computer can still take at once.
MOST_BYTES = 5_000_000
MOST_ELEMENTS = 200_000
DEEPEST = 60
LONGEST_TEXT = 20_000


@dataclass
class Element:
    """One element: its name without prefix, what it is told, what stands in it, and its line."""

    name: str
    line: int
    told: dict[str, str]
    inside: list["Element"] = field(default_factory=list)
    text: str = ""
    space: str = ""

    def all(self, *names: str) -> Iterator["Element"]:
        return (one for one in self.inside if one.name in names)

    def first(self, *names: str) -> "Element | None":
        return next(self.all(*names), None)

    def words(self, name: str) -> str:
        """The text of the element of this name, or nothing."""
        found = self.first(name)
        return found.text.strip() if found is not None else ""

    def get(self, name: str, otherwise: str = "") -> str:
        return self.told.get(name, otherwise).strip()


def read(content: bytes) -> Element:
    """The document's root element."""
    if len(content) > MOST_BYTES:
        raise Unreadable(
            f"The file is larger than {MOST_BYTES // 1_000_000} million bytes.", place="the file"
        )
    if not content.strip():
        raise Unreadable("The file is empty.", place="the file")
    return _Reading().of(content)


class _Reading:
    def __init__(self) -> None:
        self.open: list[Element] = []
        self.root: Element | None = None
        self.count = 0
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.characters
        self.parser.StartDoctypeDeclHandler = self.refuse_doctype
        self.parser.EntityDeclHandler = self.refuse_doctype
        self.parser.ExternalEntityRefHandler = self.refuse_doctype
        self.parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)

    def of(self, content: bytes) -> Element:
        try:
            self.parser.Parse(content, True)
        except (expat.ExpatError, LookupError, ValueError) as fault:
            if isinstance(fault, Unreadable):
                raise
            words = str(fault).split(":")[0]
            raise Unreadable(f"This is not well-formed XML ({words}).", place=self.here()) from None
        if self.root is None:
            raise Unreadable("The file holds no element.", place="the file")
        return self.root

    def here(self) -> str:
        return f"line {self.parser.CurrentLineNumber}"

    def start(self, name: str, told: dict[str, str]) -> None:
        self.count += 1
        if self.count > MOST_ELEMENTS:
            raise Unreadable(f"The file holds more than {MOST_ELEMENTS:,} elements.", place=self.here())
        if len(self.open) >= DEEPEST:
            raise Unreadable(f"Elements are nested more than {DEEPEST} deep.", place=self.here())
        space, _, local = name.rpartition(" ")
        plain = {key.rpartition(" ")[2]: value for key, value in told.items()}
        element = Element(local, self.parser.CurrentLineNumber, plain, space=space)
        if self.open:
            self.open[-1].inside.append(element)
        else:
            self.root = element
        self.open.append(element)

    def end(self, name: str) -> None:
        self.open.pop()

    def characters(self, text: str) -> None:
        # The blanks between elements are no text.
        if self.open and not self.open[-1].inside and (self.open[-1].text or text.strip()):
            element = self.open[-1]
            element.text += text
            if len(element.text) > LONGEST_TEXT:
                words = f"A text is longer than {LONGEST_TEXT:,} characters."
                raise Unreadable(words, place=self.here())

    def refuse_doctype(self, *_: object) -> int:
        words = "Document types and entities are not read, because they can hide or fetch something."
        raise Unreadable(words, place=self.here())
