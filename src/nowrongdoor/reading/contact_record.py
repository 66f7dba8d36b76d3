"""One contact: what was said, what came of it, what is still owed; and what is known of a number."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from nowrongdoor.data.contacts.facts import CONTACTS
from nowrongdoor.data.contacts.models import Contact as ContactRow
from nowrongdoor.data.people.facts import PEOPLE
from nowrongdoor.data.referrals.facts import REFERRALS
from nowrongdoor.data.referrals.models import Referral as ReferralRow
from nowrongdoor.data.services.facts import SERVICES
from nowrongdoor.data.services.models import Service as ServiceRow
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.reading import circle_of, holder_lines, owed
from nowrongdoor.reading.clearing import cleared, hidden
from nowrongdoor.reading.columns import Cells, under
from nowrongdoor.reading.holder_lines import HeldInTurn, HeldTime
from nowrongdoor.reading.owed import Owed
from nowrongdoor.reading.standing import Vantage
from nowrongdoor.rules.access import BLIND
from nowrongdoor.rules.change import Missing
from nowrongdoor.rules.contact import Contact
from nowrongdoor.rules.directory import Service
from nowrongdoor.rules.identifiers import phone_key
from nowrongdoor.rules.person import Person
from nowrongdoor.rules.referral import Referral

RECENT = timedelta(hours=24)


@dataclass(frozen=True)
class ReferralOf(HeldInTurn):
    """A referral that came from the contact, and who holds it now."""

    referral: Referral
    holds: tuple[HeldTime, ...]


@dataclass(frozen=True)
class ContactRecord:
    contact: Contact
    person: Person | None
    team_name: str
    member_name: str
    closed_by: str
    referrals: tuple[ReferralOf, ...]
    owed: tuple[Owed, ...]
    hidden: frozenset[str] = frozenset()
    """The columns of the contact that this viewer is not shown, written in or not."""


def of(contact_id: UUID, *, seen: Vantage) -> ContactRecord:
    """Everything the page of a contact shows, by four statements. Raises `Missing` when there is none."""
    columns = (*under(CONTACTS), *under(PEOPLE, "person"), "team__name", "member__name", "closed_by__name")
    values = ContactRow.objects.filter(pk=contact_id).values_list(*columns, circle_of.may_ring()).first()
    if values is None:
        raise Missing(CONTACTS.name)
    cells = Cells(values)
    contact, person = replace(cells.facts(CONTACTS), safe_to_call=values[-1]), cells.facts_if_any(PEOPLE)
    sight = seen.of_item(contact_id=contact_id)
    return ContactRecord(
        cleared(CONTACTS, contact, sight),
        cleared(PEOPLE, person, sight) if person else None,
        *(cells.take() or "" for _ in range(3)),
        _referrals(contact_id, seen),
        owed.as_seen(owed.of_contact(contact_id), sight),
        frozenset(hidden(CONTACTS, sight)),
    )


def recorded(contact_id: UUID) -> Contact | None:
    """The contact alone, for telling a form sent twice from a form changed after it was sent."""
    values = ContactRow.objects.filter(pk=contact_id).values_list(*CONTACTS.columns).first()
    return CONTACTS.of(values) if values else None


def lately_from(number: str, *, viewer: Viewer, at: datetime) -> tuple[Contact, ...]:
    """This team's contacts of the last day from the same number, latest first."""
    wanted = phone_key(number)
    if len(wanted) < 6:
        return ()
    rows = (
        ContactRow.objects.filter(team_id=viewer.team_id, received_at__gt=at - RECENT)
        .exclude(callback_number="")
        .order_by("-received_at")
        .values_list(*CONTACTS.columns)
    )
    lately = (CONTACTS.of(values) for values in rows)
    return tuple(one for one in lately if phone_key(one.callback_number) == wanted)[:5]


def services_for(needs: tuple[str, ...], *, most: int = 3) -> tuple[Service, ...]:
    """Services of the directory for these needs, those that meet most of them first."""
    if not needs:
        return ()
    of_the_place = ServiceRow.objects.filter(needs__overlap=list(needs), agency__isnull=False)
    rows = of_the_place.values_list(*SERVICES.columns)
    found = [SERVICES.of(values) for values in rows]
    wanted = set(needs)
    return tuple(sorted(found, key=lambda one: (-len(wanted & set(one.needs)), one.name))[:most])


def _referrals(contact_id: UUID, seen: Vantage) -> tuple[ReferralOf, ...]:
    rows = ReferralRow.objects.filter(contact_id=contact_id).order_by("received_at")
    found = [REFERRALS.of(values) for values in rows.values_list(*REFERRALS.columns)]
    lines = holder_lines.of(one.id for one in found)
    return tuple(
        ReferralOf(cleared(REFERRALS, one, seen.sight), holder_lines.as_seen(lines[one.id], seen.sight))
        for one in found
        if not seen.is_sealed(referral_id=one.id) or seen.of_item(referral_id=one.id) is not BLIND
    )
