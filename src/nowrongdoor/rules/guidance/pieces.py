"""The pieces that expressions are made of: literals, lists, ranges, contexts, loops and functions."""

import re
from dataclasses import dataclass
from typing import Any

from nowrongdoor.rules.guidance.scanning import Scanner

COMPARES = ("<", "<=", ">", ">=", "=", "!=")
# Where a name ends that is being made.
ENDS_KEY = re.compile(":")
ENDS_TURNED = re.compile(r"(?<=\s)in\b")
ENDS_PARAMETER = re.compile("[:,)]")
CONSTANTS = {"true": True, "false": False, "null": None}


@dataclass(frozen=True)
class Ask:
    """One node of an expression."""

    kind: str
    parts: tuple[Any, ...] = ()


class Pieces(Scanner):
    """What an expression can begin with; what binds its pieces together is in `parsing`."""

    ends_open = False  # a “[” may be the end of a range that leaves its last value out

    def expression(self) -> Ask:
        raise NotImplementedError

    def bound(self) -> Ask:
        """An expression no looser than a sum, as stands after a sign of comparison."""
        raise NotImplementedError

    def primary(self) -> Ask:
        word = self.take()
        if word.kind == "number" or word.kind == "string":
            return Ask(word.kind, (word.text,))
        if word.kind == "name":
            return Ask("name", (word.text,))
        if word.text in ("true", "false", "null") and word.kind == "keyword":
            return Ask("constant", (CONSTANTS[word.text],))
        if word.text in ("and", "or") and word.kind == "keyword" and self.sees("("):
            return Ask("name", (word.text,))
        begun: dict[str, Any] = {
            "(": self.brackets,
            "[": self.list_,
            "]": self.open_range,
            "{": self.context,
            "@": self.at_,
        }
        if word.kind == "sign" and word.text in begun:
            found: Ask = begun[word.text]()
            return found
        self.back(word.begins)
        raise self.fault(f"A value is missing before {self.seen()}")

    def brackets(self) -> Ask:
        if self.sees(*COMPARES):
            sign, end = self.take().text, self.expression()
            self.needs(")")
            return Ask("side", (sign, end))
        found = self.expression()
        if self.takes(".."):
            return self.range_end(found, low_included=False)
        self.needs(")")
        return found

    def list_(self) -> Ask:
        if self.takes("]"):
            return Ask("list", ())
        found = [self.expression_or_side()]
        if self.takes(".."):
            return self.range_end(found[0], low_included=True)
        while self.takes(","):
            found.append(self.expression_or_side())
        self.needs("]")
        return Ask("list", tuple(found))

    def expression_or_side(self) -> Ask:
        if self.sees(*COMPARES):
            return Ask("side", (self.take().text, self.bound()))
        return self.expression()

    def open_range(self) -> Ask:
        low = self.expression()
        self.needs("..")
        return self.range_end(low, low_included=False)

    def range_end(self, low: Ask, *, low_included: bool) -> Ask:
        outer, self.ends_open = self.ends_open, True
        try:
            high = self.expression()
        finally:
            self.ends_open = outer
        if not self.sees("]", ")", "["):
            raise self.fault(f"The end of a range is missing before {self.seen()}")
        return Ask("range", (low, high, low_included, self.take().text == "]"))

    def context(self) -> Ask:
        entries: list[tuple[str, Ask]] = []
        with self.inside():
            while not self.sees("}"):
                key = self.take().text if self.peek().kind == "string" else self.until(ENDS_KEY)
                self.known.parts.add(key)
                self.needs(":")
                entries.append((key, self.expression()))
                self.known.names.add(key)
                if not self.takes(","):
                    break
        self.needs("}")
        return Ask("context", tuple(entries))

    def at_(self) -> Ask:
        word = self.take()
        if word.kind != "string":
            raise self.fault("A date, time or length in quotes is missing after “@”")
        return Ask("temporal", (word.text,))

    # What begins with a word

    def if_(self) -> Ask:
        condition = self.expression()
        self.needs("then")
        yes = self.expression()
        self.needs("else")
        return Ask("if", (condition, yes, self.expression()))

    def loops(self) -> tuple[tuple[str, Ask, Ask | None], ...]:
        found = []
        while True:
            name = self.until(ENDS_TURNED)
            self.known.names.add(name)
            self.needs("in")
            over = self.expression()
            until = self.expression() if self.takes("..") else None
            found.append((name, over, until))
            if not self.takes(","):
                return tuple(found)

    def for_(self) -> Ask:
        with self.inside():
            loops = self.loops()
            self.needs("return")
            return Ask("for", (loops, self.expression()))

    def some_(self) -> Ask:
        return self.quantified("some")

    def every_(self) -> Ask:
        return self.quantified("every")

    def quantified(self, which: str) -> Ask:
        with self.inside():
            loops = self.loops()
            self.needs("satisfies")
            return Ask(which, (loops, self.expression()))

    def function_(self) -> Ask:
        with self.inside():
            return self.function_here()

    def function_here(self) -> Ask:
        self.needs("(")
        names: list[str] = []
        types: list[str] = []
        while not self.sees(")"):
            name = self.until(ENDS_PARAMETER)
            self.known.names.add(name)
            self.known.given.add(name)
            names.append(name)
            types.append(self.type_name() if self.takes(":") else "Any")
            if not self.takes(","):
                break
        self.needs(")")
        if self.takes("external"):
            raise self.fault("Functions outside the file are not called")
        return Ask("function", (tuple(names), tuple(types), self.expression()))

    def type_name(self) -> str:
        with self.among_names("types"):
            return self.type_name_here()

    def type_name_here(self) -> str:
        word = self.take()
        if word.kind not in ("name", "keyword"):
            raise self.fault("The name of a type is missing")
        name = word.text
        while self.peek().text == "." and self.peek().kind == "sign":
            self.take()
            name += "." + self.take().text
        if self.takes("<"):
            inside, depth = "<", 1
            while depth:
                part = self.take()
                if part.kind == "end":
                    raise self.fault("The name of a type does not end")
                depth += {"<": 1, ">": -1}.get(part.text, 0)
                inside += part.text
            name += inside
        if name.startswith("function<") and self.takes("->"):
            name += "->" + self.type_name_here()
        return name
