"""What `./nwd check` checks holds, and it says so when it does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from nowrongdoor.console import checking, documents
from tests.architecture import source


@pytest.mark.parametrize("name", checking.CHECKS)
def test_the_tree_passes_every_check(name: str) -> None:
    found = checking.CHECKS[name](source.ROOT)
    assert not found, f"./nwd check {name}\n{found}"


def test_a_stale_document_is_found_and_printed_anew(tmp_path: Path) -> None:
    documents.write(tmp_path)
    assert not documents.stale(tmp_path)
    page = tmp_path / "docs" / "states" / "handover.md"
    page.write_text(page.read_text(encoding="utf-8").replace("offered --> returned", "offered --> closed"))
    said = documents.stale(tmp_path)
    assert "-    offered --> closed" in said and "+    offered --> returned" in said
    assert documents.write(tmp_path) == ["docs/states/handover.md"]
    assert not documents.stale(tmp_path)


def test_a_document_that_is_missing_is_stale(tmp_path: Path) -> None:
    assert "docs/clocks.md" in documents.stale(tmp_path)


def test_a_fault_of_style_or_type_is_named_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text((source.ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    rules = tmp_path / "src" / "nowrongdoor" / "rules"
    rules.mkdir(parents=True)
    for empty in ("sim", "kernel"):
        (rules.parent / empty).mkdir()
        (rules.parent / empty / "__init__.py").touch()
    (rules / "planted.py").write_text("import json\n\n\ndef kept(at):\n    return at\n", encoding="utf-8")
    assert "planted.py:1" in checking.style(tmp_path)
    assert "planted.py:4" in checking.types(tmp_path)


def test_a_table_changed_without_a_migration_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.apps import apps

    handover = apps.get_model("handovers", "Handover")
    monkeypatch.setattr(handover._meta.get_field("ask"), "null", True)
    assert "handovers: Alter field ask on handover" in checking.migrations(source.ROOT)


def test_failing_checks_end_the_verb_with_an_error(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(checking, "CHECKS", {"style": lambda _: "", "types": lambda _: "rules/x.py:1: error"})
    assert checking.main([]) == 1
    said = capsys.readouterr().out
    assert "style      ok" in said and "types      fails" in said and "    rules/x.py:1: error" in said
    assert checking.main(["style"]) == 0
