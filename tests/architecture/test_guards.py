"""What imports cannot show: each guard finds nothing in the tree, and finds what is planted in a copy."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.architecture import guards, source, writing

Guard = Callable[[Path], Iterator[str]]
GUARDS: dict[Guard, str] = {
    guards.clock_reads: "take the instant as `at=`; front doors ask nowrongdoor.kernel.now once",
    guards.wall_clocks: "keep UTC inside; nowrongdoor.nhsuk.wording turns an instant into words",
    guards.utc_days: "ask nowrongdoor.rules.clock.local_date which day it is",
    guards.built_sql: "give values as parameters and names through psycopg's sql.Identifier",
    guards.vague_names: "name it after what it is",
    guards.long_modules: "find the second idea in it and give that a module",
    writing.writes: "write through nowrongdoor.kernel.store, from a journey",
    writing.written_sql: "write through nowrongdoor.kernel.store, from a journey",
}

# Planted in a copy of the tree: a file, its text, and the guard that must find it.
WRONG = [
    (guards.clock_reads, "rules/planted.py", "from datetime import datetime\nAT = datetime.now()\n"),
    (guards.clock_reads, "journeys/planted.py", "from datetime import date\nON = date.today()\n"),
    (guards.clock_reads, "pages/planted.py", "from django.utils import timezone\nasked = timezone.now\n"),
    (guards.clock_reads, "reading/planted.py", "import time\nAT = time.time()\n"),
    (guards.clock_reads, "sim/planted.py", "from time import time\nAT = time()\n"),
    (guards.clock_reads, "rules/planted.py", "import time\nAT = time.monotonic()\n"),
    (guards.clock_reads, "data/planted.py", "at = models.DateTimeField(auto_now_add=True)\n"),
    (guards.clock_reads, "reading/planted.py", "late = rows.filter(due_at__lt=functions.Now())\n"),
    (
        guards.wall_clocks,
        "pages/planted.py",
        "from zoneinfo import ZoneInfo\nHERE = ZoneInfo('Europe/London')\n",
    ),
    (guards.wall_clocks, "reading/planted.py", "def hour(at):\n    return at.astimezone().hour\n"),
    (guards.wall_clocks, "pages/planted.py", "from django.utils.timezone import make_aware\n"),
    (guards.wall_clocks, "rules/clock.py", "def due(at, within):\n    return at.astimezone(HERE) + within\n"),
    (guards.utc_days, "rules/planted.py", "def born(day, at):\n    return day > at.date()\n"),
    (
        guards.wall_clocks,
        "nhsuk/wording.py",
        "def due(at, within):\n    wall = at.astimezone(WALL_CLOCK)\n    return wall + within\n",
    ),
    (guards.built_sql, "reading/planted.py", "cursor.execute(f'SELECT * FROM people WHERE name = {name}')\n"),
    (guards.built_sql, "reading/planted.py", "cursor.execute('SELECT %s' % name)\n"),
    (guards.built_sql, "reading/planted.py", "rows.raw('SELECT * FROM people WHERE name = ' + name)\n"),
    (guards.built_sql, "data/planted.py", "query = 'SELECT {}'.format(name)\ncursor.execute(query)\n"),
    (guards.built_sql, "data/people/migrations/planted.py", "migrations.RunSQL(f'DROP TABLE {table}')\n"),
    (guards.built_sql, "console/planted.py", "owner.execute(sql.SQL(f'GRANT SELECT ON {table}'))\n"),
    (guards.vague_names, "rules/planted_utils.py", ""),
    (guards.vague_names, "journeys/helpers/planted.py", ""),
    (guards.vague_names, "rules/planted.py", "class HandoverManager:\n    pass\n"),
    (guards.vague_names, "rules/planted.py", "def process_info():\n    pass\n"),
    (guards.long_modules, "rules/planted.py", "X = 1\n" * 301),
    (writing.writes, "reading/planted.py", "person.save()\n"),
    (writing.writes, "journeys/planted.py", "store = Model()\nstore.save()\n"),
    (writing.writes, "pages/planted.py", "Referral.objects.filter(pk=1).update(state='closed')\n"),
    (writing.writes, "journeys/planted.py", "rows = Referral.objects.all()\nrows.update(state='closed')\n"),
    (writing.writes, "journeys/planted.py", "def close(rows):\n    rows.delete()\n"),
    (writing.writes, "journeys/planted.py", "Person.objects.create(name='Maryam')\n"),
    (writing.writes, "console/planted.py", "Person.objects.bulk_create(people)\n"),
    (writing.writes, "console/planted.py", "async def keep(row):\n    await row.asave()\n"),
    (writing.writes, "reading/planted.py", "rows = Person._base_manager.all()\n"),
    (
        writing.writes,
        "journeys/planted.py",
        "rows = {}\nrows = Person.objects.all()\nrows.update(state='new')\n",
    ),
    (
        writing.written_sql,
        "journeys/planted.py",
        "cursor.execute('UPDATE people_person SET name = %s', [name])\n",
    ),
    (writing.written_sql, "console/planted.py", "QUERY = 'DELETE  FROM journal_entry'\n"),
]

# What looks alike and is no violation.
RIGHT = [
    (guards.clock_reads, "pages/planted.py", "from nowrongdoor.kernel.now import now\nat = now()\n"),
    (guards.clock_reads, "embedded/planted.py", "import time\nbegan = time.monotonic()\n"),
    (guards.wall_clocks, "reading/planted.py", "def due(at, within):\n    return at + within\n"),
    (
        guards.wall_clocks,
        "nhsuk/wording.py",
        "def age(day, at):\n    return at.astimezone(HERE).date() - day\n",
    ),
    (
        guards.built_sql,
        "reading/planted.py",
        "cursor.execute('SELECT name FROM people WHERE id = %s', [key])\n",
    ),
    (
        guards.built_sql,
        "kernel/planted.py",
        "cursor.execute(sql.SQL('SELECT {}').format(sql.Identifier(name)))\n",
    ),
    (guards.vague_names, "rules/planted.py", "def informed(): pass\n"),
    (writing.writes, "journeys/planted.py", "from nowrongdoor.kernel import store\nstore.save(steps)\n"),
    (writing.writes, "rules/planted.py", "found = {}\nfound.update(more)\n"),
    (writing.writes, "rules/planted.py", "def add(seen: set[str]):\n    seen.update(more)\n"),
    (writing.written_sql, "reading/planted.py", "QUERY = 'SELECT 1 FROM x WHERE y = 1 FOR UPDATE'\n"),
]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return source.copied(tmp_path)


@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.__name__)
def test_the_tree_keeps_to(guard: Guard) -> None:
    found = list(guard(source.PACKAGE))
    assert not found, "\n".join([f"{GUARDS[guard]}:", *found])


@pytest.mark.parametrize(("guard", "name", "text"), WRONG)
def test_a_planted_violation_is_found(tmp_path: Path, guard: Guard, name: str, text: str) -> None:
    package = planted(tmp_path, name, text)
    assert [found for found in guard(package) if found.startswith(name.partition("/")[0])]


@pytest.mark.parametrize(("guard", "name", "text"), RIGHT)
def test_what_only_looks_alike_is_left_alone(tmp_path: Path, guard: Guard, name: str, text: str) -> None:
    assert list(guard(planted(tmp_path, name, text))) == []


@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.__name__)
def test_a_violation_is_found_among_everything_else(copy: Path, guard: Guard) -> None:
    """The same in a whole copy of the tree: exactly what was planted is found, and nothing besides."""
    _, name, text = next(one for one in WRONG if one[0] is guard)
    path = copy / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    found = set(guard(copy)) - set(guard(source.PACKAGE))
    assert found and all(line.startswith(name) for line in found)


def test_every_guard_has_a_planted_violation() -> None:
    assert {guard for guard, _, _ in WRONG} == set(GUARDS)


def test_what_may_be_called_though_it_looks_like_writing_is_still_called() -> None:
    """An exception nobody needs any more is a hole: it goes when its code goes."""
    for (name, called), reason in writing.NOT_ROWS.items():
        calls = [
            ast.unparse(node.func) for node in ast.walk(source.syntax(source.PACKAGE / name)) if is_call(node)
        ]
        assert called in calls, f"{name} no longer calls {called}; take it out of NOT_ROWS"
        assert reason
    for name in writing.MAY_WRITE_SQL:
        assert (source.PACKAGE / name).exists(), f"there is no {name}; take it out of MAY_WRITE_SQL"


def is_call(node: ast.AST) -> bool:
    return isinstance(node, ast.Call)


def planted(folder: Path, name: str, text: str) -> Path:
    package = folder / "nowrongdoor"
    path = package / name
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    return package
