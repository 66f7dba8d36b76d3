"""Decision tables laid out: from the file's elements to columns, rows and cells, each with its place."""

from nowrongdoor.rules.guidance import work
from nowrongdoor.rules.guidance.boxes import Boxes
from nowrongdoor.rules.guidance.cells import Cell, Input, Output, Rule
from nowrongdoor.rules.guidance.compiling import Ready
from nowrongdoor.rules.guidance.pieces import Ask
from nowrongdoor.rules.guidance.tables import AGGREGATIONS, POLICIES, Table
from nowrongdoor.rules.guidance.types import ANY, Type
from nowrongdoor.rules.guidance.wording import names
from nowrongdoor.rules.guidance.work import Unreadable
from nowrongdoor.rules.guidance.xml import Element

# A table that is longer than this is read by nobody, and reviewed by nobody.
MOST_ROWS = 2_000
MOST_COLUMNS = 100
NOTHING = ("", "-")


class Layer:
    """Lays out the tables of one file, each by the names that are known where it stands."""

    def __init__(self, boxes: Boxes) -> None:
        self.boxes = boxes
        self.tables: dict[str, list[Table]] = {}
        self.decision = ""
        self.of: Type = ANY

    def table(self, element: Element, place: str) -> Ready:
        table = self.lay(element, place)
        of = self.boxes.type_of(element, place)
        table.kinds += [of] if of else []
        self.tables.setdefault(self.decision, []).append(table)
        return lambda scope: table.decide(scope, scope.get("\0hits"))

    def lay(self, element: Element, place: str) -> Table:
        policy = element.get("hitPolicy") or "UNIQUE"
        aggregation = element.get("aggregation")
        if policy not in POLICIES or aggregation not in AGGREGATIONS:
            raise Unreadable(f"There is no hit policy “{policy} {aggregation}”.", place=place)
        rows = list(element.all("rule"))
        inputs, outputs = list(element.all("input")), list(element.all("output"))
        if len(rows) > MOST_ROWS:
            words = f"This table has {len(rows):,} rows, and {MOST_ROWS:,} are the most."
            raise Unreadable(words, place=f"{place}, row {MOST_ROWS + 1}")
        if len(inputs) + len(outputs) > MOST_COLUMNS:
            raise Unreadable(f"This table has more than {MOST_COLUMNS} columns.", place=place)
        if not outputs:
            raise Unreadable("This table has no output column.", place=place)
        columns = tuple(self.input(one, f"{place}, input {at}") for at, one in enumerate(inputs, 1))
        answers = tuple(
            self.output(one, place, only=len(outputs) == 1, at=at) for at, one in enumerate(outputs, 1)
        )
        if policy in ("PRIORITY", "OUTPUT ORDER") and not any(one.values for one in answers):
            words = f"The hit policy {policy} asks for the values of its outputs in their order."
            raise Unreadable(words, place=place)
        rules = tuple(self.rule(row, at, place, columns, answers) for at, row in enumerate(rows, 1))
        fitted = self.boxes.compiler.types.fitted
        return work.settled(
            lambda: Table(self.decision, place, policy, aggregation, columns, answers, rules, fitted), place
        )

    def input(self, element: Element, place: str) -> Input:
        asked = element.first("inputExpression")
        text = asked.words("text") if asked else ""
        if not text:
            raise Unreadable("This column does not say what it looks at.", place=place)
        ask = self.boxes.ask(text, place)
        self.boxes.note(ask, place)
        self.refuse(ask, place)
        found = self.boxes.known.names.type_of(str(ask.parts[0])) if ask.kind == "name" else None
        of = self.boxes.compiler.types.named(asked.get("typeRef")) if asked else None
        if asked is not None and of is None:
            raise Unreadable(f"There is no type “{asked.get('typeRef')}”.", place=place)
        if of is None or of is ANY:
            of = found or ANY
        values = element.first("inputValues")
        words = values.words("text") if values else ""
        allowed = listed = None
        if words and words != "-":
            listed = self.boxes.ask(words, place, tests=True)
            allowed = self.boxes.ready(listed, place)
        elif of.allowed_words:
            listed = self.boxes.ask(of.allowed_words, place, tests=True)
        return Input(
            name=element.get("label") or text,
            text=text,
            ask=ask,
            ready=self.boxes.ready(ask, place),
            of=of,
            allowed=allowed,
            allowed_words=words or of.allowed_words,
            fitted=self.boxes.compiler.types.fitted,
            constant=lambda ask: self.constant(ask, place),
            listed=self._values(listed, place),
            fits=of is not ANY and found is of,
            built_in=frozenset(name for name, _ in names(ask) if self.boxes.is_built_in(name)),
        )

    def output(self, element: Element, place: str, *, only: bool, at: int) -> Output:
        name = element.get("name") or element.get("label") or (self.decision if only else f"output {at}")
        here = f"{place}, output “{name}”"
        of = self.boxes.compiler.types.named(element.get("typeRef"))
        if of is None:
            raise Unreadable(f"There is no type “{element.get('typeRef')}”.", place=here)
        values = element.first("outputValues")
        words = values.words("text") if values else of.allowed_words
        if not words and only:
            words = self.of.allowed_words
        listed = self.boxes.ask(words, here, tests=True) if words and words != "-" else None
        default = element.first("defaultOutputEntry")
        text = default.words("text") if default else ""
        cell = self.cell(text, here, element.line, tests=False) if text and text != "-" else None
        return Output(name, of, self._values(listed, here), words, cell, listed)

    def _values(self, listed: Ask | None, place: str) -> tuple[object, ...]:
        """The values an output may have, in their order, where they are listed one by one."""
        if listed is None or listed.kind != "one of":
            return ()
        plain = [one.parts[1] for one in listed.parts if one.kind == "test" and one.parts[0] == "in"]
        return tuple(self.constant(one, place) for one in plain)

    def constant(self, ask: Ask, place: str) -> object:
        """What an expression comes to that rests on nothing."""
        return work.settled(lambda: self.boxes.ready(ask, place)({}), place)

    def rule(
        self,
        element: Element,
        number: int,
        place: str,
        inputs: tuple[Input, ...],
        outputs: tuple[Output, ...],
    ) -> Rule:
        here = f"{self.decision or place}, row {number}"
        asked, said = list(element.all("inputEntry")), list(element.all("outputEntry"))
        if len(asked) != len(inputs) or len(said) != len(outputs):
            words = f"This row has {len(asked)} inputs and {len(said)} outputs, and the table {len(inputs)}"
            raise Unreadable(f"{words} and {len(outputs)}.", place=f"{here} (line {element.line})")
        tests = tuple(
            self.cell(entry.words("text"), f"{here}, column “{column.name}”", entry.line, tests=True)
            for entry, column in zip(asked, inputs, strict=True)
        )
        says = tuple(
            self.cell(entry.words("text"), f"{here}, column “{column.name}”", entry.line, tests=False)
            for entry, column in zip(said, outputs, strict=True)
        )
        notes = tuple(note.words("text") for note in element.all("annotationEntry"))
        return Rule(number, element.line, tests, says, notes)

    def cell(self, text: str, place: str, line: int, *, tests: bool) -> Cell:
        here = f"{place} (line {line})"
        if text in NOTHING:
            ask = Ask("anything") if tests else Ask("constant", (None,))
            return Cell("-" if tests else "", ask, self.boxes.ready(ask, here), line, True)
        ask = self.boxes.ask(text, here, tests=tests)
        self.refuse(ask, here, tests=tests)
        settled = all(name == "?" or self.boxes.is_built_in(name) for name, _ in names(ask))
        return Cell(text, ask, self.boxes.ready(ask, here), line, settled)

    def refuse(self, ask: Ask, place: str, *, tests: bool = False) -> None:
        for words in self.boxes.wrong(ask, tests=tests):
            raise Unreadable(words, place=place)
