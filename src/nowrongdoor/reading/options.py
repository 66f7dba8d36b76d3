"""
What could help: the options for one ask, out of the directory as it stands.

A process keeps the directory as columns. A small one is looked at anew for each answer; a large one is loaded
beside the answers, and until that is done the plain way answers from the rows that meet a need. What a
service says of its places is read for every answer, so that none is older than the last thing said.
"""

import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection

from nowrongdoor.data.services.facts import CAPACITIES, SERVICES
from nowrongdoor.data.services.models import Capacity as CapacityRow
from nowrongdoor.data.services.models import Service as ServiceRow
from nowrongdoor.directory import search
from nowrongdoor.directory.columns import Columns
from nowrongdoor.reading import public_directory
from nowrongdoor.rules import fitting
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.directory import Capacity, Service
from nowrongdoor.rules.fitting import Ask, Entry, Fit, Options, Place, Said
from nowrongdoor.rules.law import directory as counting
from nowrongdoor.rules.openreferral import searched

SMALL = 5_000  # services: up to here looking anew costs less than anybody notices
LATELY = timedelta(minutes=2)  # what was said since is read again, for clocks that differ and acts that wait
LOOKED_AT_EACH = timedelta(seconds=30)
USABLE = ("active", "temporarily closed")
# A service of a team is as likely to say yes as its team lately was: but for what other services were asked.
ANSWERS = """
    SELECT s.id, a.reason, a.counted::int FROM services_service s
      JOIN answers_by_reason(%(since)s) a
        ON a.team_id = s.team_id AND (a.service_id IS NULL OR a.service_id = s.id)
"""
STAMP = (
    "SELECT count(*), coalesce(sum(version), 0), coalesce(sum(hashtext(id::text)), 0) FROM services_service"
)


@dataclass(frozen=True)
class Shown:
    """A service among the options, with what a page says of it."""

    fit: Fit
    service: Service
    offered_by: str
    team_name: str


@dataclass(frozen=True)
class Found:
    """The options for all that is needed, and for each need alone: two services may meet what none meets."""

    options: Options
    shown: dict[UUID, Shown]
    by_need: Mapping[str, Options]


