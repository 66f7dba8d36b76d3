"""I1, I2, I3 and I5 hold at any prompt: as the web's own role and as the owner of the tables."""

import psycopg
import pytest

from tests.data.attack import Attack
from tests.data.attacks_on_holdings import I1, I5
from tests.data.attacks_on_offers import I2
from tests.data.attacks_on_promises import DELETED as ROWS_DELETED
from tests.data.attacks_on_promises import I3
from tests.data.attacks_on_what_goes_along import CHASES, FILES, LINKS
from tests.data.attacks_on_what_goes_along import DELETED as ALONG_DELETED
from tests.data.prompt import prompt, refusal_of

ROLES = ("nwd_app", "nwd_owner")
ATTACKS = (*I1, *I2, *I3, *I5, *CHASES, *FILES, *LINKS)
DELETED = (*ROWS_DELETED, *ALONG_DELETED)


def each(attacks: tuple[Attack, ...]):
    return pytest.mark.parametrize("attack", attacks, ids=lambda one: f"{one.invariant}: {one.name}")


@each(ATTACKS)
@pytest.mark.parametrize("role", ROLES)
def test_the_database_refuses(urls, role, attack):
    with prompt(urls[role]) as at, pytest.raises(psycopg.errors.IntegrityError) as refused:
        at.type(attack.typed)
        at.settle()
    assert refusal_of(refused.value) in attack.refused_by
    assert "See her" not in str(refused.value.diag.message_primary)


@each((*ATTACKS, *DELETED))
def test_without_its_guard_the_same_goes_through(urls, attack):
    """The control: were the guard not there, nothing else would have stopped it."""
    with prompt(urls["nwd_owner"]) as at:
        at.type(attack.without)
        at.type(attack.typed)
        if attack not in DELETED:  # what pointed at a deleted row is refused as well
            at.settle()


@each(DELETED)
def test_nothing_about_a_person_is_deleted(urls, attack):
    with prompt(urls["nwd_owner"]) as at, pytest.raises(psycopg.errors.RestrictViolation) as refused:
        at.type(attack.typed)
    assert refusal_of(refused.value) in attack.refused_by
    with prompt(urls["nwd_app"]) as at, pytest.raises(psycopg.errors.InsufficientPrivilege):
        at.type(attack.typed)


def test_a_commit_is_refused_and_leaves_everything_as_it_was(urls):
    """The wall stands at COMMIT itself, not only where someone asks for it early."""
    with prompt(urls["nwd_app"]) as at:
        at.type("UPDATE promises_promise SET as_of_at = due_at WHERE id = %(owed)s")
        with pytest.raises(psycopg.errors.CheckViolation):
            at.connection.execute("COMMIT")
        assert at.connection.execute("SELECT count(*) FROM promises_promise").fetchone() == (0,)


SHADOW = """
CREATE TEMPORARY TABLE holdings_holding AS SELECT * FROM public.holdings_holding;
UPDATE public.holdings_holding SET until_at = %(at_20)s, ended_by = 'closing' WHERE id = %(plain_held)s
"""


@pytest.mark.parametrize("role", ROLES)
def test_a_false_table_of_the_same_name_deceives_no_guard(urls, role):
    with prompt(urls[role]) as at, pytest.raises(psycopg.errors.CheckViolation) as refused:
        at.type(SHADOW)
        at.settle()
    assert refusal_of(refused.value) == "referral_held_without_gap"


def test_a_guard_that_looked_where_it_is_told_would_be_deceived(urls):
    with prompt(urls["nwd_owner"]) as at:
        at.type("ALTER FUNCTION referral_held_without_gap() RESET search_path; DISCARD PLANS")
        at.type(SHADOW)
        at.settle()


def test_a_load_without_triggers_is_not_for_those_who_own_no_server(urls):
    for role in ROLES:
        with prompt(urls[role]) as at, pytest.raises(psycopg.errors.InsufficientPrivilege):
            at.connection.execute("SET session_replication_role = replica")


def test_late_promises_are_listed_once_their_time_has_come(urls):
    with prompt(urls["nwd_app"]) as at:
        owed = at.known["owed"]
        late = "SELECT promise_id FROM promises_late_unescalated(%s)"
        assert (owed.id,) not in at.connection.execute(late, [owed.made_at]).fetchall()
        assert (owed.id,) in at.connection.execute(late, [owed.due_at]).fetchall()
