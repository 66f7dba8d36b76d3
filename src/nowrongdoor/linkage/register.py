"""
A partner's register beside the people known here: Splink pairs what shares a key, our weights weigh it.

Splink runs on DuckDB, on one machine and from disk, or on Spark, and is asked the same of either: its
blocking finds the pairs, and each is scored by the model of `rules.matching`, as a search in a call scores
it. What is held in memory is one batch of the register with what it is paired with, however large either is.
"""

from __future__ import annotations

import logging
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from nowrongdoor.linkage import common_ground, comparing, training
from nowrongdoor.linkage.columns import registers
from nowrongdoor.rules.matching.agreement import top
from nowrongdoor.rules.matching.model import Model

VALUES = tuple(f"value_{place}" for place in range(common_ground.PARTS))
WRITTEN_AT_ONCE = 50_000
# So many pairs are weighed at once; more of a batch are weighed after them.
WEIGHED_AT_ONCE = 1_000_000
PAIRS = """
    SELECT DISTINCT CAST(split_part(join_key_l, '-__-', 2) AS BIGINT) AS entry,
        CAST(split_part(join_key_r, '-__-', 2) AS BIGINT) AS place
    FROM {this}
"""
THEIRS = """
    SELECT place, record, value_0, value_1, value_2, value_3, value_4, value_5, value_6, value_7
    FROM known_values WHERE place IN (SELECT place FROM {this})
"""
ENTRIES, KNOWN = "a_register", "b_known"
Values = Sequence[str]


@dataclass(frozen=True)
class Weighed:
    """Places in the batch, the record each is paired with, and doublings of the odds that it is theirs."""

    entries: np.ndarray
    records: list[str]
    bits: np.ndarray


@dataclass
class KnownPeople:
    """Our records on disk, each under every name it has: their values, and their keys apart from these."""

    folder: Path
    many: int = 0
    _keys: list[array[int]] = field(default_factory=lambda: [array("q") for _ in common_ground.NAMES])

    @property
    def values(self) -> Path:
        return self.folder / "values.parquet"

    @property
    def keys(self) -> Path:
        return self.folder / "keys.parquet"

    def write(self, people: Iterable[tuple[str, Values]]) -> None:
        """`people` are records by key, each with its values in the order of the parts."""
        import pyarrow
        from pyarrow.parquet import ParquetWriter

        columns = [("place", pyarrow.int64()), ("record", pyarrow.string())]
        schema = pyarrow.schema(columns + [(name, pyarrow.string()) for name in VALUES])
        with ParquetWriter(self.values, schema) as writer:
            for rows in _batches(people, WRITTEN_AT_ONCE):
                places = range(self.many, self.many + len(rows))
                sides = [list(side) for side in zip(*(values for _, values in rows), strict=True)]
                records = [record for record, _ in rows]
                writer.write_table(pyarrow.table([list(places), records, *sides], schema=schema))
                for _, values in rows:
                    for kept, key in zip(self._keys, common_ground.keys_of(values), strict=True):
                        kept.append(key)
                self.many += len(rows)
        self._write_keys()

    def _write_keys(self) -> None:
        from pyarrow.parquet import write_table

        columns = {"place": np.arange(self.many, dtype=np.int64)}
        for name, kept in zip(common_ground.NAMES, self._keys, strict=True):
            keys = np.frombuffer(kept, np.int64) if kept else np.empty(0, np.int64)
            _, back, often = np.unique(keys, return_inverse=True, return_counts=True)
            columns[name] = np.where(often[back] > common_ground.MOST_IN_ONE, common_ground.NONE, keys)
        write_table(_table(columns), self.keys)
        self._keys = []


