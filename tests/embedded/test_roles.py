"""F12: the web's own role is no superuser, owns nothing and is not let past row-level security."""

from __future__ import annotations

from types import SimpleNamespace

import psycopg
import pytest

from nowrongdoor.embedded import CannotStart, roles


@pytest.fixture
def app(server):
    with psycopg.connect(server.app_url, autocommit=True) as connection:
        yield connection


@pytest.fixture
def owner(server):
    with psycopg.connect(server.owner_url, autocommit=True) as connection:
        yield connection
        connection.execute("DROP TABLE IF EXISTS told CASCADE")


def test_the_web_is_nwd_app_and_nothing_more(app):
    assert app.execute(
        "SELECT current_user, session_user, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb,"
        " rolreplication FROM pg_roles WHERE rolname = current_user"
    ).fetchone() == ("nwd_app", "nwd_app", False, False, False, False, False)
    assert app.execute(
        "SELECT count(*) FROM pg_auth_members WHERE member = 'nwd_app'::regrole"
    ).fetchone() == (0,)


def test_the_owner_is_no_superuser_either(owner):
    assert owner.execute(
        "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = current_user"
    ).fetchone() == (False, False, False, True)


def test_nwd_app_owns_nothing(app, owner):
    owner.execute("CREATE TABLE told (id int)")
    for catalogue, column in (("pg_class", "relowner"), ("pg_proc", "proowner"), ("pg_namespace", "nspowner"),
                              ("pg_database", "datdba"), ("pg_type", "typowner")):  # fmt: skip
        counted = psycopg.sql.SQL("SELECT count(*) FROM {} WHERE {} = 'nwd_app'::regrole").format(
            psycopg.sql.Identifier(catalogue), psycopg.sql.Identifier(column)
        )
        assert app.execute(counted).fetchone() == (0,), catalogue


