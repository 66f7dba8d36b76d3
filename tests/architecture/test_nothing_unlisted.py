"""Nothing unlisted: columns have a class, addresses a door, acts a hazard, settings a line in the guide."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver

from nowrongdoor.kernel import classes
from nowrongdoor.rules import law
from tests.architecture import guards, source
from tests.architecture.verbs import Verb, is_an_act, verbs

DOCS = source.ROOT / "docs"


# --- columns ------------------------------------------------------------------------------------------------


def test_every_column_has_a_sensitivity_a_retention_and_an_exposure() -> None:
    left_out = unclassified(classes.classified())
    assert not left_out, f"say in the context's classes.py how careful we must be with: {', '.join(left_out)}"


def test_no_class_is_said_of_a_column_that_is_not_there() -> None:
    for model, columns in classes.classified().items():
        there = {field.attname for field in model._meta.concrete_fields}
        assert set(columns) <= there, f"{model._meta.label} has no {', '.join(set(columns) - there)}"


def test_a_column_nobody_has_classified_is_found() -> None:
    known = classes.classified()
    person = apps.get_model("people", "Person")
    known[person] = {name: kind for name, kind in known[person].items() if name != "know_first"}
    assert unclassified(known) == ["people.Person.know_first"]


def test_a_column_cannot_stand_in_two_classes() -> None:
    person = apps.get_model("people", "Person")
    with pytest.raises(classes.ClassifiedTwice):
        classes.classify(person, {classes.PLACE: "know_first"})


def unclassified(known: dict[type, dict[str, classes.Class]]) -> list[str]:
    return [
        f"{model._meta.label}.{field.attname}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.attname not in known.get(model, {})
    ]


# --- addresses ----------------------------------------------------------------------------------------------


def test_every_address_says_who_may_use_it_and_no_door_leads_nowhere() -> None:
    from nowrongdoor.site.doors import DOORS

    names = list(url_names(get_resolver().url_patterns))
    assert "" not in names, "every address has a name"
    assert set(names) == set(DOORS)
    assert len(names) == len(set(names)), "two addresses share a name, and so a door"


def test_every_door_asks_for_an_act_that_some_role_may_do() -> None:
    from nowrongdoor.site.doors import DOORS, OPEN, SIGNED_IN

    acts = {row["act"] for row in law.rows("roles")}
    assert set(DOORS.values()) - {OPEN, SIGNED_IN} <= acts


def keys_in(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    """Every key that some address carries: `person_id`, `referral_id`."""
    for one in patterns:
        yield from (name for name in one.pattern.converters if name.endswith("_id"))
        if isinstance(one, URLResolver):
            yield from keys_in(one.url_patterns)


def test_every_key_in_an_address_says_whether_it_leads_to_somebody() -> None:
    from nowrongdoor.site.doors import NO_RECORD, RECORDS

    carried = set(keys_in(get_resolver().url_patterns))
    assert carried == set(RECORDS) | NO_RECORD
    assert not set(RECORDS) & NO_RECORD


def url_names(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from url_names(one.url_patterns)
        else:
            yield one.name or ""


# --- acts ---------------------------------------------------------------------------------------------------


def never_asked(acts: set[str], code: str) -> set[str]:
    """The acts a role may do that no journey, page or door ever asks for by name."""
    return {act for act in acts if f'"{act}"' not in code}


def test_every_act_a_role_may_do_is_asked_for_somewhere() -> None:
    acts = {row["act"] for row in law.rows("roles")}
    code = "\n".join(path.read_text(encoding="utf-8") for path in source.PACKAGE.rglob("*.py"))
    assert not never_asked(acts, code)
    assert never_asked(acts | {"no.such_act"}, code) == {"no.such_act"}


def test_every_act_has_its_line_in_the_hazard_log() -> None:
    lines = hazard_lines()
    missing = sorted({verb.name for verb in verbs()} - set(lines))
    assert not missing, f"name their hazard in docs/safety/verbs.md, or say 'none': {', '.join(missing)}"
    gone = sorted(set(lines) - {verb.name for verb in verbs()})
    assert not gone, f"docs/safety/verbs.md names acts that are not there: {', '.join(gone)}"


def test_every_hazard_an_act_names_is_in_the_log() -> None:
    known = {path.stem for path in (DOCS / "safety" / "hazards").glob("H-*.md")}
    for verb, hazards in hazard_lines().items():
        assert hazards == ["none"] or hazards, verb
        assert set(hazards) - {"none"} <= known, verb


def hazard_lines() -> dict[str, list[str]]:
    """The table of docs/safety/verbs.md: act, hazards."""
    text = (DOCS / "safety" / "verbs.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([a-z_]+\.[a-z_]+)` \| ([^|]+) \|", text, re.M)
    return {verb: re.findall(r"H-\d{3}|none", hazards) for verb, hazards in rows}


def test_every_act_asks_whether_the_role_permits_it() -> None:
    assert acts_that_do_not_ask(source.PACKAGE / "journeys") == FOR_WHOEVER_TYPED


def test_an_act_that_does_not_ask_is_found(tmp_path) -> None:
    (tmp_path / "planted.py").write_text(
        "@transaction\ndef asks(*, by, at):\n    access.need(by, 'person.search', at=at)\n\n\n"
        "@transaction\ndef asks_nobody(*, by, at):\n    store.save([], by=by, at=at)\n"
    )
    assert acts_that_do_not_ask(tmp_path) == {"planted.asks_nobody"}


# A draft belongs to the member whose form it is, in whatever role; nobody else can have it. Old ones are
# cleared where the place is installed, by nobody's role in it. A sweep is nobody's act: time has passed; nor
# is a delivery, which a worker finds done, or what comes of a message,
# or a look through what was written; nor is a feed taken in, at the
# shell of whoever runs the product.
FOR_WHOEVER_TYPED = {
    "attachments.keep",
    "clocks.finish_sweep",
    "clocks.sweep",
    "rota.offer_on",
    "handovers.deliver",
    "messages.give_up",
    "messages.note_sent",
    "messages.take",
    "second_readings.look_through",
    "services.miss",
    "services.take_in",
    "drafts.keep",
    "drafts.discard",
    "drafts.clear",
}


def acts_that_do_not_ask(journeys: Path) -> set[str]:
    """Acts that call `access.need` neither themselves nor through a function of their own module."""
    found = set()
    for path in journeys.glob("*.py"):
        functions = {one.name: one for one in source.syntax(path).body if isinstance(one, ast.FunctionDef)}
        calls = {name: called_in(node) for name, node in functions.items()}
        for name, node in functions.items():
            if is_an_act(node) and "access.need" not in reached(name, calls):
                found.add(f"{path.stem}.{name}")
    return found


def called_in(node: ast.FunctionDef) -> set[str]:
    return {ast.unparse(one.func) for one in ast.walk(node) if isinstance(one, ast.Call)}


def reached(name: str, calls: dict[str, set[str]]) -> set[str]:
    found, ahead = set(), {name}
    while ahead:
        found |= ahead
        ahead = set().union(*(calls.get(one, set()) for one in ahead)) - found
    return found


@pytest.mark.parametrize("verb", list(verbs()), ids=lambda verb: verb.name)
def test_an_act_says_who_and_when_by_keyword_and_what_it_does(verb: Verb) -> None:
    assert not verb.positional, f"{verb.name} takes {verb.positional} by place; name every argument"
    order = [name for name in verb.keywords if name in {"by", "at", "seen"}]
    assert order == sorted(order, key=["by", "at", "seen"].index), f"{verb.name}: by, at, seen, in this order"
    assert not verb.defaults & {"by", "at", "seen"}, f"{verb.name}: who and when have no default"
    assert verb.docstring, f"{verb.name} does not say what it does"


# --- settings -----------------------------------------------------------------------------------------------


def test_every_setting_read_from_the_environment_is_explained() -> None:
    read = guards.environment_names(*source.modules(source.PACKAGE), source.ROOT / "nwd")
    text = (DOCS / "guide" / "administrator.md").read_text(encoding="utf-8")
    explained = set(re.findall(r"^\| `([A-Z_]+)` \|", text, re.M))
    missing = sorted(f"{name} ({place})" for name, place in read.items() if name not in explained)
    assert not missing, f"explain in docs/guide/administrator.md: {', '.join(missing)}"
    assert not explained - set(read), f"nothing reads {', '.join(sorted(explained - set(read)))} any more"


def test_a_setting_is_seen_however_it_is_read(tmp_path) -> None:
    path = tmp_path / "planted.py"
    path.write_text(
        "a = os.environ.get('ONE')\nb = os.environ['TWO']\nc = is_on('THREE')\nd = os.getenv('FOUR')\n"
        "e = environ.get('FIVE')\n"
    )
    assert set(guards.environment_names(path)) == {"ONE", "TWO", "THREE", "FOUR", "FIVE"}
