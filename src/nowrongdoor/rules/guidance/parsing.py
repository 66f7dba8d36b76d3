"""
Expressions of the standard (FEEL) as trees: what is asked, before anything is worked out.

A tree is an `Ask`: its kind, and its parts. Nothing here knows a value.
"""

from typing import Any

from nowrongdoor.rules.guidance.pieces import COMPARES, Ask, Pieces
from nowrongdoor.rules.guidance.scanning import Known
from nowrongdoor.rules.guidance.values import Unreadable

DEEPEST = 40
LEVELS = {
    "or": 1, "and": 2,
    "<": 3, "<=": 3, ">": 3, ">=": 3, "=": 3, "!=": 3, "between": 3, "in": 3, "instance": 3,
    "+": 4, "-": 4, "*": 5, "/": 5, "**": 6,
}  # fmt: skip
ARITHMETIC = 4
MOST_SIGNS = 200


def expression(text: str, known: Known, *, place: str) -> Ask:
    """A whole expression."""
    parser = Parser(text, known, place)
    return parser.whole(parser.expression)


def tests(text: str, known: Known, *, place: str) -> Ask:
    """What a cell of a decision table asks of its input: the dash, not(…), or tests with commas between."""
    parser = Parser(text, known, place)
    return parser.whole(parser.unary_tests)


class Parser(Pieces):
    """Reads tests and expressions by how tightly their signs bind."""

    depth = 0

    def whole(self, read: Any) -> Ask:
        try:
            found: Ask = read()
        except RecursionError:
            raise self.fault("This is nested too deep") from None
        if self.peek().kind != "end":
            raise self.fault(f"{self.seen()} was not expected here")
        return found

    # Tests

    def unary_tests(self) -> Ask:
        if self.takes("-") and self.peek().kind == "end":
            return Ask("anything")
        self.back(0)
        if self.peek().text == "not" and self.peek().kind == "name":
            self.take()
            if self.takes("("):
                inner = self.some_tests()
                if self.takes(")") and self.peek().kind == "end":
                    return Ask("none of", inner)
        self.back(0)
        return Ask("one of", self.some_tests())

    def some_tests(self) -> tuple[Ask, ...]:
        found = [self.test()]
        while self.takes(","):
            found.append(self.test())
        return tuple(found)

    def test(self) -> Ask:
        if self.sees(*COMPARES):
            sign = self.take().text
            return Ask("test", (sign, self.binary(ARITHMETIC)))
        return Ask("test", ("in", self.expression()))

    # Expressions

    def expression(self) -> Ask:
        self.depth += 1
        if self.depth > DEEPEST:
            raise self.fault("This is nested too deep")
        try:
            word = self.peek()
            begun = {
                "if": self.if_,
                "for": self.for_,
                "some": self.some_,
                "every": self.every_,
                "function": self.function_,
            }
            if word.kind == "keyword" and word.text in begun:
                self.take()
                return begun[word.text]()
            return self.binary(1)
        finally:
            self.depth -= 1

    def bound(self) -> Ask:
        return self.binary(ARITHMETIC)

    def binary(self, least: int) -> Ask:
        left = self.unary()
        for _ in range(MOST_SIGNS):
            word = self.peek()
            level = LEVELS.get(word.text, 0) if word.kind in ("sign", "keyword") else 0
            if level < least or not level:
                return left
            self.take()
            left = self.after(word.text, left, level)
        raise self.fault(f"This has more than {MOST_SIGNS} signs in a row")

    def after(self, sign: str, left: Ask, level: int) -> Ask:
        if sign == "between":
            low = self.binary(ARITHMETIC)
            self.needs("and")
            return Ask("between", (left, low, self.binary(ARITHMETIC)))
        if sign == "in":
            return Ask("in", (left, self.among()))
        if sign == "instance":
            if self.take().text != "of":
                raise self.fault("“of” is missing after “instance”")
            return Ask("instance", (left, self.type_name()))
        begun = self.sees("if", "for", "some", "every", "function")
        right = self.expression() if begun else self.binary(level + 1)
        return Ask("operation", (sign, left, right))

    def among(self) -> tuple[Ask, ...]:
        """What stands after `in`: one test, or several in brackets."""
        at = self.peek().begins
        if self.takes("("):
            try:
                found = self.some_tests()
                if self.takes(")"):
                    return found
            except Unreadable:
                pass
            self.back(at)
        if self.sees(*COMPARES):
            return (self.test(),)
        return (Ask("test", ("in", self.binary(ARITHMETIC))),)

    def unary(self) -> Ask:
        minus = 0
        while self.takes("-"):
            minus += 1
            if minus > MOST_SIGNS:
                raise self.fault("This has too many signs in a row")
        found = self.postfix(self.primary())
        for _ in range(minus):
            found = Ask("minus", (found,))
        return found

    def postfix(self, found: Ask) -> Ask:
        for _ in range(MOST_SIGNS):
            if self.takes("."):
                word = self.take()
                if word.kind not in ("name", "keyword"):
                    raise self.fault("A name is missing after the full stop")
                found = Ask("path", (found, word.text))
            elif self.sees("("):
                found = self.call(found)
            elif self.sees("["):
                at = self.peek().begins
                try:
                    self.take()
                    which = self.expression()
                    self.needs("]")
                    found = Ask("filter", (found, which))
                except Unreadable:
                    # The end of a range that leaves its last value out: ]1..5[
                    self.back(at)
                    return found
            else:
                return found
        raise self.fault("This has too many signs in a row")

    def call(self, what: Ask) -> Ask:
        self.needs("(")
        named: list[tuple[str, Ask]] = []
        given: list[Ask] = []
        while not self.sees(")"):
            name = self.name_before_colon()
            if name:
                named.append((name, self.expression()))
            else:
                given.append(self.expression())
            if not self.takes(","):
                break
        self.needs(")")
        if named and given:
            raise self.fault("What is given to a function is either named throughout or not at all")
        return Ask("call by name", (what, tuple(named))) if named else Ask("call", (what, tuple(given)))

    def name_before_colon(self) -> str:
        at = self.at
        parts: list[str] = []
        while self.peek().kind in ("name", "keyword"):
            parts.append(self.take().text)
        if parts and self.takes(":"):
            return " ".join(parts)
        self.back(at)
        return ""
