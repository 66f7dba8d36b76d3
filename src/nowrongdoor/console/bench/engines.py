"""
Other engines for decision tables, given the same table as ours: their figures and answers stand beside ours.

Neither reads the standard's language in a cell: each is told its conditions in its own, row by row, in the
order in which the rows speak.
"""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from nowrongdoor.rules.guidance.model import Decision
from nowrongdoor.rules.guidance.pieces import Ask
from nowrongdoor.rules.guidance.tables import Cell, Table

Case = dict[str, Any]


@dataclass(frozen=True)
class Speech:
    """How an engine writes the value asked about, nothing, and yes and no."""

    me: str
    nothing: str
    yes: str
    no: str

    def value(self, ask: Ask) -> str:
        if ask.kind == "string":
            return json.dumps(ask.parts[0])
        if ask.kind == "number":
            return str(ask.parts[0])
        if ask.kind == "constant":
            return {True: self.yes, False: self.no, None: self.nothing}[ask.parts[0]]
        raise ValueError(f"not told to other engines: {ask}")

    def condition(self, ask: Ask) -> str:
        """A cell's test; empty where anything will do."""
        if ask.kind == "anything":
            return ""
        if ask.kind == "none of":
            # One by one, because “not (a or b)” does not mean the same in each of their languages.
            return " and ".join(f"{self.me} != {self.value(one.parts[1])}" for one in ask.parts)
        if ask.kind == "one of":
            return " or ".join(self.condition(one) for one in ask.parts)
        sign, what = ask.parts
        if sign != "in":
            return f"{self.me} != {self.nothing} and {self.me} {sign} {self.value(what)}"
        if what.kind != "range":
            return f"{self.me} == {self.value(what)}"
        low, high, with_low, with_high = what.parts
        above = f"{self.me} >{'=' if with_low else ''} {self.value(low)}"
        below = f"{self.me} <{'=' if with_high else ''} {self.value(high)}"
        # Without brackets: zen-engine takes a bracket at the beginning for a range, and drops the row unsaid.
        return f"{self.me} != {self.nothing} and {above} and {below}"


def rows(table: Table, speech: Speech) -> list[tuple[list[str], list[str]]]:
    """The conditions and answers of each row, the row that speaks before others first."""
    said = []
    for number in table.order:
        rule = table.rules[number - 1]
        conditions = [speech.condition(cell.ask) for cell in rule.tests]
        said.append((conditions, [speech.value(_answer(cell)) for cell in rule.says]))
    return said


def _answer(cell: Cell) -> Ask:
    return cell.ask


@dataclass
class Engine:
    """One engine, ready: how it decides one case, and many, and how many cases it is asked at most."""

    name: str
    one: Callable[[Case], Any]
    many: Callable[[Sequence[Case]], list[Any]]
    most: int


def zen(decision: Decision) -> Engine:
    """GoRules zen-engine; many cases by its own batch."""
    module = importlib.import_module("zen")
    table = _table(decision)
    engine = module.ZenEngine({"loader": {"type": "static", "content": {"table": _jdm(table)}}})
    ready = engine.create_decision(json.dumps(_jdm(table)))
    names = [output.name for output in table.outputs]

    def said(result: dict[str, Any]) -> Any:
        return result.get(names[0]) if len(names) == 1 else {name: result.get(name) for name in names}

    def many(cases: Sequence[Case]) -> list[Any]:
        answers = engine.evaluate_batch([{"key": "table", "context": case} for case in cases])
        return [said(answer["data"]["result"]) for answer in answers]

    return Engine("zen-engine", lambda case: said(ready.evaluate(case)["result"]), many, 4_000)


def _table(decision: Decision) -> Table:
    if decision.table is None or not decision.table.order:
        raise ValueError("only a table in which one row speaks for all is put to other engines")
    return decision.table


def _jdm(table: Table) -> dict[str, Any]:
    """The table in zen-engine's own format."""
    inputs = [{"id": f"i{at}", "name": one.text, "field": one.text} for at, one in enumerate(table.inputs)]
    outputs = [{"id": f"o{at}", "name": one.name, "field": one.name} for at, one in enumerate(table.outputs)]
    rules = []
    for number, (conditions, says) in enumerate(rows(table, Speech("$", "null", "true", "false"))):
        cells = {f"i{at}": words for at, words in enumerate(conditions)}
        rules.append({"_id": f"r{number}", **cells, **{f"o{at}": words for at, words in enumerate(says)}})
    place = {"x": 0, "y": 0}
    content = {"hitPolicy": "first", "inputs": inputs, "outputs": outputs, "rules": rules}
    return {
        "nodes": [
            {"id": "in", "type": "inputNode", "name": "in", "position": place},
            {"id": "t", "type": "decisionTableNode", "name": "t", "position": place, "content": content},
            {"id": "out", "type": "outputNode", "name": "out", "position": place},
        ],
        "edges": [
            {"id": "a", "sourceId": "in", "targetId": "t", "type": "edge"},
            {"id": "b", "sourceId": "t", "targetId": "out", "type": "edge"},
        ],
    }


class _Task:
    """The little of a workflow's task that SpiffWorkflow's tables ask for."""

    def __init__(self, script_engine: Any) -> None:
        self.workflow = self
        self.script_engine = script_engine
        self.data: Case = {}


def spiff(decision: Decision) -> Engine:
    """SpiffWorkflow's DMN; its cells are conditions in Python."""
    model = importlib.import_module("SpiffWorkflow.dmn.specs.model")
    engines = importlib.import_module("SpiffWorkflow.dmn.engine.DMNEngine")
    scripts = importlib.import_module("SpiffWorkflow.bpmn.script_engine")
    ours = _table(decision)
    table = model.DecisionTable("t", "t", "UNIQUE")  # the first row that is met ends it
    inputs = [model.Input(one.text, one.text, one.text, one.text, "") for one in ours.inputs]
    outputs = [model.Output(one.name, one.name, one.name, "") for one in ours.outputs]
    for number, (conditions, says) in enumerate(rows(ours, Speech("?", "None", "True", "False"))):
        rule = model.Rule(str(number))
        for entry, words in zip(inputs, conditions, strict=True):
            cell = model.InputEntry(entry.id, entry)
            cell.lhs = [words or None]
            rule.inputEntries.append(cell)
        for output, words in zip(outputs, says, strict=True):
            answer = model.OutputEntry(output.id, output)
            answer.text = words
            rule.outputEntries.append(answer)
        table.rules.append(rule)
    ready, task = engines.DMNEngine(table), _Task(scripts.PythonScriptEngine())

    def one(case: Case) -> Any:
        task.data = dict(case)
        found = ready.result(task)
        return found.get(outputs[0].name) if len(outputs) == 1 else dict(found) or None

    return Engine("SpiffWorkflow DMN", one, lambda cases: [one(case) for case in cases], 40)


RIVALS: dict[str, Callable[[Decision], Engine]] = {"zen-engine": zen, "SpiffWorkflow DMN": spiff}
