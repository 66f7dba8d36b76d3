"""
The second wall, over a filled place: what nwd_reader is shown, and the traps of row-level security, each with
its control. Designed in docs/adr/0018-a-second-wall.md.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import psycopg
import pytest
from django.apps import apps
from psycopg import sql

from nowrongdoor.console import copying, counting
from nowrongdoor.kernel import classes, wall
from nowrongdoor.kernel.classes import Sensitivity
from tests import databases

ROOT = Path(__file__).parents[2]
# What stands behind the wall, and what the guide for administrators calls it.
NAMED = {
    "participations_participation": "a part",
    "contacts_contact": "contacts",
    "contacts_signpost": "signposts",
    "promises_promise": "promises",
    "promises_escalation": "escalations",
    "promises_talk": "calls just to talk",
    "clocks_clock": "clocks",
    "clocks_climb": "climbed",
    "clocks_reply": "replies",
    "attachments_attachment": "files",
    "referrals_referral": "referrals",
    "handovers_handover": "handovers",
    "handovers_chase": "chases",
    "handovers_answerlink": "links",
    "stages_stage": "stages",
    "stages_carecontact": "care contacts",
    "stages_statutoryclock": "statutory clocks",
    "police_policedecision": "decisions with the police",
    "guidance_advice": "what guidance advised",
    "police_policereview": "reviews of disagreements",
    "police_policepath": "paths",
    "visits_visit": "visits",
    "messages_message": "messages",
    "guidance_secondrating": "second looks",
    "holdings_rehoming": "re-homings",
    "sharing_sharingdecision": "sharing",
    "sharing_opening": "openings",
    "sharing_permission": "what a carer may read",
    "people_aboutanswer": "what was said about somebody",
    "people_incircle": "who matters to them",
    "sharing_review": "Reviews",
    "journal_entry": "the journal",
}
PROTECTED = set(NAMED)
# What the reader may read whole, and why. `rules.access` alone stands before these.
OPEN = {
    "people_person": "a person is looked for before anyone has a part in their care",
    "registers_registerlink": "what a partner says of a person who is looked for, as their own record is",
    "registers_registerreading": "about nobody",
    "merges_merge": "which records are one person's and how they agree, with none of what they say",
    "holdings_holding": "who answers for a person is for everyone who may know of them",
    "sharing_agreement": "between agencies: about nobody",
    "guidance_version": "about nobody",
    "guidance_appraisal": "about nobody",
    "access_log_look": "a person is told who of every agency looked",
    "drafts_draft": "a member's own, at whichever agency they work",
    "attachments_keptfile": "with the draft",
    "agencies_agency": "about nobody in care",
    "agencies_team": "about nobody in care",
    "agencies_member": "about nobody in care",
    "agencies_membership": "about nobody in care",
    "services_service": "about nobody",
    "services_capacity": "about nobody",
    "services_placeslink": "about nobody",
    "services_suggestion": "about nobody in care: what an entry of the directory should say",
    "services_sitting": "about nobody: what was looked for, without who or for whom",
    "rota_duty": "about nobody in care",
    "visits_crew": "about nobody in care",
    "visits_seat": "about nobody in care",
    "visits_skill": "about nobody in care",
    "visits_going": "about nobody in care: who is out when, and a visit that is behind the wall",
    "clocks_sweep": "about nobody",
}
# What the reader may read some columns of: a seal that were hidden would hide nothing; its words tell why.
PARTLY_OPEN = {"sharing_seal": "id person_id referral_id contact_id lifted_at"}
# Views that pass the wall, each with all that it hands out: what all may know, and that a seal stands.
HANDED_OUT = {
    "board_referral": "id state standard received_at reopened_at due_at closed_at is_kept",
    "board_handover": "id referral_id holding_id receiver_team_id state offered_at answer_by hop",
}
# Functions that pass the wall, and why. Triggers answer nobody.
DEFINERS = {
    "parts_in_care_of": "who else has a part, for whoever has one",
    "may_ring": "that a number is of somebody the person does not want contacted, and nothing more",
    "seals_in_care_of": "what is sealed and why, for whoever has a part",
    "seal_is_against": "whether a seal is against the agency that asks, or one member, and nothing more",
    "quality_of_records": "how many records of each agency lack what: numbers alone",
    "police_calls": "how each call to the police was answered and what is recorded since: lines of nobody",
    "police_split": "whether the police attended, by one group at a time: rounded counts, none small",
    "visits_reported": "how each visit of a time went: lines of nobody",
    "holding_counted": "how each team holds people, and for how long nobody did: numbers alone",
    "returns_counted": "how many offers were returned, by one thing each: numbers alone",
    "endings_counted": "how many referrals ended how: numbers alone",
    "endings_by_service": "how they ended, by the team that held or the service told of: numbers alone",
    "answers_by_reason": "how often each team said yes or no lately, and why: numbers alone",
    "answers_counted": "what each team answered and was answered: numbers alone",
    "answers_by_service": "the same for each service a team was asked for: numbers alone",
    "vignettes_counted": "how often each response time was given to each invented case: numbers alone",
    "vignettes_rated_by": "what one member said of invented cases, for themself",
    "glass_not_reviewed": "that broken glass waits for its review, for whoever has a part",
}
FILL = """
import django; django.setup()
from nowrongdoor.console import demo_place, filling
filling.migrate()
demo_place.fill(people=25, progress=lambda done, of: None)
from tests.trust.test_wall import break_glass_of_led, send_something
send_something()
break_glass_of_led()
"""


def break_glass_of_led() -> None:
    """By somebody whose agency has a governance lead: that review is shown to no other agency."""
    from datetime import UTC, datetime
    from uuid import uuid4

    from nowrongdoor.data.agencies.models import Membership
    from nowrongdoor.data.people.models import Person
    from nowrongdoor.journeys import openings
    from nowrongdoor.reading import viewers

    led = Membership.objects.filter(role="governance_lead", until_at=None).values("team__agency")
    of = Membership.objects.filter(role="triage_clinician", until_at=None, team__agency__in=led)
    by = viewers.at_work(membership_id=of.order_by("id")[0].pk)
    openings.break_glass(
        opening_id=uuid4(), review_id=uuid4(), person_id=Person.objects.order_by("id")[0].pk,
        reason="danger_now", words="She rang from a bridge.", by=by, at=datetime.now(UTC),
    )  # fmt: skip


def send_something() -> None:
    """A message to each of some people and about each of some referrals; and one to a service."""
    from datetime import UTC, datetime
    from uuid import uuid4

    from nowrongdoor.data.people.facts import PEOPLE
    from nowrongdoor.data.referrals.facts import REFERRALS
    from nowrongdoor.data.services.facts import SERVICES
    from nowrongdoor.kernel import outbox, store
    from nowrongdoor.kernel.transactions import transaction
    from nowrongdoor.reading import viewers
    from nowrongdoor.rules.message import promised

    at = datetime.now(UTC)
    by = viewers.at_work(membership_id=next(iter(viewers.personas(at=at))).membership_id)
    people = [(one.id, None, None) for one in store.find(PEOPLE)[:20]]
    referrals = [(one.person_id, one.id, None) for one in store.find(REFERRALS)[:20] if one.person_id]

    @transaction
    def promise(person_id, referral_id, service_id, *, by, at):
        about = {"person_id": person_id, "referral_id": referral_id, "service_id": service_id}
        given = {"key": uuid4(), "team_id": by.team_id, "by": by.member_id, "at": at}
        outbox.promise(promised("leaflet", "text", "Words", **about, **given), by=by, at=at)

    for about in (*people, *referrals, (None, None, store.find(SERVICES)[0].id)):
        promise(*about, by=by, at=at)


@pytest.fixture(scope="module")
def place() -> Iterator[dict[str, str]]:
    """The addresses of a filled place, by role."""
    addresses = {"app": "DATABASE_URL", "reader": "DATABASE_READER_URL", "owner": "DATABASE_OWNER_URL"}
    name = databases.make(os.environ["DATABASE_OWNER_URL"], suffix="_wall", with_tables=True)
    urls = {role: databases.elsewhere(os.environ[named], name) for role, named in addresses.items()}
    settings = os.environ | {named: urls[role] for role, named in addresses.items()}
    settings |= {"NWD_DEMO": "1", "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    settings["NWD_SECRET_KEY"] = "x" * 50
    settings["DJANGO_SETTINGS_MODULE"] = "nowrongdoor.site.settings"
    settings.pop("NWD_TEST", None)
    try:
        subprocess.run([sys.executable, "-c", FILL], env=settings, check=True, timeout=180)
        yield urls
    finally:
        databases.remove(os.environ["DATABASE_OWNER_URL"], name)


@pytest.fixture
def reader(place: dict[str, str]) -> Iterator[psycopg.Connection]:
    with psycopg.connect(place["reader"]) as connection:
        yield connection
        connection.rollback()


@pytest.fixture
def app(place: dict[str, str]) -> Iterator[psycopg.Connection]:
    with psycopg.connect(place["app"]) as connection:
        yield connection
        connection.rollback()


@pytest.fixture
def owner(place: dict[str, str]) -> Iterator[psycopg.Connection]:
    with psycopg.connect(place["owner"], autocommit=True) as connection:
        yield connection


@pytest.fixture(scope="module")
def agencies(place: dict[str, str]) -> list[UUID]:
    with psycopg.connect(place["owner"]) as connection:
        return [key for (key,) in connection.execute("SELECT id FROM agencies_agency ORDER BY name")]


def as_agency(reader: psycopg.Connection, agency: object) -> psycopg.Connection:
    reader.execute("SELECT set_config('app.agency', %s, true)", [str(agency)])
    return reader


def count(connection: psycopg.Connection, table: str) -> int:
    ((found,),) = connection.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table)))
    return found


def keys(connection: psycopg.Connection, table: str) -> set[UUID]:
    return {key for (key,) in connection.execute(sql.SQL("SELECT id FROM {}").format(sql.Identifier(table)))}


class Ties:
    """Whom an agency has a part in, worked out from all rows in another way than the policies do."""

    def __init__(self, owner: psycopg.Connection, agency: UUID) -> None:
        def rows(statement: str) -> list[tuple]:
            return owner.execute(statement).fetchall()

        parts = rows("SELECT agency_id, person_id, referral_id, contact_id FROM participations_participation")
        mine = [part for part in parts if part[0] == agency]
        self.people, own_referrals, own_contacts = ({part[at] for part in mine} - {None} for at in (1, 2, 3))
        referrals = rows("SELECT id, person_id, contact_id FROM referrals_referral")
        self.referrals = own_referrals | {key for key, person, _ in referrals if person in self.people}
        came_of = {contact for key, _, contact in referrals if key in own_referrals}
        contacts = rows("SELECT id, person_id FROM contacts_contact")
        of_people = {key for key, person in contacts if person in self.people}
        self.contacts = (own_contacts | of_people | came_of) & {key for key, _ in contacts}
        leads = "SELECT t.agency_id FROM agencies_membership m JOIN agencies_team t ON t.id = m.team_id"
        led = {key for (key,) in rows(f"{leads} WHERE m.role = 'governance_lead' AND m.until_at IS NULL")}
        self.unled = {team for team, of in rows("SELECT id, agency_id FROM agencies_team") if of not in led}
        promises = rows("SELECT id, person_id, referral_id, contact_id FROM promises_promise")
        self.promises = {key for key, *about in promises if self._about(*about)}
        # Who owes a call just to talk has no part in the care, and reads it by the team that owes it.
        self.promises |= {
            key
            for key, of in rows(
                "SELECT d.id, t.agency_id FROM promises_promise d"
                " JOIN agencies_team t ON t.id = d.owner_team_id"
                " WHERE d.kind = 'just_to_talk'"
            )
            if of == agency
        }
        clocks = rows("SELECT id, agency_id, person_id, referral_id, contact_id FROM clocks_clock")
        self.clocks = {key for key, of, *about in clocks if of == agency or self._about(*about)}
        self.rows = {
            "clocks_clock": self.clocks,
            "clocks_climb": self._of(owner, "clocks_climb", "clock_id", self.clocks),
            "clocks_reply": self._of(owner, "clocks_reply", "clock_id", self.clocks),
            "participations_participation": self._of(
                owner, "participations_participation", "agency_id", {agency}
            ),
            "contacts_contact": self.contacts,
            "contacts_signpost": self._of(owner, "contacts_signpost", "contact_id", self.contacts),
            "promises_promise": self.promises,
            "promises_escalation": self._of(owner, "promises_escalation", "promise_id", self.promises),
            "promises_talk": self._of(owner, "promises_talk", "promise_id", self.promises),
            "referrals_referral": self.referrals & {key for key, *_ in referrals},
            "handovers_handover": self._of(owner, "handovers_handover", "referral_id", self.referrals),
            "attachments_attachment": self._of(
                owner, "attachments_attachment", "referral_id", self.referrals
            ),
            "handovers_chase": self._of(owner, "handovers_chase", "referral_id", self.referrals),
            "handovers_answerlink": self._of(
                owner, "handovers_answerlink", "referral_id", self.referrals
            ),
            "stages_stage": self._of(owner, "stages_stage", "referral_id", self.referrals),
            "stages_carecontact": self._of(owner, "stages_carecontact", "referral_id", self.referrals),
            "stages_statutoryclock": self._of(owner, "stages_statutoryclock", "referral_id", self.referrals),
            "police_policedecision": self._of(owner, "police_policedecision", "referral_id", self.referrals),
            "police_policereview": self._of(owner, "police_policereview", "referral_id", self.referrals),
            "police_policepath": self._of(owner, "police_policepath", "referral_id", self.referrals),
            "guidance_advice": self._of(owner, "guidance_advice", "referral_id", self.referrals),
            "visits_visit": self._of(owner, "visits_visit", "referral_id", self.referrals),
            "messages_message": {
                key
                for key, person, referral, of in rows(
                    "SELECT m.id, m.person_id, m.referral_id, t.agency_id FROM messages_message m"
                    " JOIN agencies_team t ON t.id = m.team_id"
                )
                if self._about(person, referral)
                or (person is None and referral is None and of == agency)
            },
            "guidance_secondrating": self._of(owner, "guidance_secondrating", "referral_id", self.referrals),
            "holdings_rehoming": self._of(owner, "holdings_rehoming", "referral_id", self.referrals),
            "sharing_sharingdecision": {
                key
                for key, person, referral, team in rows(
                    "SELECT id, person_id, referral_id, by_team_id FROM sharing_sharingdecision"
                )
                if self._about(person, referral) or team in self.unled
            },
            "sharing_opening": {
                key
                for key, person, team in rows("SELECT id, person_id, team_id FROM sharing_opening")
                if self._about(person) or team in self.unled
            },
            "sharing_permission": self._of(owner, "sharing_permission", "person_id", self.people),
            "people_aboutanswer": self._of(owner, "people_aboutanswer", "person_id", self.people),
            "people_incircle": self._of(owner, "people_incircle", "person_id", self.people),
            "sharing_review": {
                key
                for key, of, kind in rows("SELECT id, agency_id, kind FROM sharing_review")
                if of == agency or (of not in led and kind != "number_in_doubt")
            },
            "journal_entry": {
                key
                for key, person, referral, subject, about in rows(
                    "SELECT id, person_id, referral_id, subject, subject_id FROM journal_entry"
                )
                if self._about(person, referral)
                or (subject == "contacts.contact" and about in self.contacts)
                or (subject == "promises.promise" and about in self.promises)
            },
        }

    def _about(self, person: object, referral: object = None, contact: object = None) -> bool:
        return person in self.people or referral in self.referrals or contact in self.contacts

    @staticmethod
    def _of(owner: psycopg.Connection, table: str, column: str, among: set[UUID]) -> set[UUID]:
        asked = sql.SQL("SELECT id, {} FROM {}").format(sql.Identifier(column), sql.Identifier(table))
        return {key for key, value in owner.execute(asked) if value in among}


# -- what is shown


@pytest.mark.parametrize("table", sorted(PROTECTED))
def test_every_agency_is_shown_just_the_rows_of_people_it_has_a_part_in(table, reader, owner, agencies):
    hidden = 0
    everything = count(owner, table)
    for agency in agencies:
        shown = keys(as_agency(reader, agency), table)
        assert shown == Ties(owner, agency).rows[table], agency
        hidden += everything - len(shown)
        reader.rollback()
    if everything:
        assert hidden, "the place is so small that nothing was hidden from anybody"


def test_control_without_the_policy_another_agencys_rows_are_shown(reader, owner, agencies):
    assert count(as_agency(reader, agencies[0]), "contacts_contact") < count(owner, "contacts_contact")
    reader.rollback()
    owner.execute("ALTER TABLE contacts_contact DISABLE ROW LEVEL SECURITY")
    try:
        seen = count(as_agency(reader, agencies[0]), "contacts_contact")
        reader.rollback()
    finally:
        owner.execute("ALTER TABLE contacts_contact ENABLE ROW LEVEL SECURITY")
    assert seen == count(owner, "contacts_contact")


def test_the_guide_for_administrators_names_all_that_stands_behind_it():
    guide = (ROOT / "docs" / "guide" / "administrator.md").read_text("utf-8")
    told = guide.split("## The second wall")[1].split("\n## ")[0]
    assert [table for table, words in NAMED.items() if words not in told] == []


def test_an_agency_that_is_nobodys_is_shown_nothing(reader):
    as_agency(reader, wall.NOBODYS)
    assert {table: count(reader, table) for table in PROTECTED - SEEN_UNLED} == dict.fromkeys(
        PROTECTED - SEEN_UNLED, 0
    )


# Of an agency without a governance lead, whoever oversees it is another agency: any may be.
SEEN_UNLED = {"sharing_sharingdecision", "sharing_opening", "sharing_review"}


def test_a_number_of_a_restricted_person_is_reviewed_by_those_who_restricted_them_or_nobody(place, agencies):
    with psycopg.connect(place["owner"]) as owner:
        found = owner.execute("SELECT id, agency_id, kind FROM sharing_review ORDER BY id LIMIT 1").fetchone()
        review_id, agency, kind = found
        (other, *_) = (one for one in agencies if one != agency)
        ended = owner.execute(
            "UPDATE agencies_membership SET until_at = now() WHERE role = 'governance_lead'"
            " AND until_at IS NULL RETURNING id"
        ).fetchall()
    try:
        seen = []
        for of in (kind, "number_in_doubt"):
            with psycopg.connect(place["owner"]) as owner:
                owner.execute("UPDATE sharing_review SET kind = %s WHERE id = %s", [of, review_id])
            for who in (agency, other):
                with psycopg.connect(place["reader"]) as reader:
                    seen.append(review_id in keys(as_agency(reader, who), "sharing_review"))
        assert seen == [True, True, True, False], "own, another's; and then no other's"
    finally:
        with psycopg.connect(place["owner"]) as owner:
            owner.execute("UPDATE sharing_review SET kind = %s WHERE id = %s", [kind, review_id])
            owner.execute(
                "UPDATE agencies_membership SET until_at = NULL WHERE id = ANY(%s)",
                [[key for (key,) in ended]],
            )


def test_acts_go_on_as_a_role_that_sees_everything(app, owner):
    assert {table: count(app, table) for table in PROTECTED} == {
        table: count(owner, table) for table in PROTECTED
    }


# -- T3, T4, T5, T21, T26: whose agency asks


@pytest.mark.parametrize("table", sorted(PROTECTED))
def test_without_an_agency_every_question_is_an_error_and_never_an_empty_answer(table, place, agencies):
    with psycopg.connect(place["reader"]) as fresh, pytest.raises(psycopg.errors.UndefinedObject):
        count(fresh, table)
    with psycopg.connect(place["reader"]) as used:
        count(as_agency(used, agencies[0]), table)  # the control: with an agency it is answered
        used.commit()
        with pytest.raises(psycopg.errors.InvalidTextRepresentation):  # what SET LOCAL leaves behind is ''
            count(used, table)


def test_the_agency_of_one_request_is_not_there_for_the_next_of_the_same_connection(place, agencies):
    with psycopg.connect(place["reader"]) as kept:
        for agency in agencies[:2]:
            assert count(as_agency(kept, agency), "participations_participation")
            kept.commit()
        with pytest.raises(psycopg.errors.InvalidTextRepresentation):
            count(kept, "participations_participation")
        kept.rollback()
        kept.execute("SELECT set_config('app.agency', %s, false)", [str(agencies[0])])
        kept.commit()
        assert count(kept, "participations_participation")  # the control: said for the connection, it stays


def test_junk_for_an_agency_is_an_error(reader):
    with pytest.raises(psycopg.errors.InvalidTextRepresentation):
        count(as_agency(reader, "everyone"), "contacts_contact")


# -- T1, T2, T12, T20: what the role is


def test_the_reader_is_no_superuser_passes_nothing_owns_nothing_and_is_nobody_else(reader):
    assert reader.execute(
        "SELECT current_user, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication,"
        " (SELECT count(*) FROM pg_class WHERE relowner = r.oid),"
        " (SELECT count(*) FROM pg_auth_members WHERE member = r.oid)"
        " FROM pg_roles r WHERE rolname = current_user"
    ).fetchone() == ("nwd_reader", False, False, False, False, False, 0, 0)
    for other in ("nwd_app", "nwd_owner"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege), reader.transaction():
            reader.execute(sql.SQL("SET ROLE {}").format(sql.Identifier(other)))


def rights(connection: psycopg.Connection) -> dict[str, set[str]]:
    found = connection.execute(
        "SELECT c.relname, array_agg(p) FROM pg_class c,"
        " unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) p"
        " WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND c.relnamespace = 'public'::regnamespace"
        " AND has_table_privilege('nwd_reader', c.oid, p) GROUP BY c.relname"
    )
    return {table: set(held) for table, held in found}


def test_the_reader_may_look_and_say_that_it_looked_and_nothing_more(owner):
    looks = {"access_log_look": {"SELECT", "INSERT"}}
    assert rights(owner) == {name: {"SELECT"} for name in PROTECTED | OPEN.keys() | HANDED_OUT.keys()} | looks
    with owner.transaction(force_rollback=True):
        owner.execute("GRANT TRUNCATE ON contacts_contact TO nwd_reader")
        assert rights(owner)["contacts_contact"] == {"SELECT", "TRUNCATE"}  # the control: it would be noticed


def test_the_words_of_a_seal_are_told_to_whoever_has_a_part_and_to_no_other(reader, owner, agencies):
    columns = owner.execute(
        "SELECT attname FROM pg_attribute WHERE attrelid = 'sharing_seal'::regclass AND attnum > 0"
        " AND has_column_privilege('nwd_reader', attrelid, attnum, 'SELECT')"
    )
    assert {name for (name,) in columns} == set(PARTLY_OPEN["sharing_seal"].split())
    sealed = dict(owner.execute("SELECT id, person_id FROM sharing_seal").fetchall())
    assert sealed
    hidden = 0
    for agency in agencies:
        of_ours = Ties(owner, agency).people
        for key, person in sealed.items():
            asked = "SELECT id FROM seals_in_care_of(%s)"
            told = as_agency(reader, agency).execute(asked, [person]).fetchall()
            assert ((key,) in told) == (person in of_ours), agency
            hidden += not told
        with pytest.raises(psycopg.errors.InsufficientPrivilege), reader.transaction():
            reader.execute("SELECT words FROM sharing_seal")
        reader.rollback()
    assert hidden, "every agency has a part in the care of everybody something is sealed of"


def test_that_broken_glass_waits_for_its_review_is_told_to_whoever_has_a_part_and_to_no_other(
    reader, owner, agencies
):
    waits = owner.execute(
        "SELECT subject_id, person_id FROM sharing_review WHERE kind = 'break_glass' AND decided_at IS NULL"
    ).fetchall()
    assert waits and owner.execute("SELECT count(*) FROM glass_not_reviewed()").fetchone() == (len(waits),)
    hidden = 0
    for agency in agencies:
        of_ours = Ties(owner, agency).people
        told = as_agency(reader, agency).execute("SELECT * FROM glass_not_reviewed()").fetchall()
        assert set(told) == {one for one in waits if one[1] in of_ours}, agency
        hidden += len(waits) - len(told)
        reader.rollback()
    assert hidden, "every agency has a part in the care of everybody whose record was opened"


def test_control_an_owner_is_shown_everything_which_is_why_no_page_reads_as_one(owner):
    bound = "SELECT bool_or(row_security_active(oid)) FROM pg_class WHERE relname = ANY(%s)"
    assert owner.execute(bound, [list(PROTECTED)]).fetchone() == (False,)


# -- T6, T7, T8, T15, T25: ways round a table


def test_every_table_stands_behind_the_wall_or_is_open_for_a_reason_or_shut(owner):
    behind = "SELECT relname FROM pg_class WHERE relrowsecurity AND relnamespace = 'public'::regnamespace"
    assert {name for (name,) in owner.execute(behind)} == PROTECTED
    policies = owner.execute(
        "SELECT tablename, policyname, roles::text[] FROM pg_policies WHERE schemaname = 'public'"
    )
    assert {(table, name, *roles) for table, name, roles in policies} == {
        policy
        for table in PROTECTED
        for policy in ((table, "engine", "nwd_app"), (table, "own_agency", "nwd_reader"))
    }
    shut = {model._meta.db_table for model in apps.get_models()} - PROTECTED - OPEN.keys()
    shut -= PARTLY_OPEN.keys()
    assert shut & rights(owner).keys() == set()
    assert {"accounts_account", "django_session", "journal_salt"} <= shut


ROUND = """
    SELECT relname FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND (relkind IN ('m', 'p') OR relispartition
        OR relkind = 'v' AND NOT coalesce(reloptions::text[] @> ARRAY['security_invoker=true'], false))
