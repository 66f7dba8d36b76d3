"""Every refusal of the rulebook is a sentence a colleague would say: no codes, no columns, no ids."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from nowrongdoor import rules
from nowrongdoor.rules import contact, handover, promise, referral
from nowrongdoor.rules.change import Refused

HERE = Path(rules.__file__).parent
CODE_LIKE = re.compile(r"[_{}<>`=\[\]]|\bNone\b|[0-9a-f]{8}-|[a-z]\.[a-z]|\bid\b", re.IGNORECASE)
RISK = re.compile(r"\b(risk|score|level|red|amber|green)\b", re.IGNORECASE)


def refusals() -> Iterator[tuple[str, str]]:
    """Where each refusal stands, and its words; what is filled in later is shown as "Averley"."""
    for path in sorted(HERE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("Refused", "need_words"):
                words = _asked(node) if node.func.id == "need_words" else node.args[0]  # type: ignore[attr-defined]
                if isinstance(words, ast.Constant | ast.JoinedStr):
                    yield f"{path.name}:{node.lineno}", _in_words(words)


def _asked(call: ast.Call) -> ast.expr | None:
    return next((keyword.value for keyword in call.keywords if keyword.arg == "ask"), None)


def _in_words(node: ast.Constant | ast.JoinedStr) -> str:
    if isinstance(node, ast.Constant):
        return str(node.value)
    return "".join(str(part.value) if isinstance(part, ast.Constant) else "Averley" for part in node.values)


TABLES = {
    f"{module.__name__}.REFUSALS[{state}]": words
    for module in (contact, handover, promise, referral)
    for state, words in module.REFUSALS.items()
}
ALL = {**dict(refusals()), **TABLES}


def test_there_are_as_many_as_a_reader_would_expect() -> None:
    assert len(ALL) > 60


@pytest.mark.parametrize(("where", "words"), ALL.items(), ids=list(ALL))
def test_a_refusal_is_a_sentence(where: str, words: str) -> None:
    assert words[0].isupper(), f"{where} begins without a capital"
    assert words.rstrip()[-1] in ".?!", f"{where} ends without a full stop"
    assert not CODE_LIKE.search(words), f"{where} says something only a programmer would: {words}"
    assert not RISK.search(words), f"{where} grades somebody: {words}"
    assert 3 <= len(words.split()) <= 40, f"{where} is not one short thing to say"


def test_a_refusal_carries_a_code_for_counting_and_never_shows_it() -> None:
    refusal = Refused("This offer has already been withdrawn.", code="accept_when_withdrawn")
    assert str(refusal) == "This offer has already been withdrawn."
