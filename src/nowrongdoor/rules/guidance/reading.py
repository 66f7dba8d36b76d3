"""
A file of guidance read: every element found, every reference followed, every loop refused.

Versions 1.1 to 1.6 of the standard differ in their namespace and in boxes this reading knows anyway.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from nowrongdoor.rules.guidance import (
    built_in_contexts,
    built_in_lists,
    built_in_numbers,
    built_in_patterns,
    built_in_time,
    built_in_words,
    parsing,
    work,
    xml,
)
from nowrongdoor.rules.guidance.boxes import BOXES, Boxes
from nowrongdoor.rules.guidance.calling import built_in, functions
from nowrongdoor.rules.guidance.compiling import Compiler, Ready
from nowrongdoor.rules.guidance.laying import Layer
from nowrongdoor.rules.guidance.model import Decision
from nowrongdoor.rules.guidance.naming import Known
from nowrongdoor.rules.guidance.operations import PART_NAMES
from nowrongdoor.rules.guidance.resting import Graph, leaves, name_of
from nowrongdoor.rules.guidance.types import ANY, BASES, Type, Types
from nowrongdoor.rules.guidance.values import Function, Range
from nowrongdoor.rules.guidance.whole import Model
from nowrongdoor.rules.guidance.work import Unreadable
from nowrongdoor.rules.guidance.xml import Element

SPACES = ("https://www.omg.org/spec/DMN/", "http://www.omg.org/spec/DMN/")
FEEL = ("feel", "s-feel", "")
# Elements that give a name to a part of a value.
PARTS = ("itemComponent", "column", "output", "formalParameter")
ENCODED = re.compile(r"""^(\s*<\?xml\b[^>]*?)\s+encoding\s*=\s*(?:"[^"]*"|'[^']*')""")
MODULES = (
    built_in_contexts,
    built_in_lists,
    built_in_numbers,
    built_in_patterns,
    built_in_time,
    built_in_words,
)


def read(path_or_text: Path | str | bytes) -> Model:
    """Guidance from a file or from its text, or a refusal that names the place."""
    with work.bounded("the file"):
        return _File(_content(path_or_text)).model()


def _content(source: Path | str | bytes) -> bytes:
    if isinstance(source, bytes):
        return source
    if isinstance(source, str) and ("<" in source or not source.strip()):
        # Text has been decoded: whatever it says of its bytes was so before.
        return ENCODED.sub(r"\1", source, count=1).encode("utf-8", "surrogatepass")
    path = Path(source)
    place = path.name[:200] or "the file"
    try:
        if path.stat().st_size > xml.MOST_BYTES:
            words = f"The file is larger than {xml.MOST_BYTES // 1_000_000} million bytes."
            raise Unreadable(words, place=place)
        return path.read_bytes()
    except FileNotFoundError:
        raise Unreadable("There is no such file.", place=place) from None
    except Unreadable:
        raise
    except (OSError, ValueError):
        raise Unreadable("This is no file that can be opened.", place=place) from None


