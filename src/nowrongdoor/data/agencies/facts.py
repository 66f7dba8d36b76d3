"""Where agencies, teams and members are stored."""

from nowrongdoor.data.agencies.models import Agency as AgencyRow
from nowrongdoor.data.agencies.models import Member as MemberRow
from nowrongdoor.data.agencies.models import Membership as MembershipRow
from nowrongdoor.data.agencies.models import Team as TeamRow
from nowrongdoor.kernel.tables import Table
from nowrongdoor.rules.agency import Agency, Member, Membership, Team

AGENCIES = Table(AgencyRow, Agency, rank=1)
TEAMS = Table(TeamRow, Team, rank=2)
MEMBERS = Table(MemberRow, Member, rank=3)
MEMBERSHIPS = Table(MembershipRow, Membership, rank=4)
