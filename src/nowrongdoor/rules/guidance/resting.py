"""What rests on what: every reference followed, every loop refused, and an order in which all can be made."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from nowrongdoor.rules.guidance.work import Unreadable
from nowrongdoor.rules.guidance.xml import Element

DRG = ("inputData", "decision", "businessKnowledgeModel", "decisionService", "knowledgeSource")
KINDS = {"inputData": "input", "decision": "decision", "decisionService": "service"}
REQUIRED = ("requiredInput", "requiredDecision", "requiredKnowledge")
OF_SERVICE = ("inputDecision", "inputData", "encapsulatedDecision", "outputDecision")
# Decisions that rest on decisions that rest on decisions: more are followed by nobody.
DEEPEST = 100


@dataclass(frozen=True)
class Need:
    """What a decision rests on: an input, another decision, or business knowledge."""

    kind: str  # "input", "decision", "knowledge" or "service"
    name: str


class Graph:
    """The elements of a file that rest on one another, and what each of them rests on."""

    def __init__(self, root: Element) -> None:
        self.root = root
        self.by_id: dict[str, Element] = {}
        self.by_name: dict[str, Element] = {}
        for one in root.all(*DRG):
            self._add(one)
        self.needs = {name: self._needs(one) for name, one in self.by_name.items()}

    def _add(self, one: Element) -> None:
        name, place = name_of(one), f"line {one.line}"
        if not name and one.name != "knowledgeSource":
            raise Unreadable(f"This {one.name} has no name.", place=place)
        if one.get("id") and one.get("id") in self.by_id:
            raise Unreadable(f"The id “{one.get('id')}” is used twice.", place=place)
        self.by_id[one.get("id") or f"\0{len(self.by_id)}"] = one
        if one.name == "knowledgeSource":
            return
        if name in self.by_name:
            words = f"“{name}” is used twice, here and in line {self.by_name[name].line}."
            raise Unreadable(words, place=place)
        self.by_name[name] = one

    def _needs(self, element: Element) -> tuple[Need, ...]:
        if element.name == "decisionService":
            return tuple(self.need(one) for one in element.all("outputDecision"))
        found = []
        for requirement in element.all("informationRequirement", "knowledgeRequirement"):
            found += [self.need(one) for one in requirement.inside if one.name in REQUIRED]
        return tuple(dict.fromkeys(found))

    def need(self, one: Element) -> Need:
        href = one.get("href")
        space, _, identity = href.rpartition("#")
        if space and space != self.root.get("namespace"):
            raise Unreadable("Other files are not fetched.", place=f"line {one.line}")
        target = self.by_id.get(identity)
        if target is None:
            raise Unreadable(f"There is nothing with the id “{identity}”.", place=f"line {one.line}")
        return Need(KINDS.get(target.name, "knowledge"), name_of(target))

    def of_service(self, element: Element) -> dict[str, list[Need]]:
        return {name: [self.need(one) for one in element.all(name)] for name in OF_SERVICE}

    def order(self) -> list[str]:
        """Names so that each comes after all it rests on; what rests on itself is refused by name."""
        done: dict[str, None] = {}
        for begin in self.needs:
            path: list[tuple[str, Iterator[Need]]] = [(begin, iter(self.needs[begin]))]
            on = {begin}
            while path and begin not in done:
                name, needs = path[-1]
                need = next(needs, None)
                if need is None:
                    done[name] = None
                    on.discard(name)
                    path.pop()
                elif need.name in on:
                    words = f"“{need.name}” rests on itself, by way of “{name}”."
                    raise Unreadable(words, place=self.place(need.name))
                elif need.name in self.needs and need.name not in done:
                    if len(path) >= DEEPEST:
                        words = f"This rests on what rests on others, more than {DEEPEST} deep."
                        raise Unreadable(words, place=self.place(begin))
                    path.append((need.name, iter(self.needs[need.name])))
                    on.add(need.name)
        return list(done)

    def place(self, name: str) -> str:
        return f"“{name}”, line {self.by_name[name].line}"


def name_of(element: Element) -> str:
    """Its name as expressions write it, with single blanks."""
    return " ".join(element.get("name").split())


def leaves(needs: Mapping[str, tuple[Need, ...]], order: list[str]) -> dict[str, tuple[str, ...]]:
    """The inputs that each rests on, directly or through others."""
    found: dict[str, tuple[str, ...]] = {}
    for name in order:
        inputs: dict[str, None] = {}
        for need in needs[name]:
            inputs |= dict.fromkeys((need.name,) if need.kind == "input" else found.get(need.name, ()))
        found[name] = tuple(inputs)
    return found
