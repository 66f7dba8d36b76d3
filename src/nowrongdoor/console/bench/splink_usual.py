"""
Splink as its own tutorials set it up, on the same registers: the measure that our linking is held to.

Its comparisons for each kind of column, its usual blocking rules, weights learned by its own
expectation-maximisation, and pairs of which it says that one person is the likelier.
"""

from __future__ import annotations

import contextlib
import importlib
import logging
import time
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from nowrongdoor.rules.matching.kinds import Kind
from nowrongdoor.rules.matching.model import Part

SEED = 4711
LIKELY = 0.5
MANY = 50_000  # above so many records a first name alone is no blocking rule


@dataclass(frozen=True)
class Usual:
    """Pairs of places with their probability, and how long it took."""

    pairs: list[tuple[int, int, float]]
    seconds: float

    def above(self, probability: float) -> set[tuple[int, int]]:
        return {(left, right) for left, right, likely in self.pairs if likely >= probability}


def link(
    parts: Sequence[Part], left: Sequence[Sequence[str]], right: Sequence[Sequence[str]] | None = None
) -> Usual:
    """The pairs Splink finds in two registers, or in one; each holds a column for each part."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            began = time.perf_counter()
            try:
                pairs = _pairs(parts, left, right, sure=True)
            except ValueError:
                # Its sure rules find no pair, and it reckons that there are none: its own default then.
                began = time.perf_counter()
                pairs = _pairs(parts, left, right, sure=False)
            return Usual(pairs, time.perf_counter() - began)
    finally:
        logging.disable(before)


def _pairs(parts: Any, left: Any, right: Any, *, sure: bool) -> list[tuple[int, int, float]]:
    import duckdb
    from splink import DuckDBAPI, Linker, SettingsCreator

    held = duckdb.connect()
    held.execute("SET enable_progress_bar = false")
    api = DuckDBAPI(connection=held)
    tables = [
        api.register(_table(parts, side), dataset_display_name=name)
        for name, side in (("left_side", left), ("right_side", right))
        if side is not None
    ]
    rows = sum(len(side[0]) for side in (left, right) if side)
    settings = SettingsCreator(
        link_type="dedupe_only" if right is None else "link_only",
        comparisons=[_comparison(part.kind, f"part_{place}") for place, part in enumerate(parts)],
        blocking_rules_to_generate_predictions=_blocking(parts, many=rows > MANY),
        unique_id_column_name="record",
        retain_matching_columns=False,
    )
    linker = Linker(tables if right is not None else tables[0], settings)
    _train(linker, parts, sure=sure)
    found = linker.inference.predict(threshold_match_probability=0.01)
    arrow = found.as_duckdbpyrelation().fetchall()
    names = found.as_duckdbpyrelation().columns
    at = {name: place for place, name in enumerate(names)}
    pairs = [(row[at["record_l"]], row[at["record_r"]], row[at["match_probability"]]) for row in arrow]
    if right is None:
        return [(min(one, other), max(one, other), likely) for one, other, likely in pairs]
    turned = {row[at["source_dataset_l"]] for row in arrow} == {"right_side"}
    return [(other, one, likely) for one, other, likely in pairs] if turned else pairs


def _table(parts: Sequence[Part], columns: Sequence[Sequence[str]]) -> Any:
    import pyarrow

    named = {f"part_{place}": [value or None for value in column] for place, column in enumerate(columns)}
    return pyarrow.table({"record": list(range(len(columns[0]))), **{
        name: pyarrow.array(values, pyarrow.string()) for name, values in named.items()
    }})  # fmt: skip


def _named(parts: Sequence[Part], *kinds: Kind) -> list[str]:
    return [f"part_{place}" for place, part in enumerate(parts) if part.kind in kinds]


def _comparison(kind: Kind, name: str) -> Any:
    import splink.comparison_library as of

    if kind in (Kind.GIVEN, Kind.FAMILY):
        return of.NameComparison(name)
    if kind is Kind.DATE:
        return of.DateOfBirthComparison(name, input_is_string=True, datetime_format="%Y%m%d")
    if kind is Kind.LINE:
        return of.JaroWinklerAtThresholds(name).configure(term_frequency_adjustments=True)
    if kind in (Kind.NUMBER, Kind.PHONE, Kind.POSTCODE):
        return of.DamerauLevenshteinAtThresholds(name)
    if kind is Kind.EMAIL:
        return of.EmailComparison(name)
    return of.ExactMatch(name).configure(term_frequency_adjustments=True)


def _blocking(parts: Sequence[Part], *, many: bool) -> list[Any]:
    from splink import block_on

    given, family = _named(parts, Kind.GIVEN), _named(parts, Kind.FAMILY)
    alone = _named(parts, Kind.NUMBER, Kind.PHONE, Kind.EMAIL, Kind.DATE, Kind.POSTCODE)
    if not many:
        return [block_on(name) for name in (*alone, *given, *family)]
    rules = [block_on(name) for name in alone]
    return rules + ([block_on(given[0], family[0])] if given and family else [])


def _train(linker: Any, parts: Sequence[Part], *, sure: bool) -> None:
    from splink import block_on
    from splink.internals.exceptions import EMTrainingException

    given, family = _named(parts, Kind.GIVEN)[:1], _named(parts, Kind.FAMILY)[:1]
    born, number = _named(parts, Kind.DATE)[:1], _named(parts, Kind.NUMBER)[:1]
    place = _named(parts, Kind.POSTCODE, Kind.PHONE, Kind.LINE)[:1]
    rules = [block_on(*names) for names in ([*given, *family, *(born or place)], number) if names]
    if sure and rules:
        linker.training.estimate_probability_two_random_records_match(rules, recall=0.6)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=SEED)
    for names in ([*given, *family], born, place):
        # A few hundred records may be too few for one of its sessions; the others still teach it.
        with contextlib.suppress(ValueError, EMTrainingException):
            if names:
                linker.training.estimate_parameters_using_expectation_maximisation(block_on(*names))


def warm() -> None:
    """What is imported once is no part of what linking costs."""
    importlib.import_module("splink.comparison_library")
    importlib.import_module("splink.internals.duckdb.database_api")