class Beside:
    """One register beside the people known here, on an engine of Splink's: `on_duckdb` or `on_spark`."""

    def __init__(self, api: Any, model: Model) -> None:
        from splink import block_on

        self.api, self.model = api, model
        self.known = api.register(KNOWN, dataset_display_name=KNOWN)
        self.rules = [block_on(name) for name in common_ground.NAMES]
        for name in ("splink", "splink.internals", "splink.internals.blocking"):
            logging.getLogger(name).setLevel(logging.ERROR)

    def weigh(self, entries: Sequence[Values]) -> Iterator[Weighed]:
        """Every pair of these entries and our records that shares a key, with its score; some at a time."""
        if not entries:
            return
        blocked = self._blocked(entries)
        pairs = blocked.query_sql(PAIRS)
        theirs = pairs.query_sql(THEIRS)
        found, told = pairs.as_pyarrow_table(), theirs.as_pyarrow_table()
        for made in (theirs, pairs, blocked):
            made.drop_table_from_database_and_remove_from_cache()
        mine = found["entry"].to_numpy()
        places = told["place"].to_numpy()
        order = np.argsort(places)
        yours = order[np.searchsorted(places, found["place"].to_numpy(), sorter=order)]
        left = [list(side) for side in zip(*entries, strict=True)]
        right = [told[name].to_pylist() for name in VALUES]
        records = told["record"].to_pylist()
        both = registers(self.model.parts, left, right)
        for start in range(0, len(mine), WEIGHED_AT_ONCE):
            these = slice(start, start + WEIGHED_AT_ONCE)
            bits = self._bits(both, mine[these], yours[these])
            yield Weighed(mine[these], [records[at] for at in yours[these]], bits)

    def _bits(self, both: Any, mine: np.ndarray, yours: np.ndarray) -> np.ndarray:
        model = self.model
        compared = comparing.compare(both, mine, yours, trades=model.trades, short_forms=model.short_forms)
        # Another number than this partner's is another partner's: it speaks against nobody.
        other = compared.steps[:, common_ground.OTHER]
        other[other != top(model.parts[common_ground.OTHER].kind)] = comparing.UNKNOWN
        return training.scores(model, compared, both)

    def _blocked(self, entries: Sequence[Values]) -> Any:
        from splink import Linker, SettingsCreator
        from splink.comparison_library import ExactMatch

        keys = np.array([common_ground.keys_of(values) for values in entries], np.int64)
        columns = {"place": np.arange(len(entries), dtype=np.int64)}
        columns |= {name: keys[:, at] for at, name in enumerate(common_ground.NAMES)}
        mine = self.api.register(_table(columns))
        mine.dataset_display_name = ENTRIES
        settings = SettingsCreator(
            link_type="link_only",
            # Splink wants one comparison to be named; the weighing is ours.
            comparisons=[ExactMatch(common_ground.NAMES[0])],
            blocking_rules_to_generate_predictions=self.rules,
            unique_id_column_name="place",
            retain_matching_columns=False,
        )
        linker = Linker([mine, self.known], settings)
        return linker.inference.compute_blocked_pairs_for_predict()


def on_duckdb(known: KnownPeople, model: Model, *, memory: str = "2GB") -> Beside:
    """On this machine: what does not fit into `memory` lies in the folder of the people known here."""
    import duckdb
    from splink import DuckDBAPI

    held = duckdb.connect(str(known.folder / "held.duckdb"), config={"memory_limit": memory})
    held.execute("SET enable_progress_bar = false")
    held.execute("CREATE OR REPLACE TABLE b_known AS SELECT * FROM read_parquet($1)", [str(known.keys)])
    held.execute(
        "CREATE OR REPLACE TABLE known_values AS SELECT * FROM read_parquet($1)", [str(known.values)]
    )
    return Beside(DuckDBAPI(connection=held), model)


def on_spark(known: KnownPeople, model: Model, session: Any) -> Beside:
    """On a cluster, for a region that has outgrown one machine; `session` is one of Spark's."""
    from splink import SparkAPI

    session.read.parquet(str(known.keys)).createOrReplaceTempView(KNOWN)
    session.read.parquet(str(known.values)).createOrReplaceTempView("known_values")
    api = SparkAPI(spark_session=session, break_lineage_method="persist", register_udfs_automatically=False)
    return Beside(api, model)


def _table(columns: dict[str, np.ndarray]) -> Any:
    import pyarrow

    return pyarrow.table({
        name: pyarrow.array(kept, mask=kept == common_ground.NONE) for name, kept in columns.items()
    })  # fmt: skip


def _batches(rows: Iterable[tuple[str, Values]], many: int) -> Iterator[list[tuple[str, Values]]]:
    batch: list[tuple[str, Values]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == many:
            yield batch
            batch = []
    if batch:
        yield batch
