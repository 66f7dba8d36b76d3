"""What the web's own role may do: read, add and change; of the journal only read and add; delete nothing."""

from collections.abc import Iterator

import psycopg
import pytest
from django.apps import apps
from psycopg import sql

from nowrongdoor.kernel.rows import Row

# What every agency may know of referrals and handovers (docs/adr/0018-a-second-wall.md).
HANDED_OUT = {"board_referral", "board_handover"}
SCRATCH = {"attachments_keptfile", "drafts_draft", "django_session"}
# A clock follows from its row, and the web may only note when a sweep looks next; what was said stays said.
CLOCKS = {"clocks_clock", "clocks_climb", "clocks_reply"}
ACCOUNTS = {"accounts_account", "socialaccount_socialaccount"}
# A second step is removed by its member; failed tries are forgotten.
KEYS = {"mfa_authenticator", "accounts_remembered"}
# They come with the packages round accounts, and nothing of ours writes them.
EMPTY = {
    "account_emailaddress",
    "account_emailconfirmation",
    "socialaccount_socialapp",
    "socialaccount_socialtoken",
    "django_content_type",
    "auth_permission",
    "auth_group",
    "auth_group_permissions",
}
# What was advised, appraised and rated is added and never changed.
GUIDANCE = ("guidance_advice", "guidance_appraisal", "guidance_secondrating", "guidance_vignetterating")
RECORDS = sorted(
    {model._meta.db_table for model in apps.get_models() if issubclass(model, Row)} - SCRATCH - CLOCKS
)
ENTRY = (
    "INSERT INTO journal_entry (id, subject, subject_id, version, kind, changes, happened_at, recorded_at,"
    " by_name, by_team_name)"
    " VALUES (gen_random_uuid(), 'people.person', %s, 1, 'person.registered', '{}', now(), now(), '', '')"
)
SOMEONE = "00000000-0000-0000-0000-000000000001"


@pytest.fixture
def app(urls) -> Iterator[psycopg.Connection]:
    with psycopg.connect(urls["nwd_app"]) as connection:
        yield connection
        connection.rollback()


@pytest.fixture
def owner(urls) -> Iterator[psycopg.Connection]:
    with psycopg.connect(urls["nwd_owner"]) as connection:
        yield connection
        connection.rollback()


def rights(connection: psycopg.Connection) -> dict[str, set[str]]:
    """What nwd_app may do with each table there is."""
    found = connection.execute(
        "SELECT c.relname, array_agg(p) FROM pg_class c,"
        " unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) p"
        " WHERE c.relkind IN ('r', 'p', 'v', 'm') AND c.relnamespace = 'public'::regnamespace"
        " AND has_table_privilege('nwd_app', c.oid, p) GROUP BY c.relname"
    )
    return {table: set(held) for table, held in found}


def test_the_web_may_read_add_and_change_and_nothing_more(app):
    changes = {"SELECT", "INSERT", "UPDATE"}
    assert rights(app) == {
        **dict.fromkeys(RECORDS, changes),
        **dict.fromkeys(SCRATCH, changes | {"DELETE"}),
        **{name: {"SELECT", "INSERT"} for name in ("journal_entry", "journal_seal", "journal_salt")},
        **{name: {"SELECT", "INSERT"} for name in GUIDANCE},
        "access_log_look": {"SELECT", "INSERT"},
        "participations_participation": {"SELECT"},
        **{name: {"SELECT"} for name in HANDED_OUT},
        "clocks_clock": {"SELECT"},
        **{name: {"SELECT", "INSERT"} for name in CLOCKS - {"clocks_clock"}},
        "django_migrations": {"SELECT"},
        **dict.fromkeys(ACCOUNTS, changes),
        **{name: changes | {"DELETE"} for name in KEYS},
        **{name: {"SELECT"} for name in EMPTY},
    }


def test_a_right_too_many_would_be_noticed(owner):
    before = rights(owner)
    owner.execute("GRANT UPDATE ON journal_entry TO nwd_app; GRANT DELETE ON people_person TO nwd_app")
    assert rights(owner) != before


@pytest.mark.parametrize("table", [*RECORDS, "journal_entry"])
@pytest.mark.parametrize(
    "statement",
    ["DELETE FROM {}", "TRUNCATE {} CASCADE", "DROP TABLE {}", "ALTER TABLE {} DISABLE TRIGGER USER"],
)
def test_the_web_can_neither_delete_nor_empty_nor_disarm(app, table, statement):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        app.execute(sql.SQL(statement).format(sql.Identifier(table)))


def test_the_web_cannot_change_the_journal(app):
    app.execute(ENTRY, [SOMEONE])
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        app.execute("UPDATE journal_entry SET kind = 'person.corrected'")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal_entry SET kind = 'person.corrected'",
        "DELETE FROM journal_entry",
        "TRUNCATE journal_entry",
        "INSERT INTO journal_entry SELECT * FROM journal_entry ON CONFLICT (id) DO UPDATE SET kind = ''",
    ],
)
def test_not_even_the_owner_rewrites_the_journal(owner, statement):
    owner.execute(ENTRY, [SOMEONE])
    with pytest.raises(psycopg.errors.RestrictViolation), owner.transaction():
        owner.execute(statement)
    owner.execute("ALTER TABLE journal_entry DISABLE TRIGGER USER")
    owner.execute(statement)  # the control: only the triggers stood in the way


def test_a_version_is_told_once(app):
    app.execute(ENTRY, [SOMEONE])
    with pytest.raises(psycopg.errors.UniqueViolation) as refused:
        app.execute(ENTRY, [SOMEONE])
    assert refused.value.diag.constraint_name == "journal_entry_once_per_version"


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE OR REPLACE FUNCTION holding_ends_once() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN END'",
        "DROP FUNCTION holding_ends_once() CASCADE",
        "DROP TRIGGER holding_ends_once ON holdings_holding",
        "ALTER TABLE holdings_holding DROP CONSTRAINT holding_no_overlap",
    ],
)
def test_the_web_cannot_change_the_guards(app, statement):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        app.execute(statement)
