"""A page that asks for what it was not given fails; a blank in its place would read as "nothing known"."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.template import engines
from jinja2 import StrictUndefined, UndefinedError

from tests.architecture import source

TEMPLATES = sorted(source.PACKAGE.rglob("*.jinja"))


def test_the_environment_is_strict_and_escapes_what_people_wrote() -> None:
    jinja = engines["jinja2"].env
    assert jinja.undefined is StrictUndefined
    assert jinja.autoescape is True
    with pytest.raises(UndefinedError):
        jinja.from_string("<p>{{ known_as }}</p>").render()
    assert jinja.from_string("{{ words }}").render(words="<b>") == "&lt;b&gt;"


def test_there_is_no_other_engine_that_would_let_a_blank_through() -> None:
    assert [engine.name for engine in engines.all()] == ["jinja2"]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(source.PACKAGE).as_posix())
def test_a_template_is_found_and_can_be_read(path: Path) -> None:
    name = path.as_posix().rpartition("/templates/")[2]
    found = engines["jinja2"].env.get_template(name)
    assert Path(found.filename) == path, f"{name} is hidden by {found.filename}"


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(source.PACKAGE).as_posix())
def test_a_template_switches_no_escaping_off(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert "|safe" not in text.replace(" ", "") and "autoescape" not in text


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(source.PACKAGE).as_posix())
def test_a_form_that_keeps_drafts_offers_those_it_kept(path: Path) -> None:
    """Text that is kept and never offered is lost to whoever typed it."""
    text = path.read_text(encoding="utf-8")
    assert text.count("data-draft-url=") <= text.count("drafts.offered(draft, csrf_input)")
