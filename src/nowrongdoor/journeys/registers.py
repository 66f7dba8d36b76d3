"""
A partner's register is read batch by batch, its entries are put before a steward, and each is decided.

Nothing links by itself. Of restricted people nothing is said to whoever may not know of them: no entry is
proposed for them, and none that was can be decided by them.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from nowrongdoor.data.agencies.facts import AGENCIES
from nowrongdoor.data.people.facts import PEOPLE
from nowrongdoor.data.registers.facts import READINGS, REGISTER_LINKS
from nowrongdoor.journeys import standing
from nowrongdoor.kernel import store
from nowrongdoor.kernel.transactions import transaction
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.rules import access, person, register
from nowrongdoor.rules.change import Step
from nowrongdoor.rules.register import LINKED, Alike, Batch, RegisterLink

WRITTEN_AT_ONCE = 500


@transaction
def begin(*, reading_id: UUID, agency_id: UUID, digest: str, by: Viewer, at: datetime) -> None:
    """Begin to read a file of an agency's register."""
    access.need(by, "register.take", at=at)
    store.peek(AGENCIES, agency_id)
    begun = register.begin(
        reading_id=reading_id,
        agency_id=agency_id,
        digest=digest,
        is_being_read=bool(store.find(READINGS, agency_id=agency_id, digest=digest, ended_at=None)),
        by=by.member_id,
        at=at,
    )
    store.save([begun], by=by, at=at)


@transaction
def take(*, reading_id: UUID, batch: Batch, found: Sequence[Alike], by: Viewer, at: datetime) -> None:
    """
    The next rows of a file: what looks alike is put before a steward, and the reading goes on, both or
    neither. What is known of an entry and a record already stays as it is, whatever was decided. Locks the
    reading, so that no batch is taken twice.
    """
    access.need(by, "register.take", at=at)
    reading = store.lock(READINGS, reading_id)
    steps: dict[UUID, Step] = {}
    new: list[Alike] = []
    for one in found:
        standing.need_not_restricted(one.person_id, by=by, at=at)
        step = register.propose(one, agency_id=reading.agency_id, by=by.member_id, at=at)
        key = step.change.after.id
        if key not in steps and not store.find(REGISTER_LINKS, id=key):
            steps[key] = step
            new.append(one)
    went_on = register.take(reading, batch, new, at=at)
    written = list(steps.values())
    for start in range(0, len(written), WRITTEN_AT_ONCE):
        store.add(written[start : start + WRITTEN_AT_ONCE], by=by, at=at)
    store.save([went_on], by=by, at=at)


@transaction
def link(*, link_id: UUID, words: str, by: Viewer, at: datetime, seen: int) -> None:
    """
    An entry is this person's: the record takes the partner's number, and they are found by it from now on.
    Locks the person, so that two entries decided at once do not lose one another's number.
    """
    access.need(by, "register.decide", at=at)
    known = _peeked(link_id, by=by, at=at)
    store.one_at_a_time(f"register:{known.agency_id}:{known.number_key}")
    whose = store.lock(PEOPLE, known.person_id)
    known = store.lock(REGISTER_LINKS, link_id, seen=seen)
    stood = person.is_known_by(whose, known.number)
    linked = register.link(
        known,
        is_elsewhere=_is_elsewhere(known, by=by, at=at),
        number_added=not stood,
        words=words,
        by=by.member_id,
        at=at,
    )
    numbered = [] if stood else [person.know_by(whose, known.number)]
    store.save([linked, *numbered], by=by, at=at)


@transaction
def keep_apart(*, link_id: UUID, words: str, by: Viewer, at: datetime, seen: int) -> None:
    """They are two people: nobody is asked about this entry and this record again."""
    access.need(by, "register.decide", at=at)
    _peeked(link_id, by=by, at=at)
    known = store.lock(REGISTER_LINKS, link_id, seen=seen)
    store.save([register.keep_apart(known, words=words, by=by.member_id, at=at)], by=by, at=at)


@transaction
def unlink(*, link_id: UUID, words: str, by: Viewer, at: datetime, seen: int) -> None:
    """They are two people after all: the record loses the number this link gave it, and nothing else."""
    access.need(by, "register.undo", at=at)
    known = _peeked(link_id, by=by, at=at)
    whose = store.lock(PEOPLE, known.person_id)
    known = store.lock(REGISTER_LINKS, link_id, seen=seen)
    undone = register.unlink(known, words=words, by=by.member_id, at=at)
    stands = known.number_added and person.is_known_by(whose, known.number)
    numbered = [person.know_no_more_by(whose, known.number)] if stands else []
    store.save([undone, *numbered], by=by, at=at)


def _peeked(link_id: UUID, *, by: Viewer, at: datetime) -> RegisterLink:
    """What is known of an entry. `Missing` where its person is restricted and not theirs to know of."""
    known = store.peek(REGISTER_LINKS, link_id)
    standing.need_not_restricted(known.person_id, by=by, at=at)
    return known


def _is_elsewhere(known: RegisterLink, *, by: Viewer, at: datetime) -> bool:
    """
    The number stands for another record already. Not told of a restricted one: the quality of records counts
    it for nobody, and whoever may see both finds them by the number.
    """
    others = store.find(
        REGISTER_LINKS, agency_id=known.agency_id, number_key=known.number_key, state=LINKED
    )
    return any(
        one.person_id != known.person_id and not standing.is_kept(one.person_id, by=by, at=at)
        for one in others
    )
