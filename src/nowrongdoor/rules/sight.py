"""
What there is to know before anything is shown: who asks, how they stand to a person, what is kept from whom;
and what they then see. `rules.access` decides.
"""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from nowrongdoor.rules.law.seeing import NOTHING
from nowrongdoor.rules.participation import Participation


@dataclass(frozen=True)
class Viewer:
    """
    A member at work: names are carried so that no page must ask for them again.

    `purpose` is why they look; empty stands for the usual purpose of their role. `lent_by_agency_id` is the
    agency that lends them to this team, where it is another than the team's.
    """

    member_id: UUID
    member_name: str
    role: str
    team_id: UUID
    team_name: str
    agency_id: UUID
    agency_name: str = ""
    purpose: str = ""
    lent_by_agency_id: UUID | None = None


class Relationship(StrEnum):
    """What ties a viewer to a person, the closest first."""

    HELD = "held"
    OFFERED = "offered"
    PARTICIPATING = "participating"
    TOLD_TO_KEEP_SAFE = "told_to_keep_safe"
    SHARED = "shared"
    BROKE_GLASS = "broke_glass"
    CLAIMED = "claimed"
    LATELY = "lately"
    NONE = "none"


class Element(StrEnum):
    """A kind of thing a record tells; a role sees some of them."""

    ANSWERABLE = "answerable"
    RESPONSE = "response"
    STORY = "story"
    IDENTITY = "identity"
    WHEREABOUTS = "whereabouts"
    ACCESS = "access"


@dataclass(frozen=True)
class Sealed:
    """
    Something kept from all but those who take part in it: a referral, a contact, or all of a person.
    `against_…` names the agency or the one member from whom somebody has to be kept safe, where one is known.
    """

    person_id: UUID | None
    referral_id: UUID | None
    contact_id: UUID | None
    against_agency_id: UUID | None = None
    against_member_id: UUID | None = None

    @property
    def is_restriction(self) -> bool:
        """The whole person is restricted: where they are, and that they are known here at all."""
        return self.referral_id is None and self.contact_id is None


@dataclass(frozen=True)
class Standing:
    """
    What there is to know of a viewer and a person before anything is shown.

    `parts` are those of the viewer's agency, and the viewer's own, in this person's care or in the one
    item that was asked for; `seals` are those that stand now.
    """

    parts: tuple[Participation, ...]
    seals: tuple[Sealed, ...] = ()

    @property
    def is_restricted(self) -> bool:
        return any(one.is_restriction for one in self.seals)


@dataclass(frozen=True)
class Sight:
    """What a viewer may see of a person, and by which tie. Empty `elements` show nothing."""

    relationship: Relationship
    elements: frozenset[str]
    purpose: str

    def shows(self, element: str) -> bool:
        return element in self.elements


PLACE = frozenset({Element.WHEREABOUTS.value})
BLIND = Sight(Relationship.NONE, NOTHING, "")
