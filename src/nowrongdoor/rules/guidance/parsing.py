"""
Expressions of the standard (FEEL) as trees: what is asked, before anything is worked out.

A tree is an `Ask`: its kind, and its parts. Nothing here knows a value.
"""

from typing import Any

from nowrongdoor.rules.guidance.naming import Known
from nowrongdoor.rules.guidance.pieces import COMPARES, Ask, Pieces
from nowrongdoor.rules.guidance.work import Unreadable

DEEPEST = 40
LEVELS = {
    "or": 1, "and": 2,
    "<": 3, "<=": 3, ">": 3, ">=": 3, "=": 3, "!=": 3, "between": 3, "in": 3, "instance": 3,
    "+": 4, "-": 4, "*": 5, "/": 5, "**": 6,
}  # fmt: skip
ARITHMETIC = 4
MOST_SIGNS = 200
DEEPEST_TREE = 240
# A range that leaves its last value out, ]1..5[, is only known when what follows is no filter.
MOST_OPEN = 20


def expression(text: str, known: Known, *, place: str) -> Ask:
    """A whole expression."""
    parser = Parser(text, known, place)
    return parser.whole(parser.expression)


def tests(text: str, known: Known, *, place: str) -> Ask:
    """What a cell of a decision table asks of its input: the dash, not(…), or tests with commas between."""
    parser = Parser(text, known, place)
    return parser.whole(parser.unary_tests)


def _deeper(ask: Ask) -> bool:
    """It is nested deeper than can be followed; a long sum is nested too, once for each sign."""
    waiting: list[tuple[Any, int]] = [(ask, 0)]
    while waiting:
        one, depth = waiting.pop()
        if depth > DEEPEST_TREE:
            return True
        parts = one.parts if isinstance(one, Ask) else one
        waiting += [(part, depth + 1) for part in parts if isinstance(part, Ask | tuple)]
    return False


class Parser(Pieces):
    """Reads tests and expressions by how tightly their signs bind."""

    depth = 0

    def __init__(self, text: str, known: Known, place: str) -> None:
        super().__init__(text, known, place)
        self.no_filter: set[int] = set()  # where a “[” turned out to end a range

    def whole(self, read: Any) -> Ask:
        try:
            found: Ask = read()
        except RecursionError:
            raise self.fault("This is nested too deep") from None
        if self.peek().kind != "end":
            raise self.fault(f"{self.seen()} was not expected here")
        if _deeper(found):
            raise self.fault("This is nested too deep")
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

    def binary(self, least: int, left: Ask | None = None) -> Ask:
        left = left or self.unary()
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
        if self.takes("("):
            found = self.some_tests()
            if self.takes(")"):
                return found
            (sign, low), *more = (one.parts for one in found)
            if sign != "in" or more or not self.takes(".."):
                raise self.fault(f"“)” is missing before {self.seen()}")
            # It was no bracket around tests, but the beginning of a range.
            span = self.postfix(self.range_end(low, low_included=False))
            return (Ask("test", ("in", self.binary(ARITHMETIC, span))),)
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
                with self.among_names("parts"):
                    word = self.take()
                if word.kind not in ("name", "keyword"):
                    raise self.fault("A name is missing after the full stop")
                found = Ask("path", (found, word.text))
            elif self.sees("("):
                found = self.call(found)
            elif self.sees("["):
                which = self.filter()
                if which is None:
                    return found
                found = Ask("filter", (found, which))
            else:
                return found
        raise self.fault("This has too many signs in a row")

    def filter(self) -> Ask | None:
        """What stands between “[” and “]”; None where the “[” ends a range that leaves its last value out."""
        word, ends_open = self.peek(), self.ends_open
        if word.begins in self.no_filter:
            return None
        try:
            self.take()
            with self.among_names("names", "parts"):
                which = self.expression()
            self.needs("]")
        except Unreadable:
            if not ends_open or len(self.no_filter) >= MOST_OPEN:
                raise
            self.no_filter.add(word.begins)
            self.back(word.begins)
            return None
        return which

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
        with self.among_names("given"):
            while self.peek().kind in ("name", "keyword"):
                parts.append(self.take().text)
        if parts and self.takes(":"):
            return " ".join(parts)
        self.back(at)
        return ""
