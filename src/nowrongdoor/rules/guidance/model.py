"""A file of guidance, ready to be asked: its inputs, its decisions, and what each of them rests on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from nowrongdoor.rules.guidance import work
from nowrongdoor.rules.guidance.boxes import Asked
from nowrongdoor.rules.guidance.compiling import Ready, Scope
from nowrongdoor.rules.guidance.explaining import Explanation, explain
from nowrongdoor.rules.guidance.resting import Need
from nowrongdoor.rules.guidance.tables import Hit, Table
from nowrongdoor.rules.guidance.types import Type, Types
from nowrongdoor.rules.guidance.values import plain
from nowrongdoor.rules.guidance.work import Unreadable

HITS = "\0hits"


@dataclass
class Decision:
    """One decision: what it rests on and how it is worked out."""

    name: str
    kind: str  # "decision", "knowledge" or "service"
    needs: tuple[Need, ...]
    ready: Ready
    of: Type | None
    tables: tuple[Table, ...] = ()
    question: str = ""
    line: int = 0
    box: str = ""

    @property
    def table(self) -> Table | None:
        """The table this decision is, where it is one and nothing else."""
        return self.tables[0] if self.box == "decisionTable" and len(self.tables) == 1 else None


@dataclass(frozen=True)
class Outcome:
    """What guidance says of one case, and all that is needed to say why."""

    decision: str
    value: Any
    rows: tuple[int, ...]
    used: Mapping[str, Any]
    version: str
    hits: tuple[Hit, ...]
    notes: tuple[str, ...]
    model: "Decisions" = field(repr=False, compare=False)

    @property
    def why(self) -> Explanation:
        """Because of which rows, and what would change it."""
        token = work.begin()
        try:
            return explain(self.model.decisions[self.decision].table, self.hits, self.decision, self.value)
        finally:
            work.end(token)


@dataclass
class Decisions:
    """The decisions of one file, asked one case at a time; asking changes nothing."""

    name: str
    version: str
    namespace: str
    types: Types
    inputs: Mapping[str, Type | None]
    decisions: dict[str, Decision]
    told: Mapping[str, str] = field(default_factory=dict)
    asked: tuple[Asked, ...] = ()
    source: bytes = field(default=b"", repr=False)  # the file, word for word: what a decision is replayed by
    leaves: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def decision(self, name: str) -> Decision:
        found = self.decisions.get(name)
        if found is None or found.kind not in ("decision", "service"):
            there = ", ".join(f"“{one.name}”" for one in self.decisions.values() if one.kind == "decision")
            raise Unreadable(f"There is no decision “{name}”. There are: {there}.", place=name)
        return found

    def inputs_of(self, name: str) -> tuple[str, ...]:
        """The inputs that a decision rests on, directly or through others."""
        return self.leaves.get(name, ())

    def decide(self, decision_name: str, inputs: Mapping[str, Any]) -> Outcome:
        """What the decision says of a case. An input that is not given is not known."""
        decision = self.decision(decision_name)
        if not isinstance(inputs, Mapping):
            raise Unreadable("A case is told as a value for each input, by its name.", place=decision.name)
        notes: list[str] = []
        hits: list[Hit] = []
        token = work.begin()
        try:
            given = self.read_inputs(inputs, notes)
            value = self.worked_out(decision, given, hits)
            if decision.kind == "service":
                value = value.call([given.get(name) for name in value.signatures[0]])
        except Unreadable as refusal:
            raise work.placed(refusal, decision.name) from None
        except RecursionError:
            words = "This is nested too deep, or calls itself without end."
            raise Unreadable(words, place=decision.name) from None
        finally:
            work.end(token)
        used = {name: given.get(name) for name in self.inputs_of(decision_name)}
        mine = hits[-1] if decision.table is not None and hits else None
        notes += [f"{hit.decision}: {hit.why_null}." for hit in hits if hit.why_null]
        rows = mine.speaks if mine else ()
        return Outcome(decision_name, value, rows, used, self.version, tuple(hits), tuple(notes), self)

    def read_inputs(self, inputs: Mapping[str, Any], notes: list[str]) -> Scope:
        """The inputs as guidance holds them; what does not fit its type counts as not known, and is noted."""
        given: Scope = {}
        for name, value in inputs.items():
            if name not in self.inputs:
                if name not in self.decisions:
                    raise Unreadable(f"The guidance has no input “{name}”.", place=name)
                given[name] = self.types.fitted(
                    plain(value, name=name), self.decisions[name].of, lenient=True
                )
                continue
            of = self.inputs[name]
            if value is None or (of is not None and type(value) is of.python is not Decimal):
                given[name] = value
                continue
            read = plain(value, name=name)
            given[name] = fits = self.types.fitted(read, of, lenient=True)
            if fits is None and read is not None:
                notes.append(f"“{name}” is not a value it may have, and counts as not known.")
        return given

    def worked_out(self, decision: Decision, known: Scope, hits: list[Hit]) -> Any:
        scope: Scope = {HITS: hits}
        # Decisions that are asked as one are worked out when their function is called.
        for need in decision.needs if decision.kind != "service" else ():
            if need.kind == "input":
                scope[need.name] = known.get(need.name)
                continue
            if need.name not in known:
                known[need.name] = self.worked_out(self.decisions[need.name], known, hits)
            scope[need.name] = known[need.name]
        value = decision.ready(scope)
        return value if decision.kind != "decision" else self.types.fitted(value, decision.of)
