"""Where decisions to share, seals, openings, reviews and agreements are stored."""

from nowrongdoor.data.sharing.models import Agreement as AgreementRow
from nowrongdoor.data.sharing.models import Opening as OpeningRow
from nowrongdoor.data.sharing.models import Permission as PermissionRow
from nowrongdoor.data.sharing.models import Review as ReviewRow
from nowrongdoor.data.sharing.models import Seal as SealRow
from nowrongdoor.data.sharing.models import SharingDecision as DecisionRow
from nowrongdoor.kernel.tables import Table
from nowrongdoor.rules.agreement import Agreement
from nowrongdoor.rules.opening import Opening
from nowrongdoor.rules.permission import Permission
from nowrongdoor.rules.review import Review
from nowrongdoor.rules.sealing import Seal
from nowrongdoor.rules.sharing import SharingDecision

ALREADY = ("This is sealed already.", "sealed_already", "")
AGREEMENTS = Table(AgreementRow, Agreement, rank=80)
DECISIONS = Table(DecisionRow, SharingDecision, rank=81, person="person_id", referral="referral_id")
SEALS = Table(
    SealRow,
    Seal,
    rank=82,
    person="person_id",
    referral="referral_id",
    refusals={
        "seal_one_restriction_a_person": ALREADY,
        "seal_one_a_referral": ALREADY,
        "seal_one_a_contact": ALREADY,
    },
)
OPENINGS = Table(OpeningRow, Opening, rank=83, person="person_id")
PERMISSIONS = Table(PermissionRow, Permission, rank=85, person="person_id")
REVIEWS = Table(ReviewRow, Review, rank=84, person="person_id")
