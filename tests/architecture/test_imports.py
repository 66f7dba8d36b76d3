"""What may import what holds in the tree, and each contract is seen to catch what it forbids."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from nowrongdoor.console import checking
from tests.architecture import source

# A violation of each contract, all planted in one copy of the tree: where, what, and how it is named.
PLANTED = [
    (
        "Layers: imports go down only",
        {"rules/planted_upward.py": "import nowrongdoor.kernel.rows\n"},
        "nowrongdoor.rules.planted_upward -> nowrongdoor.kernel.rows",
    ),
    (
        "Layers: imports go down only",
        {"planted_package/__init__.py": ""},
        "nowrongdoor.planted_package",
    ),
    (
        "Embedded: the private PostgreSQL knows nothing of ours",
        {"embedded/planted.py": "from nowrongdoor.rules import words\n"},
        "nowrongdoor.embedded.planted -> nowrongdoor.rules.words",
    ),
    (
        "Pure: rules, sim, linkage, dispatch and directory need no framework and no database",
        {"sim/planted.py": "import psycopg\n"},
        "nowrongdoor.sim.planted -> psycopg",
    ),
    (
        "Pure: rules, sim, linkage, dispatch and directory need no framework and no database",
        {"linkage/planted.py": "import django\n"},
        "nowrongdoor.linkage.planted -> django",
    ),
    (
        "Pure: rules, sim, linkage, dispatch and directory need no framework and no database",
        {"dispatch/planted.py": "import django\n"},
        "nowrongdoor.dispatch.planted -> django",
    ),
    (
        "Pure: rules, sim, linkage, dispatch and directory need no framework and no database",
        {"directory/planted.py": "import django\n"},
        "nowrongdoor.directory.planted -> django",
    ),
    (
        "Pure: no chance and no clock in the rules",
        {"rules/planted_chance.py": "import random\n"},
        "nowrongdoor.rules.planted_chance -> random",
    ),
    (
        "Contexts: none knows another",
        {"data/people/planted.py": "from nowrongdoor.data.contacts import models\n"},
        "nowrongdoor.data.people.planted -> nowrongdoor.data.contacts.models",
    ),
    (
        "Front doors: no rows",
        {"pages/planted_door/__init__.py": "from nowrongdoor.data.people import models\n"},
        "nowrongdoor.pages.planted_door -> nowrongdoor.data.people.models",
    ),
    (
        "Front doors: no rows",
        {"site/planted_door.py": "from nowrongdoor.data.people import models\n"},
        "nowrongdoor.site.planted_door -> nowrongdoor.data.people.models",
    ),
    (
        "One writer: only journeys use the store",
        {"reading/planted.py": "from nowrongdoor.kernel import store\n"},
        "nowrongdoor.reading.planted -> nowrongdoor.kernel.store",
    ),
    (
        "One writer: only journeys use the store",
        {"reading/planted_load.py": "from nowrongdoor.kernel import loading\n"},
        "nowrongdoor.reading.planted_load -> nowrongdoor.kernel.loading",
    ),
    (
        "One writer: only the store sends what writes",
        {"journeys/planted_sql.py": "from nowrongdoor.kernel import statements\n"},
        "nowrongdoor.journeys.planted_sql -> nowrongdoor.kernel.statements",
    ),
    (
        "Areas: none knows another",
        {
            "pages/planted_one/__init__.py": "",
            "pages/planted_two/__init__.py": "from nowrongdoor.pages import planted_one\n",
        },
        "nowrongdoor.pages.planted_two -> nowrongdoor.pages.planted_one",
    ),
    (
        "Acyclic everywhere",
        {
            "rules/planted_ring/__init__.py": "",
            "rules/planted_ring/one.py": "from nowrongdoor.rules.planted_ring import two\n",
            "rules/planted_ring/two.py": "from nowrongdoor.rules.planted_ring import one\n",
        },
        "nowrongdoor.rules.planted_ring",
    ),
    (
        "Clock: only front doors read it",
        {"journeys/planted.py": "from nowrongdoor.kernel.now import now\n"},
        "nowrongdoor.journeys.planted -> nowrongdoor.kernel.now",
    ),
]


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What the contracts say of a tree with every violation planted in it."""
    root: Path = tmp_path_factory.mktemp("planted")
    package = source.copied(root)
    shutil.copy(source.ROOT / ".importlinter", root)
    for _, files, _ in PLANTED:
        for name, text in files.items():
            path = package / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
    return checking.import_contracts(root)


@pytest.mark.parametrize(("contract", "files", "found"), PLANTED, ids=lambda part: str(part)[:40])
def test_a_planted_violation_is_caught(
    broken: dict[str, str], contract: str, files: dict[str, str], found: str
) -> None:
    assert found in broken.get(contract, ""), f"{contract}: did not see {', '.join(files)}"


def test_every_contract_has_a_planted_violation() -> None:
    lines = (source.ROOT / ".importlinter").read_text(encoding="utf-8").splitlines()
    contracts = {line.removeprefix("name = ") for line in lines if line.startswith("name = ")}
    assert contracts == {contract for contract, _, _ in PLANTED}
