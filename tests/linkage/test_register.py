"""A whole register beside the people known here: Splink pairs them, and the weights of a call weigh them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from shutil import which

import pytest

from nowrongdoor.linkage import common_ground, learned
from nowrongdoor.linkage.register import Beside, KnownPeople, on_duckdb, on_spark
from nowrongdoor.rules import finding
from nowrongdoor.rules.extract import Entry
from nowrongdoor.rules.matching import weights
from nowrongdoor.rules.person import Person
from nowrongdoor.sim import registers as sim_registers
from nowrongdoor.sim.registers import BORN, FAMILY, GIVEN, HOUSE, PHONE, POSTCODE, TOWN
from nowrongdoor.sim.streams import Stream
from tests.linkage.county import TODAY
from tests.worlds.facts import a_person

PEOPLE, ENTRIES, BOTH = 400, 200, 120
MODEL = weights.standing(on=TODAY).among(PEOPLE)
Pairs = dict[tuple[int, str], float]


@cache
def county() -> tuple[list[Person], list[Entry], set[tuple[int, str]]]:
    """People here, some with other names and numbers; a partner's entries; and who is who."""
    made = sim_registers.two(Stream("whole register"), PEOPLE, ENTRIES, BOTH, learned.CALLS)
    people = [_person(at, row) for at, row in enumerate(made.left)]
    entries = [_entry(at, row) for at, row in enumerate(made.right)]
    truth = {(entry, str(people[person].id)) for person, entry in made.truth}
    return people, entries, truth


def _person(at: int, row: list[str]) -> Person:
    born = date.fromisoformat(row[BORN]) if row[BORN] else None
    return a_person(
        f"{at}", given_names=row[GIVEN], family_name=row[FAMILY], born_on=born, phone=row[PHONE],
        postcode=row[POSTCODE], address=" ".join(row[HOUSE : TOWN + 1]),
        other_names=f"{row[GIVEN]} Tindale" if at % 9 == 0 else "",
        other_numbers=f"SC-{at}" if at % 7 == 0 else "",
    )  # fmt: skip


def _entry(at: int, row: list[str]) -> Entry:
    try:
        born = date.fromisoformat(row[BORN])
    except ValueError:
        born = None
    return Entry(
        at, f"X-{at}", row[GIVEN], row[FAMILY], born, "", row[PHONE], row[POSTCODE],
        " ".join(row[HOUSE : TOWN + 1]),
    )  # fmt: skip


def known(folder: Path) -> KnownPeople:
    people, _, _ = county()
    made = KnownPeople(folder)
    made.write((str(one.id), values) for one in people for values in finding.every_way(one))
    return made


def weighed(beside: Beside, entries: list[Entry]) -> Pairs:
    """Each pair that shares a key, by the best of the names on record."""
    best: Pairs = {}
    for some in beside.weigh([finding.as_weighed(one) for one in entries]):
        for at, record, bits in zip(some.entries.tolist(), some.records, some.bits.tolist(), strict=True):
            best[at, record] = max(bits, best.get((at, record), bits))
    return best


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Pairs:
    return weighed(on_duckdb(known(tmp_path_factory.mktemp("known")), MODEL), county()[1])


def test_every_pair_has_the_score_it_has_in_a_call(found: Pairs) -> None:
    people, entries, _ = county()
    by_key = {str(one.id): one for one in people}
    apart = []
    for (at, record), bits in found.items():
        said = finding.told(finding.of_entry(entries[at]))
        assert len(said.readings) == 1
        match = finding.weigh(said, by_key[record], model=MODEL)
        # A name still being typed is a thing of calls alone: there it weighs a little more.
        if not any("begins" in one.words for one in match.evidence):
            apart.append(abs(match.bits - bits))
    assert len(apart) > 100 and max(apart) < 1e-6
    assert {bits > 0 for bits in found.values()} == {True, False}


def test_whoever_is_in_both_is_found_and_hardly_anybody_else(found: Pairs) -> None:
    _, _, truth = county()
    likely = {pair for pair, bits in found.items() if bits > 0}
    assert len(truth & set(found)) / len(truth) > 0.95
    assert len(truth & likely) / len(truth) > 0.9
    assert len(truth & likely) / len(likely) > 0.9


def test_a_number_of_another_partner_speaks_against_nobody(tmp_path: Path) -> None:
    people, entries, truth = county()
    at, record = next(pair for pair in sorted(truth) if int(pair[0]) >= 0)
    one = next(one for one in people if str(one.id) == record)
    folder = KnownPeople(tmp_path)
    numbered = replace(one, other_numbers="HOSP-1\nX-9000")
    folder.write((record, values) for values in finding.every_way(numbered))
    beside = on_duckdb(folder, MODEL)
    plain = weighed(beside, [replace(entries[at], number="")])
    assert weighed(beside, [replace(entries[at], number="Y-1")]) == plain
    assert weighed(beside, [replace(entries[at], number="x 9000")])[0, record] > plain[0, record] + 10


def test_what_is_shared_by_too_many_pairs_nobody(tmp_path: Path) -> None:
    same = ("maryam", "ali", "19840312", "", "01632960001", "zz72ab", "4 mill lane", "")
    folder = KnownPeople(tmp_path)
    folder.write((str(at), same) for at in range(common_ground.MOST_IN_ONE + 1))
    assert not list(_pairs(on_duckdb(folder, MODEL), same))


def _pairs(beside: Beside, values: tuple[str, ...]) -> Iterator[str]:
    for some in beside.weigh([values]):
        yield from some.records


@pytest.mark.parametrize(
    ("change", "keeps"),
    [
        ({1: "tindale"}, "born_given"),  # married
        ({0: "ali", 1: "maryam"}, "names_year"),  # names traded
        ({2: "19841203"}, "names_digits"),  # day and month swapped
        ({2: "19850312"}, "names_day"),
        ({2: "", 5: ""}, "names_phone"),
        ({2: "", 4: "", 5: ""}, "address_given"),
    ],
)
def test_one_slip_leaves_a_key_in_common(change: dict[int, str], keeps: str) -> None:
    values = ["maryam", "ali", "19840312", "", "01632960001", "zz72ab", "4 mill lane averley", ""]
    slipped = [change.get(at, value) for at, value in enumerate(values)]
    mine, yours = (dict(zip(common_ground.NAMES, common_ground.keys_of(side), strict=True))
                   for side in (values, slipped))  # fmt: skip
    assert mine[keeps] == yours[keeps] != common_ground.NONE


@contextmanager
def spark() -> Iterator[object]:
    pyspark = pytest.importorskip("pyspark.sql", reason="only where Spark is installed")
    if which("java") is None:
        pytest.skip("only where Java is installed, which Spark needs")
    session = (
        pyspark.SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "2").getOrCreate()
    )  # fmt: skip
    try:
        yield session
    finally:
        session.stop()


@pytest.mark.slow
def test_the_same_job_runs_on_spark_and_says_the_same(tmp_path: Path, found: Pairs) -> None:
    with spark() as session:
        there = weighed(on_spark(known(tmp_path), MODEL, session), county()[1])
    assert there.keys() == found.keys()
    assert all(abs(there[pair] - bits) < 1e-9 for pair, bits in found.items())


