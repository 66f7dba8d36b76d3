"""The handovers of a referral: the names of both sides, how each was chased, and which files it has."""

import json
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef
from django.db.models.functions import JSONObject

from nowrongdoor.data.agencies.models import Membership as MembershipRow
from nowrongdoor.data.attachments.models import Attachment as AttachmentRow
from nowrongdoor.data.handovers.facts import HANDOVERS
from nowrongdoor.data.handovers.models import Chase as ChaseRow
from nowrongdoor.data.handovers.models import Handover as HandoverRow
from nowrongdoor.kernel.live import sharing
from nowrongdoor.reading import stage_lines
from nowrongdoor.reading.clearing import cleared
from nowrongdoor.reading.columns import Cells, under
from nowrongdoor.reading.stage_lines import StageLine
from nowrongdoor.rules import answer_link
from nowrongdoor.rules.access import Element, Sight
from nowrongdoor.rules.handover import Handover


@dataclass(frozen=True)
class ChaseLine:
    """Once that the giver asked after the offer."""

    by_name: str
    how: str
    words: str
    chased_at: datetime


@dataclass(frozen=True)
class AttachmentLine:
    """A file that goes with the offer, without what is in it."""

    id: UUID
    name: str
    media_type: str
    size: int
    sha256: str


@dataclass(frozen=True)
class HandoverLine:
    """
    One handover of the referral, with the names of both sides and of the service it is for, where said;
    `chases` are oldest first.
    """

    handover: Handover
    giver_team: str
    giver_member: str
    receiver_team: str
    receiver_phone: str
    answered_by: str
    next_team: str
    service: str = ""
    chases: tuple[ChaseLine, ...] = ()
    attachments: tuple[AttachmentLine, ...] = ()
    stages: tuple[StageLine, ...] = ()
    receiver_signs_in: bool = True


@dataclass(frozen=True)
class WaitingOffer:
    """An offer that waits: whom to ring about it, how far it has come, how it was chased last, if at all."""

    receiver_team: str
    receiver_phone: str
    last_chase: ChaseLine | None
    stages: tuple[StageLine, ...] = ()


def of(referral_id: UUID, *, sight: Sight | None = None) -> tuple[HandoverLine, ...]:
    """
    Every handover of a referral in the order they were offered, as whoever has this sight of it may read
    it: without it, all of what was written. One statement.
    """
    rows = (
        HandoverRow.objects.filter(referral_id=referral_id)
        .annotate(
            chases=ArraySubquery(CHASES),
            files=ArraySubquery(FILES),
            stages=ArraySubquery(stage_lines.OF_HANDOVER),
            signs_in=Exists(WHO_SIGN_IN),
        )
        .order_by("offered_at", "hop")
        .values_list(*under(HANDOVERS), *NAMES, "chases", "files", "stages", "signs_in")
    )
    every = tuple(_line(Cells(values)) for values in rows)
    return every if sight is None else tuple(_as_seen(one, sight) for one in every)


def _as_seen(one: HandoverLine, sight: Sight) -> HandoverLine:
    """A letter tells the story and where somebody lives: it is there for who may read both."""
    if not sight.shows(Element.RESPONSE):
        one = replace(one, stages=())
    if sight.shows(Element.STORY) and sight.shows(Element.WHEREABOUTS):
        return replace(one, handover=cleared(HANDOVERS, one.handover, sight))
    tells = sight.shows(Element.STORY)
    chases = tuple(each if tells else replace(each, words="") for each in one.chases)
    one = one if tells else replace(one, service="")
    return replace(one, handover=cleared(HANDOVERS, one.handover, sight), chases=chases, attachments=())


def files_of(asked: HandoverLine, every: tuple[HandoverLine, ...]) -> tuple[AttachmentLine, ...]:
    """The files of an offer, and of the offers it follows: a return passes on everything that was said."""
    by_id = {one.handover.id: one for one in every}
    found = asked.attachments
    while asked.handover.after_id:
        asked = by_id[asked.handover.after_id]
        found = (*asked.attachments, *found)
    return found


def waiting(handover_ids: list[UUID]) -> dict[UUID, WaitingOffer]:
    """Of these offers, each that waits for its answer. One statement, or none for none."""
    return sharing.made(_waiting, tuple(handover_ids)) if handover_ids else {}


def _waiting(handover_ids: tuple[UUID, ...]) -> dict[UUID, WaitingOffer]:
    return {
        key: WaitingOffer(
            team,
            phone,
            _chase(json.loads(chase)) if chase else None,
            tuple(stage_lines.line(one) for one in json.loads(stages or "[]")),
        )
        for key, team, phone, chase, stages in sharing.asked(WAITING, {"offers": list(handover_ids)})
    }


# In words of its own, for screens that are made again with every act ask it more often than anything else.
WAITING = """
    SELECT h.id, t.name, t.phone,
        (SELECT jsonb_build_object('by', m.name, 'how', c.how, 'words', c.words, 'at', c.chased_at)
           FROM handovers_chase c JOIN agencies_member m ON m.id = c.chased_by_id
          WHERE c.handover_id = h.id ORDER BY c.chased_at DESC, c.id DESC LIMIT 1)::text,
        (SELECT jsonb_agg(jsonb_build_object(
                'kind', s.kind, 'standard', s.standard, 'started_at', s.started_at, 'due_at', s.due_at,
                'reached_at', s.reached_at, 'by', m.name, 'how', s.how) ORDER BY s.started_at, s.id)
           FROM stages_stage s LEFT JOIN agencies_member m ON m.id = s.reached_by_id
          WHERE s.handover_id = h.id)::text
    FROM handovers_handover h JOIN agencies_team t ON t.id = h.receiver_team_id
    WHERE h.id = ANY(%(offers)s) AND h.state = 'offered'
"""


def _line(cells: Cells) -> HandoverLine:
    offered = cells.facts(HANDOVERS)
    names = [cells.take() or "" for _ in NAMES]
    chases, files, stages, signs_in = cells.take(), cells.take(), cells.take(), cells.take()
    return HandoverLine(
        offered,
        *names,
        tuple(_chase(one) for one in chases),
        tuple(_file(one) for one in files),
        tuple(stage_lines.line(one) for one in stages),
        signs_in,
    )


def _chase(found: dict[str, Any]) -> ChaseLine:
    return ChaseLine(found["by"], found["how"], found["words"], datetime.fromisoformat(found["at"]))


def _file(found: dict[str, Any]) -> AttachmentLine:
    return AttachmentLine(
        UUID(found["id"]), found["name"], found["media_type"], found["size"], found["sha256"]
    )


NAMES = (
    "giver_team__name",
    "giver_member__name",
    "receiver_team__name",
    "receiver_team__phone",
    "answered_by__name",
    "next_team__name",
    "service__name",
)
CHASES = (
    ChaseRow.objects.filter(handover=OuterRef("pk"))
    .order_by("chased_at", "pk")
    .values(found=JSONObject(by="chased_by__name", how="how", words="words", at="chased_at"))
)
FILES = (
    AttachmentRow.objects.filter(handover=OuterRef("pk"))
    .order_by("name", "pk")
    .values(found=JSONObject(id="id", name="name", media_type="media_type", size="size", sha256="sha256"))
)
# Where nobody does, an offer stands on nobody's list: they answer by a link, or by telephone.
WHO_SIGN_IN = MembershipRow.objects.filter(team=OuterRef("receiver_team"), until_at=None).exclude(
    role=answer_link.ROLE
)
