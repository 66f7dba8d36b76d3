"""
A file of guidance read: every element found, every reference followed, every loop refused.

Versions 1.1 to 1.6 of the standard differ in their namespace and in boxes this reading knows anyway.
"""

from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from nowrongdoor.rules.guidance import (
    built_in_contexts,
    built_in_lists,
    built_in_numbers,
    built_in_time,
    built_in_words,
    looping,
    parsing,
    xml,
)
from nowrongdoor.rules.guidance.boxes import BOXES, Boxes
from nowrongdoor.rules.guidance.calling import built_in, functions
from nowrongdoor.rules.guidance.compiling import Compiler, Ready
from nowrongdoor.rules.guidance.laying import Layer
from nowrongdoor.rules.guidance.model import Decision, Need
from nowrongdoor.rules.guidance.operations import PART_NAMES
from nowrongdoor.rules.guidance.scanning import Known
from nowrongdoor.rules.guidance.types import ANY, BASES, Types
from nowrongdoor.rules.guidance.values import Function, Range, Unreadable
from nowrongdoor.rules.guidance.whole import Model
from nowrongdoor.rules.guidance.xml import Element

SPACES = ("https://www.omg.org/spec/DMN/", "http://www.omg.org/spec/DMN/")
FEEL = ("feel", "s-feel", "")
NAMED = [
    "inputData",
    "decision",
    "businessKnowledgeModel",
    "decisionService",
    "variable",
    "itemComponent",
    "formalParameter",
    "parameter",
    "column",
    "output",
]
DRG = ("inputData", "decision", "businessKnowledgeModel", "decisionService", "knowledgeSource")
KINDS = {
    "requiredInput": "input",
    "requiredDecision": "decision",
    "requiredKnowledge": "knowledge",
    "inputDecision": "decision",
    "inputData": "input",
    "encapsulatedDecision": "decision",
    "outputDecision": "decision",
}
MODULES = (built_in_contexts, built_in_lists, built_in_numbers, built_in_time, built_in_words)


def read(path_or_text: Path | str | bytes) -> Model:
    """Guidance from a file or from its text, or a refusal that names the place."""
    looping.fresh()
    return _File(_content(path_or_text)).model()