def test_nwd_app_reads_adds_and_changes_but_deletes_and_empties_nothing(app, owner):
    owner.execute("CREATE TABLE told (id int GENERATED ALWAYS AS IDENTITY, words text)")
    app.execute("INSERT INTO told (words) VALUES ('as told')")
    app.execute("UPDATE told SET words = 'as told again'")
    assert app.execute("SELECT words FROM told").fetchone() == ("as told again",)
    for forbidden in (
        "DELETE FROM told",
        "TRUNCATE told",
        "DROP TABLE told",
        "ALTER TABLE told ADD COLUMN more int",
        "ALTER TABLE told DISABLE TRIGGER ALL",
        "CREATE TABLE mine (id int)",
        "CREATE SCHEMA mine",
        "CREATE ROLE mine",
        "SET ROLE nwd_owner",
        "SET session_replication_role = replica",
        "COPY told TO '/tmp/told'",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute(forbidden)


def test_a_forbidden_row_is_invisible_to_nwd_app(app, owner):
    seal(owner)
    assert app.execute("SELECT words FROM told").fetchall() == [("open",)]


def test_control_the_owner_would_be_let_past_without_a_word(owner):
    seal(owner)
    assert owner.execute("SELECT words FROM told ORDER BY words").fetchall() == [("open",), ("sealed",)]


def seal(owner) -> None:
    owner.execute("CREATE TABLE told (words text, is_sealed boolean)")
    owner.execute("INSERT INTO told VALUES ('open', false), ('sealed', true)")
    owner.execute("ALTER TABLE told ENABLE ROW LEVEL SECURITY")
    owner.execute("CREATE POLICY unsealed ON told USING (NOT is_sealed)")


def test_the_contrib_modules_we_rely_on_are_there_for_the_owner_to_add(owner):
    for name in ("pg_trgm", "btree_gist", "unaccent", "fuzzystrmatch", "ltree"):
        owner.execute(
            psycopg.sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(psycopg.sql.Identifier(name))
        )


def test_letters_beyond_english_are_known(owner):
    assert owner.execute("SELECT lower('ŴÊŶÉ')").fetchone() == ("ŵêŷé",)
    assert owner.execute("SHOW timezone").fetchone() == ("UTC",)


# -- a PostgreSQL that is not ours


@pytest.fixture
def named(server):
    """Somebody's existing database: its administrator's address, and the words that are said."""
    with server.connect() as admin:
        admin.execute("CREATE DATABASE theirs")
        known = admin.execute("SELECT rolpassword FROM pg_authid WHERE rolname = 'nwd_app'").fetchone()[0]
    url = f"postgresql://nwd_admin:{server.passwords['admin']}@/theirs?host={server.sockets}".replace(
        " ", "%20"
    )
    said: list[str] = []
    yield SimpleNamespace(url=url, said=said, say=said.append, server=server)
    with server.connect() as admin:
        admin.execute("DROP DATABASE theirs WITH (FORCE)")
        admin.execute(psycopg.sql.SQL("ALTER ROLE nwd_app PASSWORD {}").format(psycopg.sql.Literal(known)))


def test_in_a_named_database_nwd_app_is_made_where_the_owner_may(named):
    app_url = roles.ensure(named.url, say=named.say)
    with psycopg.connect(named.url, autocommit=True) as admin:
        admin.execute("CREATE TABLE told (words text)")
    with psycopg.connect(app_url, autocommit=True) as app:
        assert app.execute("SELECT current_user, current_database()").fetchone() == ("nwd_app", "theirs")
        app.execute("INSERT INTO told VALUES ('as told')")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("DELETE FROM told")
    assert roles.ensure(named.url, say=named.say) == app_url  # the same on every start
    assert named.said == []


def test_where_the_owner_may_not_the_second_wall_is_said_to_be_off(named):
    url = named.server.owner_url
    with named.server.connect() as admin:
        admin.execute("ALTER ROLE nwd_app PASSWORD 'known to nobody here'")
    assert roles.ensure(url, say=named.say) == url
    (said,) = named.said
    assert said.startswith("The second wall is off: 'nwd_owner' may not make the role nwd_app")


def test_where_the_migrations_ran_before_the_role_existed_the_wall_is_said_to_be_off(named):
    """Each migration gives nwd_app its rights only where that role exists."""
    with psycopg.connect(named.url, autocommit=True) as admin:
        admin.execute("CREATE TABLE django_migrations (name text)")
    assert roles.ensure(named.url, say=named.say) == named.url
    assert "the migrations ran before nwd_app existed" in named.said[0]


def test_an_owner_without_a_password_gets_a_kept_secret(named, tmp_path, monkeypatch):
    first = roles._app_password("postgresql:///theirs", tmp_path)
    assert first == roles._app_password("postgresql:///theirs", tmp_path)
    assert (tmp_path / "app-secret").stat().st_mode & 0o777 == 0o600
    assert first not in (tmp_path / "app-secret").read_text()


def test_settings_of_the_owners_address_stay(named):
    app_url = roles.ensure(named.url + "&application_name=no%20wrong%20door", say=named.say)
    with psycopg.connect(app_url) as app:
        assert app.execute("SHOW application_name").fetchone() == ("no wrong door",)


def test_an_address_that_is_nwd_app_already_is_used_as_it_is(server):
    assert roles.ensure(server.app_url) == server.app_url


def test_a_server_older_than_15_is_refused_in_one_sentence():
    old = SimpleNamespace(info=SimpleNamespace(server_version=140_011))
    with pytest.raises(CannotStart, match="needs PostgreSQL 15 or newer; DATABASE_URL leads to 14"):
        roles._refuse_old(old)


def test_the_suite_itself_speaks_as_nwd_app(db):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user"
        )
        assert cursor.fetchone() == ("nwd_app", False, False)
        cursor.execute("SELECT count(*) FROM pg_class WHERE relowner = 'nwd_app'::regrole")
        assert cursor.fetchone() == (0,)


def test_nwd_app_may_delete_scratch_and_change_no_story(db):
    """The migrations say so table by table; this is the sum of it."""
    from django.db import connection

    may = (
        "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        " AND has_table_privilege(oid, %s) ORDER BY 1"
    )
    with connection.cursor() as cursor:
        cursor.execute(may, ["DELETE, TRUNCATE"])
        # Sign-ins and second steps that were lost, tries that are counted for minutes, what was never sent.
        assert [name for (name,) in cursor.fetchall()] == [
            "accounts_remembered",
            "attachments_keptfile",
            "django_session",
            "drafts_draft",
            "mfa_authenticator",
        ]
        cursor.execute(may, ["UPDATE"])
        changed = [name for (name,) in cursor.fetchall()]
        assert "people_person" in changed
        assert not [name for name in changed if name.startswith("journal_")]