class _File:
    def __init__(self, content: bytes) -> None:
        self.content = content
        self.digest = sha256(content).hexdigest()[:12]
        self.root = xml.read(content)
        if self.root.name != "definitions" or not self.root.space.startswith(SPACES):
            raise Unreadable("This is not a DMN file.", place=f"line {self.root.line}")
        for one in self.root.all("import"):
            raise Unreadable(
                "Other files are not fetched; put everything into one.", place=f"line {one.line}"
            )
        self._feel_only(self.root)
        self.graph = Graph(self.root)
        definitions = self._definitions()
        built = functions() | {"range": _range_function()}
        self.types = Types(definitions, self._test)
        self.compiler = Compiler(dict(built), self.types)
        parts = (*PART_NAMES, *_part_names(self.root))
        self.known = Known.of(built, parts=parts, types=(*BASES, *definitions))
        for one in _within(self.root):
            if one.name in ("formalParameter", "parameter"):
                self.known.given.add(one.get("name"))
        self.boxes = Boxes(self.known, self.compiler, frozenset(self.graph.by_name))

    def _definitions(self) -> dict[str, Element]:
        found: dict[str, Element] = {}
        for one in self.root.all("itemDefinition"):
            name = one.get("name")
            if name in found:
                words = f"The type “{name}” is told twice, here and in line {found[name].line}."
                raise Unreadable(words, place=f"line {one.line}")
            found[name] = one
        return found

    def _test(self, text: str, place: str) -> Ready:
        """What a type allows: asked while nothing is known but the value itself."""
        ask = self.boxes.ask(text, place, tests=True)
        for words in self.boxes.wrong(ask, tests=True):
            raise Unreadable(words, place=place)
        return self.boxes.ready(ask, place)

    def _feel_only(self, root: Element) -> None:
        for one in _within(root):
            language = one.get("expressionLanguage")
            plain = language.rstrip("/").rpartition("/")[2].lower()
            if language and plain not in FEEL and "feel" not in language.lower():
                raise Unreadable(f"The language “{language}” is not read.", place=f"line {one.line}")

    def model(self) -> Model:
        order = self.graph.order()
        self.types.check()
        elements = self.graph.by_name
        self.kinds = {name: self._type(one) for name, one in elements.items()}
        self.layer = Layer(self.boxes)
        self.boxes.table = self.layer.table
        name = self.root.get("name") or "guidance"
        model = Model(
            name=name,
            version=f"{name}@{self.digest}",
            namespace=self.root.get("namespace"),
            types=self.types,
            inputs={one: of for one, of in self.kinds.items() if elements[one].name == "inputData"},
            decisions={},
            told=_told(self.root),
            source=self.content,
            leaves=leaves(self.graph.needs, order),
        )
        # What rests on others comes after them: what they name is known by then.
        made = {one: self._decision(elements[one], model) for one in order if one not in model.inputs}
        model.decisions |= {one: made[one] for one in elements if one in made}
        model.asked = tuple(self.boxes.asked)
        return model

    def _type(self, element: Element) -> Any:
        variable = element.first("variable")
        name = variable.get("typeRef") if variable else ""
        found = self.types.named(name)
        if found is None:
            raise Unreadable(f"There is no type “{name}”.", place=f"line {element.line}")
        return None if found is ANY else found

    def _decision(self, element: Element, model: Model) -> Decision:
        name = name_of(element)
        if element.name == "decisionService":
            return self._service(element, model)
        needs = self.graph.needs[name]
        of = self.kinds[name]
        with self.boxes.knowing_only({need.name: self.kinds[need.name] for need in needs}):
            kind, made, box = self._made(element, name, of)
        tables = tuple(self.layer.tables.get(name, ()))
        return Decision(name, kind, needs, made, of, tables, element.words("question"), element.line, box)

    def _made(self, element: Element, name: str, of: Type | None) -> tuple[str, Ready, str]:
        place = f"“{name}”"
        self.layer.decision, self.layer.of = name, of or ANY
        if element.name == "decision":
            body = element.first(*BOXES)
            made, box = self.boxes.inside(element, place), body.name if body is not None else ""
            if box == "decisionTable" and of is not None:
                self.layer.tables[name][0].kinds.append(of)
            return "decision", made, box
        logic = element.first("encapsulatedLogic")
        if logic is None:  # knowledge that is not written yet
            return "knowledge", lambda scope: None, ""
        self.layer.of = self.boxes.type_of(logic, place) or ANY
        return "knowledge", self.boxes.function(logic, place, name=name), ""

    def _service(self, element: Element, model: Model) -> Decision:
        """Several decisions asked as one: a function of its inputs."""
        needs = self.graph.of_service(element)
        given = tuple(need.name for need in (*needs["inputData"], *needs["inputDecision"]))
        asked = [need.name for need in needs["outputDecision"]]

        def call(values: list[Any]) -> Any:
            if len(values) != len(given):
                return None
            known = model.read_inputs(dict(zip(given, values, strict=True)), [])
            found = {name: model.worked_out(model.decisions[name], known, []) for name in asked}
            return next(iter(found.values())) if len(found) == 1 else found

        def by_name(values: Mapping[str, Any]) -> Any:
            return call([values[name] for name in given]) if values.keys() == set(given) else None

        name = name_of(element)
        service = Function(name, (given,), call, by_name)
        return Decision(
            name, "service", self.graph.needs[name], lambda scope: service, None, (), "", element.line
        )


def _part_names(root: Element) -> Iterator[str]:
    """Names that parts of values are called by anywhere in the file."""
    for one in _within(root):
        if one.name in PARTS:
            yield one.get("name")
        elif one.name == "contextEntry":
            yield from (variable.get("name") for variable in one.all("variable"))
        elif one.name == "decisionService":
            yield from (name_of(decision) for decision in root.all("decision"))


def _within(element: Element) -> Iterable[Element]:
    waiting = [element]
    while waiting:
        one = waiting.pop()
        yield one
        waiting.extend(one.inside)


def _told(root: Element) -> dict[str, str]:
    """Where the guidance comes from, as the file itself says it."""
    said: dict[str, str] = {}
    for extension in root.all("extensionElements"):
        for one in extension.inside:
            said |= {one.name: one.text.strip()} if one.text.strip() else one.told
    return {**said, "description": root.words("description")}


def _range_function() -> Function:
    """A range from its words, "[1..5]": only literals, nothing that would have to be worked out."""

    def made(text: str) -> Any:
        try:
            ask = parsing.expression(text, Known.of((), parts=(), types=BASES), place="a range")
            found = Compiler(dict(functions()), Types({}, lambda words, place: lambda scope: None)).ready(
                ask
            )({})
        except Unreadable:
            return None
        return found if type(found) is Range else None

    built_in("range", "from:s")(made)
    return functions()["range"]
