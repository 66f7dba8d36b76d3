"""What the invented place holds that a page can be shown with, and which team sits before it."""

from __future__ import annotations

from typing import Any

from tests.browser.given import CENTRE
from tests.browser.rows import Rows


class Found:
    """What the invented place holds: the latest row of each kind, looked up once."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        self.kept: dict[str, Any] = {}

    def latest(self, statement: str) -> Any:
        if statement not in self.kept:
            found = self.rows.all(f"{statement} LIMIT 1")
            assert found, f"the invented place has none: {statement}"
            self.kept[statement] = found[0]
        return self.kept[statement]

    def handover(self, state: str) -> Any:
        return self.latest(
            f"""SELECT h.id, h.referral_id, g.name AS giver, r.name AS receiver FROM handovers_handover h
                JOIN agencies_team g ON g.id = h.giver_team_id
                JOIN agencies_team r ON r.id = h.receiver_team_id
                WHERE h.state = '{state}' AND g.name = '{CENTRE}' AND r.closed_at IS NULL
                ORDER BY h.offered_at DESC"""
        )

    def referral(self, state: str, *, also: str = "") -> Any:
        return self.latest(
            f"""SELECT r.id, r.person_id, t.name AS team FROM referrals_referral r
                LEFT JOIN holdings_holding h ON h.referral_id = r.id AND h.until_at IS NULL
                LEFT JOIN agencies_team t ON t.id = h.team_id
                WHERE r.state = '{state}' {also} ORDER BY r.received_at DESC, r.id"""
        )

    def person(self) -> Any:
        """Someone with something open and much behind them."""
        return self.latest(
            """SELECT p.id, p.family_name, p.given_names, p.born_on FROM people_person p
               JOIN journal_entry j ON j.person_id = p.id
               WHERE p.born_on IS NOT NULL AND p.family_name <> '' AND EXISTS (
                 SELECT FROM referrals_referral r WHERE r.person_id = p.id AND r.state <> 'closed')
               GROUP BY p.id ORDER BY count(*) DESC"""
        )

    def unsealed(self, *, known_to: str, unknown_to: str) -> Any:
        """
        Such a person nothing of whom is sealed: what is sealed is not told by sharing it. The one team has
        a part in their care now, and the agency of the other never had any.
        """
        return self.rows.one(
            """SELECT p.id FROM people_person p JOIN journal_entry j ON j.person_id = p.id
               WHERE p.born_on IS NOT NULL AND p.family_name <> '' AND EXISTS (
                 SELECT FROM participations_participation a JOIN agencies_team t ON t.id = a.team_id
                 WHERE a.person_id = p.id AND a.until_at IS NULL AND t.name = %(known_to)s)
               AND NOT EXISTS (
                 SELECT FROM sharing_seal s WHERE s.person_id = p.id AND s.lifted_at IS NULL)
               AND NOT EXISTS (
                 SELECT FROM participations_participation a JOIN agencies_team t ON t.agency_id = a.agency_id
                 WHERE a.person_id = p.id AND t.name = %(unknown_to)s)
               GROUP BY p.id ORDER BY count(*) DESC, p.id LIMIT 1""",
            known_to=known_to,
            unknown_to=unknown_to,
        )

    def newcomer(self) -> Any:
        """Someone nobody has done anything for yet: fewest entries."""
        return self.latest(
            """SELECT p.id FROM people_person p LEFT JOIN journal_entry j ON j.person_id = p.id
               GROUP BY p.id ORDER BY count(*)"""
        )

    def promise(self) -> Any:
        return self.latest(
            f"""SELECT d.id, d.contact_id FROM promises_promise d
                JOIN agencies_team t ON t.id = d.owner_team_id
                WHERE d.state = 'open' AND d.contact_id IS NOT NULL AND t.name = '{CENTRE}'
                ORDER BY d.due_at"""
        )

    def waits(self) -> Any:
        """What somebody wrote and nobody else has read yet, and the team it waits in."""
        return self.latest(
            """SELECT d.id, d.person_id, t.name AS team FROM promises_promise d
               JOIN agencies_team t ON t.id = d.owner_team_id
               WHERE d.state = 'open' AND d.kind = 'second_reading' ORDER BY d.due_at DESC"""
        )

    def visit(self, state: str) -> Any:
        """An open visit that is so far, and the team whose crews go."""
        return self.latest(
            f"""SELECT v.id, v.referral_id, t.name AS team FROM visits_visit v
                JOIN agencies_team t ON t.id = v.team_id WHERE v.state = '{state}' ORDER BY v.due_at, v.id"""
        )

    def re_homed(self) -> Any:
        """A referral that came to a team because its holder was gone, and that nobody has accepted yet."""
        return self.latest(
            """SELECT h.referral_id, t.name AS team FROM holdings_holding h
               JOIN holdings_rehoming m ON m.id = h.re_homing_id AND m.accepted_at IS NULL
               JOIN agencies_team t ON t.id = h.team_id
               WHERE h.until_at IS NULL AND NOT EXISTS (
                 SELECT FROM handovers_handover o WHERE o.referral_id = h.referral_id AND o.state = 'offered')
               ORDER BY h.from_at DESC, h.id"""
        )

    def asked_police(self) -> Any:
        """An open referral of which it was decided with the police, and nobody disagreed or saw."""
        return self.latest(
            """SELECT r.id, t.name AS team FROM police_policedecision d
               JOIN referrals_referral r ON r.id = d.referral_id AND r.state <> 'closed'
               JOIN holdings_holding h ON h.referral_id = r.id AND h.until_at IS NULL
               JOIN agencies_team t ON t.id = h.team_id
               WHERE d.seen_at IS NULL AND d.disputed_at IS NULL AND NOT EXISTS (
                 SELECT FROM police_policedecision l WHERE l.follows_id = d.id)
               ORDER BY d.decided_at DESC, d.id"""
        )

    def member(self, team: str) -> Any:
        """Someone who works for a team."""
        return self.latest(
            f"""SELECT s.member_id AS id FROM agencies_membership s JOIN agencies_team t ON t.id = s.team_id
                WHERE t.name = '{team}' AND s.until_at IS NULL ORDER BY s.role = 'team_lead', s.id"""
        )

    def stranger(self) -> Any:
        """Someone whose name and birth date are theirs alone."""
        return self.latest(
            """SELECT p.id, p.family_name, p.given_names, p.born_on FROM people_person p
               WHERE p.born_on IS NOT NULL AND p.family_name <> '' AND p.given_names <> '' AND NOT EXISTS (
                 SELECT FROM people_person o WHERE o.id <> p.id AND o.born_on = p.born_on)
               ORDER BY p.id"""
        )

    def review(self, *, decided: bool) -> Any:
        """Glass that was broken and is to be looked into, or was."""
        return self.latest(
            f"""SELECT id FROM sharing_review WHERE kind = 'break_glass'
                AND decided_at IS {"NOT NULL" if decided else "NULL"} ORDER BY due_at, id"""
        )

    def pair(self) -> Any:
        """Two records that may be one person's, and nobody has decided about."""
        return self.latest("SELECT id FROM merges_merge WHERE state = 'proposed' ORDER BY bits DESC, id")

    def entry(self) -> Any:
        """An entry of a partner's register that nobody has decided about."""
        return self.latest(
            "SELECT id FROM registers_registerlink WHERE state = 'proposed' ORDER BY bits DESC, id"
        )

    def glass_on_held(self) -> Any:
        """Such glass, of somebody who is held, and the team that holds them."""
        return self.latest(
            """SELECT v.id, t.name AS team FROM sharing_review v
               JOIN referrals_referral r ON r.person_id = v.person_id
               JOIN holdings_holding h ON h.referral_id = r.id AND h.until_at IS NULL
               JOIN agencies_team t ON t.id = h.team_id AND t.closed_at IS NULL
               WHERE v.kind = 'break_glass' AND v.decided_at IS NULL ORDER BY v.due_at, v.id"""
        )

    def shared(self) -> Any:
        """A decision to share that stands, made without an offer, and the team that made it."""
        return self.latest(
            """SELECT d.id, d.person_id, t.name AS team FROM sharing_sharingdecision d
               JOIN agencies_team t ON t.id = d.by_team_id
               WHERE d.withdrawn_at IS NULL AND d.handover_id IS NULL AND d.person_id IS NOT NULL
               ORDER BY d.decided_at DESC"""
        )

    def told_of(self) -> Any:
        """Somebody of whom it was said how to speak with them, and the team that wrote it down."""
        return self.latest(
            """SELECT a.person_id, t.name AS team FROM people_aboutanswer a
               JOIN agencies_team t ON t.id = a.team_id
               WHERE a.heading = 'interpreter' ORDER BY a.written_at DESC, a.id"""
        )

    def not_to_contact(self) -> Any:
        """Somebody whom a person does not want contacted, and the team that wrote it down."""
        return self.latest(
            """SELECT k.id, k.person_id, t.name AS team FROM people_incircle k
               JOIN agencies_team t ON t.id = k.team_id
               WHERE k.contact = 'never' AND k.withdrawn_at IS NULL ORDER BY k.entered_at DESC, k.id"""
        )

    def permitted(self) -> Any:
        """What a carer may read now, and the team that wrote it down."""
        return self.latest(
            """SELECT p.id, p.person_id, t.name AS team FROM sharing_permission p
               JOIN agencies_team t ON t.id = p.team_id
               WHERE p.withdrawn_at IS NULL ORDER BY p.given_at DESC"""
        )

    def sealed(self) -> Any:
        """A referral that is sealed, and the team that sealed it."""
        return self.latest(
            """SELECT s.id, s.person_id, t.name AS team FROM sharing_seal s
               JOIN agencies_team t ON t.id = s.team_id
               WHERE s.lifted_at IS NULL AND s.referral_id IS NOT NULL ORDER BY s.sealed_at DESC"""
        )

    def contact(self) -> Any:
        """A contact about somebody, from which something was referred."""
        return self.latest(
            """SELECT c.id FROM contacts_contact c JOIN referrals_referral r ON r.contact_id = c.id
               WHERE c.person_id IS NOT NULL ORDER BY c.received_at DESC"""
        )


