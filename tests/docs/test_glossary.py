"""One vocabulary: what the glossary names is used in the code, and what the code names is in the glossary."""

from __future__ import annotations

import ast
import re
from collections import Counter
from enum import EnumMeta

import pytest

from nowrongdoor.rules import contact, handover, promise, referral, words
from tests.architecture import guards, source
from tests.architecture.verbs import verbs

ENTRY = re.compile(r"^\*\*([^*]+)\*\* \(([^)]+)\): (.+)", re.M)


def entries() -> dict[str, list[str]]:
    """Each term with the forms the code uses."""
    text = (source.ROOT / "GLOSSARY.md").read_text(encoding="utf-8")
    return {term: re.findall(r"`(\w+)`", forms) for term, forms, _ in ENTRY.findall(text)}


FORMS = {form for forms in entries().values() for form in forms}


def test_no_word_has_two_meanings() -> None:
    counted = Counter(form for forms in entries().values() for form in forms)
    assert [form for form, times in counted.items() if times > 1] == []


def test_what_a_screen_reads_does_not_borrow_a_word_of_the_glossary() -> None:
    """A reading's own shape is a line, a page or a count of something, never the thing that is on record."""
    classes = {
        node.name: str(path.relative_to(source.PACKAGE))
        for path in source.modules(source.PACKAGE / "reading")
        for node in ast.walk(source.syntax(path))
        if isinstance(node, ast.ClassDef)
    }
    assert "ReferralLine" in classes
    assert {name: path for name, path in classes.items() if _spelled(name) in FORMS} == {}


def _spelled(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


@pytest.mark.parametrize("form", sorted(FORMS))
def test_a_word_of_the_glossary_is_used_in_the_code(form: str) -> None:
    assert form in code_words(), f"nothing in the code says {form!r}; take it out of GLOSSARY.md"


def test_every_context_and_every_noun_of_an_act_has_its_term() -> None:
    contexts = {path.parent.name for path in (source.PACKAGE / "data").glob("*/models.py")}
    nouns = {verb.name.partition(".")[0] for verb in verbs()}
    assert not sorted((contexts | nouns) - FORMS)


def test_every_act_has_its_term() -> None:
    acts = {verb.name.partition(".")[2] for verb in verbs()}
    moves = {verb for rule in (contact, handover, promise, referral) for verb in rule.MOVES}
    assert not sorted((acts | moves) - FORMS)


def test_every_state_has_its_term() -> None:
    states = {
        member.value
        for kind in vars(words).values()
        if isinstance(kind, EnumMeta) and kind.__module__ == words.__name__
        for member in kind
    }
    assert states and not sorted(states - FORMS)


def test_every_kind_of_journal_entry_has_its_terms() -> None:
    kinds = guards.journal_kinds(source.PACKAGE)
    parts = {part for kind in kinds for part in kind.split(".")}
    assert parts and not sorted(parts - FORMS)


def test_a_word_without_its_term_would_be_noticed() -> None:
    assert "rapid_response" not in FORMS
    assert "xylophone" not in code_words()


def code_words() -> frozenset[str]:
    """Every identifier, and every word of a string or a docstring, as one lower-case set."""
    if not WORDS:
        for path in source.modules(source.PACKAGE):
            for node in ast.walk(source.syntax(path)):
                WORDS.update(_words(node))
    return frozenset(WORDS)


WORDS: set[str] = set()


def _words(node: ast.AST) -> list[str]:
    names = [getattr(node, key, None) for key in ("id", "attr", "arg", "name")]
    found = [name.lower() for name in names if isinstance(name, str)]
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        found += re.findall(r"\w+", node.value.lower())
    return found
