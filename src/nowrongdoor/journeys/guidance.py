"""Guidance a place owns: uploaded, circulated, appraised by partners, compared, put live, set aside."""

from datetime import date, datetime
from uuid import UUID

from nowrongdoor.data.guidance.facts import APPRAISALS, VERSIONS
from nowrongdoor.journeys import records
from nowrongdoor.kernel import store
from nowrongdoor.kernel.transactions import transaction
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.rules import access, guidance_versions, local_guidance, replaying
from nowrongdoor.rules.change import AlreadyRecorded
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.response_advice import GUIDANCE


@transaction
def upload(
    *,
    version_id: UUID,
    whole_place: bool,
    written_with: str,
    lived_experience: bool,
    why: str,
    text: str,
    by: Viewer,
    at: datetime,
) -> None:
    """A draft from any tool for the open standard is there to be looked at; what stands is not touched."""
    access.need(by, "guidance.upload", at=at)
    records.own_team(by)
    if store.find(VERSIONS, id=version_id):
        raise AlreadyRecorded(version_id)
    model = local_guidance.accepted(text, at=at)
    step = guidance_versions.upload(
        version_id=version_id,
        name=GUIDANCE,
        agency_id=None if whole_place else by.agency_id,
        author_agency_id=by.agency_id,
        written_with=written_with,
        lived_experience=lived_experience,
        why=why,
        text=text,
        model_version=model.version,
        by=by.member_id,
        at=at,
    )
    store.save([step], by=by, at=at)


@transaction
def circulate(*, version_id: UUID, by: Viewer, at: datetime, seen: int) -> None:
    """Partners are asked to look at a draft that the checks find nothing wrong with."""
    access.need(by, "guidance.upload", at=at)
    one = store.lock(VERSIONS, version_id, seen=seen)
    problems = local_guidance.problems(local_guidance.read_again(one.text), at=at)
    store.save([guidance_versions.circulate(one, problems=problems)], by=by, at=at)


@transaction
def appraise(
    *,
    version_id: UUID,
    appraisal_id: UUID,
    agrees: bool,
    words: str,
    by: Viewer,
    at: datetime,
    seen: int,
) -> None:
    """A partner says that they agree, or not yet and why."""
    access.need(by, "guidance.appraise", at=at)
    one = store.lock(VERSIONS, version_id, seen=seen)
    steps = guidance_versions.appraise(
        one,
        earlier=store.find(APPRAISALS, guidance_version_id=version_id),
        appraisal_id=appraisal_id,
        agency_id=by.agency_id,
        agrees=agrees,
        words=words,
        by=by.member_id,
        at=at,
    )
    store.save(steps, by=by, at=at)


@transaction
def compare(*, version_id: UUID, by: Viewer, at: datetime, seen: int) -> None:
    """What it answers otherwise than the version that stands, of every kind of case, is kept."""
    access.need(by, "guidance.upload", at=at)
    one = store.lock(VERSIONS, version_id, seen=seen)
    stands = local_guidance.stands(
        store.find(VERSIONS, name=one.name), agency_id=one.agency_id, on=local_date(at)
    )
    found = replaying.difference(local_guidance.read_again(one.text), stands.model, at=at)
    step = guidance_versions.compare(one, compared=found, with_version=stands.model.version, at=at)
    store.save([step], by=by, at=at)


@transaction
def put_live(*, version_id: UUID, live_from: date | None, by: Viewer, at: datetime, seen: int) -> None:
    """It stands from a day on; what stands now stays on record, and stands until then."""
    access.need(by, "guidance.put_live", at=at)
    one = store.lock(VERSIONS, version_id, seen=seen)
    local_guidance.read_again(one.text)
    stands = local_guidance.stands(
        store.find(VERSIONS, name=one.name), agency_id=one.agency_id, on=local_date(at)
    )
    step = guidance_versions.put_live(
        one, live_from=live_from, stands_now=stands.model.version, by=by.member_id, at=at
    )
    store.save([step], by=by, at=at)


@transaction
def set_aside(*, version_id: UUID, words: str, by: Viewer, at: datetime, seen: int) -> None:
    """It is not to stand, or stands no more from today: what stood before stands again."""
    access.need(by, "guidance.put_live", at=at)
    one = store.lock(VERSIONS, version_id, seen=seen)
    store.save([guidance_versions.set_aside(one, words=words, at=at)], by=by, at=at)