def referral(found: Found) -> str:
    return f"/referrals/{found.handover('offered').referral_id}"


def offered(found: Found) -> str:
    return f"/handovers/{found.handover('offered').id}"


def asked(found: Found) -> str:
    """The team that has an offer to answer."""
    return found.handover("offered").receiver


def new(found: Found) -> str:
    return f"/triage/{found.referral('new', also=f'AND t.name = {CENTRE!r} AND r.person_id IS NOT NULL').id}"


def held(found: Found) -> Any:
    """A referral that a team has accepted and could hand on or close."""
    return found.referral(
        "accepted",
        also="""AND t.closed_at IS NULL AND NOT EXISTS (
            SELECT FROM handovers_handover o WHERE o.referral_id = r.id AND o.state = 'offered')""",
    )


def holder(found: Found) -> str:
    return held(found).team


def re_homed(found: Found) -> str:
    return f"/referrals/{found.re_homed().referral_id}"


def opened_by_others(found: Found) -> str:
    """A team that holds somebody whose record was opened by breaking the glass, not reviewed yet."""
    return found.glass_on_held().team


def waits(found: Found) -> str:
    """The team in which something waits for a second reader."""
    return found.waits().team


def successor(found: Found) -> str:
    """The team that holds by a re-homing it has not accepted."""
    return found.re_homed().team
