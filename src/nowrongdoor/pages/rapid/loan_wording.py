"""Loans in words: who is lent to whom, as what, and until when."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.nhsuk import code_words, wording
from nowrongdoor.reading.loans import LoanLine

Line = dict[str, object]


def line(one: LoanLine, *, viewer: Viewer, may_lend: bool, at: datetime) -> Line:
    """A loan as a line; to lend on is for a lead of the team that lends."""
    loan = one.loan
    assert loan.lent_until_at is not None, "what is listed is a loan"
    lends_on = may_lend and loan.lent_by_team_id == viewer.team_id and loan.member_id != viewer.member_id
    asked = f"?member={loan.member_id}&team={loan.team_id}&role={loan.role}"
    return {
        "key": loan.id,
        "seen": loan.version,
        "name": one.member_name,
        "job": one.job_title,
        "role": code_words.words_of("roles", loan.role, at=at),
        "to": f"{one.team_name}, {one.agency_name}",
        "by": f"{one.lender_name}, {one.lender_agency_name}",
        "lent_by": one.lent_by,
        "from": wording.local_when(loan.from_at, at=at),
        "until": wording.local_when(loan.lent_until_at, at=at),
        "is_over_time": one.is_over_time,
        "end_url": reverse("loan_end", args=[loan.id]) if one.may_end else "",
        "lend_on_url": f"{reverse('loan_lend')}{asked}" if lends_on else "",
    }


def parts(
    found: Iterable[LoanLine], *, viewer: Viewer, may_lend: bool, at: datetime
) -> dict[str, list[Line]]:
    """Lent to the viewer's team, by it, and the viewer's own where it is neither's."""
    shown: dict[str, list[Line]] = {"to_us": [], "by_us": [], "own": []}
    for one in found:
        to_us, by_us = one.loan.team_id == viewer.team_id, one.loan.lent_by_team_id == viewer.team_id
        part = "to_us" if to_us else "by_us" if by_us else "own"
        shown[part].append(line(one, viewer=viewer, may_lend=may_lend, at=at))
    return shown


def over_time(found: Iterable[LoanLine], *, at: datetime) -> list[Line]:
    """Those whose time has passed."""
    return [
        {
            "key": one.loan.id,
            "name": one.member_name,
            "to": one.team_name,
            "by": one.lender_name,
            "until": wording.local_when(one.loan.lent_until_at, at=at) if one.loan.lent_until_at else "",
        }
        for one in found
    ]