class InMemory:
    """The directory as this process has it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._loading: threading.Thread | None = None
        self.columns: Columns | None = None
        self._where: dict[str, Place] = {}
        self._stamp: tuple[int, ...] = ()
        self._answers_at: datetime | None = None
        self._answers_in: Columns | None = None
        self._looked_at: datetime | None = None

    def answer(self, ask: Ask) -> Options:
        with self._lock:
            self._look(ask.at)
            if self.columns is None:
                return _plainly(ask)
            for said in _said(ask.at, since=None if len(self.columns) <= SMALL else ask.at - LATELY):
                self.columns.say(said.service_id, _as_said(said))
            self._look_at_answers(self.columns, ask.at)
            return search.options(self.columns, ask)

    def where(self, postcode: str, *, at: datetime) -> Place | None:
        """The middle of what the directory has at a postcode, or else in its district."""
        with self._lock:
            self._look(at)
            if self.columns is None:
                found = public_directory.where_is(postcode)
                return searched.on_the_grid(*found) if found else None
            return self._where.get(_bare(postcode)) or self._where.get(searched.district(postcode))

    def _look(self, at: datetime) -> None:
        """Loads what has changed: a small directory now, a large one beside."""
        if self.columns is None or len(self.columns) <= SMALL:
            stamp = _stamp()
            if stamp[0] > SMALL:
                self.columns = None  # it was small a moment ago, and knows nothing of what came since
                self._load_beside(at)
            elif stamp != self._stamp or self.columns is None:
                (self.columns, self._where), self._stamp = _load(at), stamp
            else:
                self.columns.forget_said()
        elif self._looked_at is None or abs(at - self._looked_at) > LOOKED_AT_EACH:
            self._load_beside(at)

    def _look_at_answers(self, columns: Columns, at: datetime) -> None:
        """What teams answered is looked at again now and then, and at once in columns that are new."""
        looked_at = self._answers_at if self._answers_in is columns else None
        if looked_at is not None and abs(at - looked_at) <= LOOKED_AT_EACH:
            return
        for service_id, (asked, accepted) in _answers(at).items():
            columns.answered(service_id, asked=asked, accepted=accepted)
        self._answers_in, self._answers_at = columns, at

    def _load_beside(self, at: datetime) -> None:
        if self._loading is not None and self._loading.is_alive():
            return
        self._looked_at = at
        self._loading = threading.Thread(target=self._load_now, args=(at,), name="directory", daemon=True)
        self._loading.start()

    def _load_now(self, at: datetime) -> None:
        try:
            stamp = _stamp()
            if stamp != self._stamp or self.columns is None:
                columns, where = _load(at)
                columns.times.day(at)
                self.columns, self._where, self._stamp = columns, where, stamp
        finally:
            connection.close()


DIRECTORY = InMemory()


def find(ask: Ask) -> Found:
    """The options with what a page says of each."""
    options = DIRECTORY.answer(ask)
    fits = [*options.best, *options.near]
    fits += [one for one in (options.navigator, options.crisis_line) if one is not None]
    return Found(options, _shown(fits), by_need(ask, options))


def by_need(ask: Ask, options: Options | None = None) -> dict[str, Options]:
    """The options for each need alone; those for all of them, where something meets all."""
    options = options or DIRECTORY.answer(ask)
    if options.fitting or len(ask.needs) < 2:
        return dict.fromkeys(ask.needs, options)
    return {need: DIRECTORY.answer(replace(ask, needs=(need,))) for need in ask.needs}


def one(service_id: UUID) -> tuple[Service, str, Capacity | None] | None:
    """One service, who offers it, and what it last said of its places. Two statements."""
    rows = ServiceRow.objects.filter(id=service_id).values_list(*SERVICES.columns, "agency__name")
    for values in rows:
        service = SERVICES.of(values[:-1])
        said = CapacityRow.objects.filter(service_id=service_id).values_list(*CAPACITIES.columns).first()
        by = values[-1] or searched.keeper_of(service.record)
        return service, by, CAPACITIES.of(said) if said else None
    return None


def several(ids: Sequence[UUID]) -> list[tuple[Service, str]]:
    """Some services and who offers each, in the order asked for; what is not there is left out."""
    rows = ServiceRow.objects.filter(id__in=list(ids)).values_list(*SERVICES.columns, "agency__name")
    found = {}
    for values in rows:
        service = SERVICES.of(values[:-1])
        found[service.id] = service, values[-1] or searched.keeper_of(service.record)
    return [found[one] for one in ids if one in found]


def place_of(postcode: str, *, at: datetime) -> Place | None:
    """Where a postcode is, as far as the directory has anything there; None for nowhere it knows."""
    return DIRECTORY.where(postcode, at=at)


def _shown(fits: Iterable[Fit]) -> dict[UUID, Shown]:
    of = {one.entry.id: one for one in fits}
    rows = ServiceRow.objects.filter(id__in=list(of)).values_list(
        *SERVICES.columns, "agency__name", "team__name"
    )
    shown = {}
    for values in rows:
        service = SERVICES.of(values[:-2])
        by = values[-2] or searched.keeper_of(service.record)
        shown[service.id] = Shown(of[service.id], service, by, values[-1] or "")
    return shown


def _load(at: datetime) -> tuple[Columns, dict[str, Place]]:
    sums: dict[str, list[int]] = {}
    columns = Columns(_entries(at, needs=(), sums=sums))
    for said in _said(at, since=None):
        columns.say(said.service_id, _as_said(said))
    return columns, {name: (east // count, north // count) for name, (east, north, count) in sums.items()}


def _bare(postcode: str) -> str:
    return postcode.upper().replace(" ", "")


def _add_up(service: Service, sums: dict[str, list[int]]) -> None:
    """Where its postcodes are: each one, and its district. A secret address adds nothing."""
    if service.hides_address:
        return
    for postcode, (east, north) in searched.postcodes(service.record):
        for name in {_bare(postcode), searched.district(postcode)} - {""}:
            total = sums.setdefault(name, [0, 0, 0])
            for part, value in enumerate((east, north, 1)):
                total[part] += value


def _entries(
    at: datetime, *, needs: Iterable[str], sums: dict[str, list[int]] | None = None
) -> Iterable[Entry]:
    on = local_date(at)
    answers = _answers(at) if needs else {}
    rows = ServiceRow.objects.all()
    if needs:
        rows = rows.filter(needs__overlap=list(needs))
    for values in rows.values_list(*SERVICES.columns).iterator(chunk_size=2_000):
        service = SERVICES.of(values)
        if sums is not None:
            _add_up(service, sums)
        if service.record.get("status", "active") in USABLE:
            asked, accepted = answers.get(service.id, (0, 0))
            yield searched.entry_of(service, on=on, asked=asked, accepted=accepted)


def _plainly(ask: Ask) -> Options:
    said = {one.service_id: _as_said(one) for one in _said(ask.at, since=None)}
    return fitting.options(_entries(ask.at, needs=ask.needs), said, ask)


def _answers(at: datetime) -> dict[UUID, tuple[int, int]]:
    """How often each service was asked lately, and said yes; what says nothing of it counts as neither."""
    since = at - counting.counts_for("answers", at=at)
    found: dict[UUID, tuple[int, int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(ANSWERS, {"since": since})
        for service_id, reason, many in cursor.fetchall():
            if counting.is_an_answer(reason, at=at):
                asked, accepted = found.get(service_id, (0, 0))
                found[service_id] = (asked + many, accepted + (0 if reason else many))
    return found


def _said(at: datetime, *, since: datetime | None) -> list[Capacity]:
    rows = CapacityRow.objects.all() if since is None else CapacityRow.objects.filter(said_at__gt=since)
    return [CAPACITIES.of(values) for values in rows.values_list(*CAPACITIES.columns)]


def _as_said(one: Capacity) -> Said:
    return Said(one.state, one.places, one.said_by, one.said_at, one.counts_until, one.opens_again_at)


def _stamp() -> tuple[int, ...]:
    with connection.cursor() as cursor:
        cursor.execute(STAMP)
        return tuple(int(value) for value in cursor.fetchone())