def _content(source: Path | str | bytes) -> bytes:
    if isinstance(source, bytes):
        return source
    if isinstance(source, str) and "<" in source:
        return source.encode("utf-8", "surrogatepass")
    path = Path(source)
    try:
        if path.stat().st_size > xml.MOST_BYTES:
            words = f"The file is larger than {xml.MOST_BYTES // 1_000_000} million bytes."
            raise Unreadable(words, place=path.name)
        return path.read_bytes()
    except (OSError, ValueError):
        raise Unreadable("There is no such file.", place=path.name[:200] or "the file") from None


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
        self.by_id = self._elements()
        self.known_names = {one.get("name") for one in _within(self.root) if one.name in NAMED} - {""}
        definitions = {one.get("name"): one for one in self.root.all("itemDefinition")}
        built = functions() | {"range": _range_function()}
        names = (*self.known_names, *built, *PART_NAMES, *BASES, *definitions, *_keys(self.root))
        self.known = Known.of(name for name in names if name)
        self.types = Types(definitions, self._test)
        self.compiler = Compiler(dict(built), self.types)
        self.boxes = Boxes(self.known, self.compiler)

    def _test(self, text: str, place: str) -> Ready:
        return self.boxes.ready(self.boxes.ask(text, place, tests=True), place)

    def _feel_only(self, root: Element) -> None:
        for one in _within(root):
            language = one.get("expressionLanguage")
            plain = language.rstrip("/").rpartition("/")[2].lower()
            if language and plain not in FEEL and "feel" not in language.lower():
                raise Unreadable(f"The language “{language}” is not read.", place=f"line {one.line}")

    def _elements(self) -> dict[str, Element]:
        found: dict[str, Element] = {}
        names: dict[str, Element] = {}
        for one in self.root.all(*DRG):
            name, place = one.get("name"), f"line {one.line}"
            if not name and one.name != "knowledgeSource":
                raise Unreadable(f"This {one.name} has no name.", place=place)
            if one.get("id") and one.get("id") in found:
                raise Unreadable(f"The id “{one.get('id')}” is used twice.", place=place)
            if name in names and one.name != "knowledgeSource":
                words = f"“{name}” is used twice, here and in line {names[name].line}."
                raise Unreadable(words, place=place)
            found[one.get("id") or f"\0{len(found)}"] = one
            if one.name != "knowledgeSource":
                names[name] = one
        return found

    def _needs(self, element: Element) -> tuple[Need, ...]:
        found = []
        for requirement in element.all("informationRequirement", "knowledgeRequirement"):
            for one in requirement.inside:
                if one.name in KINDS:
                    found.append(self._need(one))
        return tuple(dict.fromkeys(found))

    def _need(self, one: Element) -> Need:
        href = one.get("href")
        space, _, identity = href.rpartition("#")
        if space and space != self.root.get("namespace"):
            raise Unreadable("Other files are not fetched.", place=f"line {one.line}")
        target = self.by_id.get(identity)
        if target is None:
            raise Unreadable(f"There is nothing with the id “{identity}”.", place=f"line {one.line}")
        kinds = {"inputData": "input", "decision": "decision", "decisionService": "service"}
        return Need(kinds.get(target.name, "knowledge"), target.get("name"))

    def model(self) -> Model:
        self.types.check()
        inputs = {one.get("name"): self._type(one) for one in self.root.all("inputData")}
        typed = {name: of for name, of in inputs.items() if of is not None}
        for one in self.root.all("decision"):
            of = self._type(one)
            if of is not None:
                typed[one.get("name")] = of
        layer = Layer(self.boxes, set(self.known_names) | _keys(self.root), typed)
        self.boxes.table = layer.table
        model = Model(
            name=self.root.get("name") or "guidance",
            version=f"{self.root.get('name') or 'guidance'}@{self.digest}",
            namespace=self.root.get("namespace"),
            types=self.types,
            inputs=inputs,
            decisions={},
            told=_told(self.root),
            source=self.content,
        )
        for element in self.root.all("decision", "businessKnowledgeModel", "decisionService"):
            decision = self._decision(element, layer, model)
            model.decisions[decision.name] = decision
        _refuse_loops(model.decisions)
        model.asked = tuple(self.boxes.asked)
        model.known = frozenset(layer.known)
        model.built_in = frozenset(self.compiler.built_in)
        return model

    def _type(self, element: Element) -> Any:
        variable = element.first("variable")
        name = variable.get("typeRef") if variable else ""
        found = self.types.named(name)
        if found is None:
            raise Unreadable(f"There is no type “{name}”.", place=f"line {element.line}")
        return None if found is ANY else found

    def _decision(self, element: Element, layer: Layer, model: Model) -> Decision:
        name = element.get("name")
        if element.name == "decisionService":
            return self._service(element, model)
        layer.decision, layer.of = name, self._type(element) or ANY
        place = f"“{name}”"
        if element.name == "businessKnowledgeModel":
            logic = element.first("encapsulatedLogic")
            made: Ready = lambda scope: None  # noqa: E731  # knowledge that is not written yet
            if logic is not None:
                made = self.boxes.function(logic, place, name=name)
            kind, of, box = "knowledge", None, ""
        else:
            body = element.first(*BOXES)
            box = body.name if body is not None else ""
            made = self.boxes.inside(element, place)
            kind, of = "decision", self._type(element)
        tables = tuple(layer.tables.get(name, ()))
        needs = self._needs(element)
        return Decision(name, kind, needs, made, of, tables, element.words("question"), element.line, box)

    def _service(self, element: Element, model: Model) -> Decision:
        """Several decisions asked as one: a function of its inputs."""
        needs = {name: [self._need(one) for one in element.all(name)] for name in KINDS}
        given = tuple(need.name for need in (*needs["inputData"], *needs["inputDecision"]))
        asked = [need.name for need in needs["outputDecision"]]

        def call(values: list[Any]) -> Any:
            if len(values) != len(given):
                return None
            found = {name: model.decide(name, dict(zip(given, values, strict=True))).value for name in asked}
            return next(iter(found.values())) if len(found) == 1 else found

        def by_name(values: Mapping[str, Any]) -> Any:
            return call([values[name] for name in given]) if values.keys() == set(given) else None

        name = element.get("name")
        service = Function(name, (given,), call, by_name)
        rests = tuple(Need("decision", one) for one in asked)
        return Decision(name, "service", rests, lambda scope: service, None, (), "", element.line)


def _within(element: Element) -> Iterable[Element]:
    waiting = [element]
    while waiting:
        one = waiting.pop()
        yield one
        waiting.extend(one.inside)


def _keys(root: Element) -> set[str]:
    """Names that boxes give: what a loop turns, and what a table's rows are called by."""
    return {one.get("iteratorVariable") for one in _within(root)} - {""} | {"item", "partial"}


def _told(root: Element) -> dict[str, str]:
    """Where the guidance comes from, as the file itself says it."""
    said: dict[str, str] = {}
    for extension in root.all("extensionElements"):
        for one in extension.inside:
            said |= {one.name: one.text.strip()} if one.text.strip() else one.told
    return {**said, "description": root.words("description")}


def _refuse_loops(decisions: Mapping[str, Decision]) -> None:
    done: set[str] = set()
    for begin in decisions:
        path: list[tuple[str, Any]] = [(begin, iter(decisions[begin].needs))]
        on = {begin}
        while path and begin not in done:
            name, needs = path[-1]
            need = next(needs, None)
            if need is None:
                done.add(name)
                on.discard(name)
                path.pop()
            elif need.name in on:
                words = f"“{need.name}” rests on itself, by way of “{name}”."
                raise Unreadable(words, place=f"“{need.name}”, line {decisions[need.name].line}")
            elif need.name in decisions and need.name not in done:
                path.append((need.name, iter(decisions[need.name].needs)))
                on.add(need.name)


def _range_function() -> Function:
    """A range from its words, "[1..5]": only literals, nothing that would have to be worked out."""

    def made(text: str) -> Any:
        try:
            ask = parsing.expression(text, Known.of(BASES), place="a range")
            found = Compiler(dict(functions()), Types({}, lambda words, place: lambda scope: None)).ready(
                ask
            )({})
        except Unreadable:
            return None
        return found if type(found) is Range else None

    built_in("range", "from:s")(made)
    return functions()["range"]