"""


def test_no_view_that_is_not_listed_and_no_part_of_a_table_leads_round_it(owner):
    listed = {(name,) for name in HANDED_OUT}
    assert set(owner.execute(ROUND).fetchall()) == listed
    with owner.transaction(force_rollback=True):
        owner.execute("CREATE VIEW every_contact AS SELECT * FROM contacts_contact")
        assert set(owner.execute(ROUND).fetchall()) - listed == {("every_contact",)}


@pytest.mark.parametrize("view", HANDED_OUT)
def test_what_is_handed_out_tells_neither_of_whom_nor_what_was_said(view, owner):
    table = next(one for one in PROTECTED if one.endswith(f"_{view.removeprefix('board_')}"))
    model = next(one for one in apps.get_models() if one._meta.db_table == table)
    shown = [name for (name,) in owner.execute(COLUMNS_OF, [view])]
    assert set(shown) == set(HANDED_OUT[view].split())
    said = {"is_kept"} | {"referral_id", "holding_id", "id"}
    for name in set(shown) - said:
        kind = classes.class_of(model, name)
        assert kind is not None and kind.sensitivity in {Sensitivity.RESPONSE, Sensitivity.STAFF}, name
    assert not set(shown) & {"person_id", "contact_id", "needs", "request", "why_urgent", "ask", "watch_for"}


COLUMNS_OF = "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0"


def test_control_a_view_of_the_owner_shows_everything_until_it_is_the_invokers(reader, owner, agencies):
    owner.execute("CREATE VIEW every_contact AS SELECT * FROM contacts_contact")
    try:
        owner.execute("GRANT SELECT ON every_contact TO nwd_reader")
        everything = count(owner, "contacts_contact")
        assert count(as_agency(reader, agencies[0]), "every_contact") == everything
        reader.rollback()
        owner.execute("ALTER VIEW every_contact SET (security_invoker = true)")
        assert count(as_agency(reader, agencies[0]), "every_contact") < everything
        reader.rollback()
    finally:
        owner.execute("DROP VIEW every_contact")


DEFINING = """
    SELECT proname, coalesce(proconfig @> ARRAY['search_path=public, pg_temp'], false)
    FROM pg_proc p WHERE pronamespace = 'public'::regnamespace AND prosecdef
        AND prorettype <> 'trigger'::regtype AND has_function_privilege('nwd_reader', p.oid, 'EXECUTE')
