"""How the gap ledger is laid out: as tables of a page, and as one table for a spreadsheet."""

from collections.abc import Iterator
from datetime import datetime

from nowrongdoor.reading.gap_ledger import LedgerCounts
from nowrongdoor.rules import gap_figures, law, service_answers
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.gap_figures import Counts, Figure, Months

HEADING = ("Period", "What", "By", "Which", "Count", "Out of", "Rate")
UNMET = (
    ("What stood in the way", "why"),
    ("Need", "need"),
    ("Age", "age"),
    ("Time of day", "hour"),
    ("Postcode district", "place"),
)
RETURNS = (
    ("Reason", "reason"),
    ("Need", "need"),
    ("Age", "years"),
    ("Time of day", "hour"),
    ("Postcode district", "place"),
)
RATES = (
    ("Offers it returned", "returned", "asked", "return_rate"),
    ("Its own offers that were returned to it", "given_back", "gave", "given_back_rate"),
    ("People it took on and then offered onward", "sent_on", "took", "sent_on_rate"),
    ("Hops for each person it was asked about", "offers", "people", "hops"),
)
SHOWN = tuple(rate for *_, rate in RATES)
Tables = tuple[tuple[str, tuple[Figure, ...]], ...]


def unmet(counts: Counts, *, at: datetime) -> Tables:
    return _tables(UNMET, tuple(counts), at=at)


def returns(counts: Counts, *, at: datetime) -> Tables:
    return _tables(RETURNS, tuple(counts), at=at)


def endings(counts: Counts, *, at: datetime) -> Tables:
    """How it ended by kind of service, of those that have endings of their own."""
    kinds = law.codes("kinds_with_endings", on=local_date(at))
    every = tuple(counts)
    return tuple((one.label, gap_figures.by(one.code, every, at=at)) for one in kinds)


def answers(
    counts: LedgerCounts, *, at: datetime
) -> list[tuple[dict[str, str], tuple[dict[str, str], ...]]]:
    """How each team answered and was answered, and under it what may be told of its services."""
    every = zip(counts.answers, counts.by_service, strict=True)
    return [
        (gap_figures.answered(team, at=at), service_answers.told(services, at=at)) for team, services in every
    ]


def exported(counts: LedgerCounts, *, period: Months, at: datetime) -> Iterator[tuple[str, ...]]:
    """Every figure of the page, a line each."""
    yield period.label, "Searches", "", "", gap_figures.searches(counts.searches, at=at), "", ""
    for what, tables, every in (
        ("Searches that could not be met", unmet(counts.unmet, at=at), counts.unmet),
        ("Offers that were returned", returns(counts.returns, at=at), counts.returns),
    ):
        yield period.label, what, "", "", gap_figures.total(every, at=at), "", ""
        for by, figures in tables:
            for one in figures:
                yield period.label, what, by, one.label, one.shown, "", ""
    for one in gap_figures.by("criterion", counts.missed, at=at):
        yield (
            period.label,
            "Searches in which a service missed one thing",
            "Criterion",
            one.label,
            one.shown,
            "",
            "",
        )
    for name, which, many in gap_figures.by_service(counts.services, at=at):
        yield period.label, f"Missed by one thing: {which}", "Service", name, many, "", ""
    for kind, figures in endings(counts.endings, at=at):
        for one in figures:
            yield period.label, "How it ended", "Kind of service", f"{kind}: {one.label}", one.shown, "", ""
    for team, services in answers(counts, at=at):
        for what, above, below, rate in RATES:
            yield period.label, what, "Team", team["team"], team[above], team[below], team[rate]
        for one in services:
            for what, above, below, rate in RATES:
                named = f"{one['team']}: {one['service']}"
                yield period.label, what, "Service", named, one[above], one[below], one[rate]


def _tables(
    of: tuple[tuple[str, str], ...], counts: tuple[tuple[str, str, int], ...], *, at: datetime
) -> Tables:
    return tuple((title, gap_figures.by(what, counts, at=at)) for title, what in of)