"""


def test_only_what_is_listed_passes_the_wall_and_it_looks_for_names_in_one_place(owner):
    assert dict(owner.execute(DEFINING).fetchall()) == dict.fromkeys(DEFINERS, True)
    with owner.transaction(force_rollback=True):
        owner.execute("CREATE FUNCTION hole() RETURNS bigint SECURITY DEFINER RETURN 1")
        assert "hole" in dict(owner.execute(DEFINING).fetchall())


def test_no_policy_asks_a_function_of_ours_for_it_could_be_marked_wrongly(owner):
    asked = owner.execute(
        "SELECT p.proname FROM pg_depend d JOIN pg_proc p ON p.oid = d.refobjid"
        " WHERE d.classid = 'pg_policy'::regclass AND d.refclassid = 'pg_proc'::regclass"
    )
    assert asked.fetchall() == []


def test_who_else_has_a_part_is_told_to_whoever_has_one_and_to_no_other(reader, owner, agencies):
    told = {}
    for agency in agencies:
        as_agency(reader, agency)
        for person in list(keys(owner, "people_person"))[:40]:
            rows = reader.execute("SELECT agency_id FROM parts_in_care_of(%s)", [person]).fetchall()
            told.setdefault(person, {})[agency] = {key for (key,) in rows}
        reader.rollback()
    for person, by_agency in told.items():
        found = owner.execute(
            "SELECT DISTINCT agency_id FROM participations_participation WHERE person_id = %s", [person]
        )
        everyone = {key for (key,) in found}
        assert by_agency == {agency: everyone if agency in everyone else set() for agency in agencies}
    assert any(len(one) > 1 for by_agency in told.values() for one in by_agency.values())


# -- T9, T10, T11, T12, T13: telling by refusals, by files and by copies


def test_nothing_can_be_added_from_which_a_refusal_would_tell_what_is_there(owner):
    """A refusal tells of a key that exists, or that nothing has: a look has neither foreign key nor name."""
    told = owner.execute(
        "SELECT conname FROM pg_constraint WHERE conrelid = 'access_log_look'::regclass"
        " AND contype IN ('f', 'u', 'x')"
    )
    assert told.fetchall() == []
    assert [table for table, held in rights(owner).items() if held != {"SELECT"}] == ["access_log_look"]


@pytest.mark.parametrize(
    "statement",
    [
        "TRUNCATE contacts_contact CASCADE",
        "DELETE FROM contacts_contact",
        "UPDATE contacts_contact SET words = ''",
        "COPY contacts_contact FROM STDIN",
        "SELECT FROM journal_entry FOR UPDATE",
        "ALTER TABLE contacts_contact DISABLE ROW LEVEL SECURITY",
        "DROP POLICY own_agency ON contacts_contact",
    ],
)
def test_the_reader_can_neither_change_nor_empty_nor_fill_nor_open(reader, agencies, statement):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        as_agency(reader, agencies[0]).execute(statement)


def test_what_is_copied_out_is_what_is_shown(reader, agencies):
    shown = count(as_agency(reader, agencies[0]), "contacts_contact")
    with reader.cursor().copy("COPY contacts_contact TO STDOUT") as out:
        assert sum(1 for _ in out.rows()) == shown


def test_a_backup_by_the_reader_is_refused_and_one_by_the_owner_is_whole(place, tmp_path, owner):
    with pytest.raises(counting.CannotCopy, match="No copy was made"):
        copying.backup(place["reader"], tmp_path / "reader.copy")
    held = copying.backup(place["owner"], tmp_path / "owner.copy")
    assert held["contacts_contact"] == count(owner, "contacts_contact") > 0


# -- what it costs


@pytest.mark.parametrize(
    "table, indexes",
    [
        ("contacts_contact", ("participation_by_person", "participation_by_contact", "referral_by_contact")),
        ("promises_promise", ("participation_by_person", "participation_by_referral")),
        ("journal_entry", ("participation_by_person", "participation_by_referral")),
        ("referrals_referral", ("participation_by_person", "participation_by_referral")),
        ("handovers_handover", ("participation_by_person", "participation_by_referral")),
    ],
)
def test_a_row_is_asked_about_by_indexes_and_never_by_reading_all_parts(reader, agencies, table, indexes):
    as_agency(reader, agencies[0])
    reader.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
    asked = sql.SQL("EXPLAIN SELECT FROM {} WHERE id = {}").format(
        sql.Identifier(table), sql.Literal(UUID(wall.NOBODYS))
    )
    plan = "\n".join(line for (line,) in reader.execute(asked))
    assert all(name in plan for name in indexes), plan
    assert "hashed" not in plan and "Seq Scan on participations" not in plan


# PostgreSQL cannot know that COALESCE tells nothing of its values, so it asks the policy of every row first.
BY_COALESCE = re.compile(r"\b(?!p\.)\w+\.id = coalesce\(", re.IGNORECASE)


def test_no_reading_looks_for_a_protected_row_in_a_way_that_reads_them_all():
    readings = sorted((ROOT / "src/nowrongdoor/reading").glob("*.py"))
    assert readings
    assert [path.name for path in readings if BY_COALESCE.search(path.read_text("utf-8"))] == []
    assert BY_COALESCE.search("WHERE a.id = coalesce(d.contact_id, r.contact_id)")  # it would be noticed
    assert not BY_COALESCE.search("ON p.id = coalesce(d.person_id, r.person_id)"), "people are not protected"


def test_control_so_a_row_is_found_by_its_key_and_not_so(reader, agencies):
    as_agency(reader, agencies[0])
    plans = {}
    for how in ("coalesce(g.one, g.other)", "CASE WHEN g.one IS NULL THEN g.other ELSE g.one END"):
        asked = sql.SQL(
            "EXPLAIN SELECT (SELECT c.about FROM contacts_contact c WHERE c.id = {how}) FROM (VALUES"
            " (gen_random_uuid(), gen_random_uuid())) AS g (one, other)"
        ).format(how=sql.SQL(how))
        plans[how] = "\n".join(line for (line,) in reader.execute(asked))
    by_all, by_key = plans.values()
    assert "contacts_contact_pkey" not in by_all and "contacts_contact_pkey" in by_key
