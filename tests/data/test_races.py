"""Two people at two prompts: what each alone keeps, both together cannot break."""

from collections.abc import Iterator
from contextlib import ExitStack
from threading import Thread
from time import monotonic, sleep

import psycopg
import pytest

from tests.data.prompt import Prompt, furnish, refusal_of
from tests.data.typed import NOBODY_BY_NAME, new_holding, new_offer, new_re_homing, passed_on

pytestmark = pytest.mark.django_db(transaction=True)

CLOSE_SPARE = "UPDATE agencies_team SET closed_at = %(at_20)s, successor_id = %(one)s WHERE id = %(spare)s"
ASK_SPARE = new_offer("plain", "plain_held", "one", "spare")
LEAVE_SPARE = "UPDATE agencies_membership SET until_at = %(at_20)s WHERE id = %(works_spare)s"


def give(team: str, *, member: str = "", re_homing: str = "other", holding: str = "new") -> str:
    return ";".join(
        (
            new_re_homing(re_homing, "plain", "one", team),
            passed_on("plain_held", by="re_homing"),
            new_holding(holding, "plain", team, "re_homing", member=member, re_homing=re_homing),
        )
    )


CLOSE_PLAIN = (
    "UPDATE referrals_referral SET state = 'closed', closed_at = %(at_25)s, closed_by_id = %(member_one)s,"
    " outcome = 'advice', told = 'All is well.', told_by = 'us' WHERE id = %(plain)s;"
    " UPDATE holdings_holding SET until_at = %(at_25)s, ended_by = 'closing' WHERE id = %(plain_held)s"
)
PAIRS = {
    "a team closes while it is asked": (CLOSE_SPARE, ASK_SPARE),
    "a team closes while it is given a referral": (CLOSE_SPARE, give("spare")),
    "a member leaves while named as holding": (LEAVE_SPARE, give("spare", member="member_spare")),
    "a referral is closed while it is offered": (CLOSE_PLAIN, ASK_SPARE),
}
GUARDS = {
    "team_closed_holds_nobody",
    "member_left_holds_nobody",
    "team_that_holds_has_a_member",
    "handover_is_so",
    "holding_rests_on_an_act",
}


@pytest.fixture
def two(urls) -> Iterator[tuple[Prompt, Prompt]]:
    """Two prompts of the web's own role at one committed place."""
    with ExitStack() as open_:
        prompts = [Prompt(open_.enter_context(psycopg.connect(urls["nwd_app"]))) for _ in range(2)]
        furnish(prompts[0])
        prompts[0].connection.commit()
        prompts[1].known = prompts[0].known
        yield prompts[0], prompts[1]
        for prompt in prompts:
            prompt.connection.rollback()


def commits(prompt: Prompt, statements: str = "") -> str:
    """The guard that refused, or an empty answer when it was committed."""
    try:
        prompt.type(statements)
        prompt.connection.commit()
    except psycopg.errors.IntegrityError as refused:
        prompt.connection.rollback()
        return refusal_of(refused)
    return ""


def both(first: Prompt, second: Prompt, one: str, other: str, *, settled: bool) -> list[str]:
    """
    `first` acts and lingers; `second` acts meanwhile; then `first` commits.

    With `settled`, the first has been looked at already when the second begins.
    """
    first.type(one)
    if settled:
        first.settle()
    answers = []
    meanwhile = Thread(target=lambda: answers.append(commits(second, other)))
    meanwhile.start()
    _until_it_waits_or_is_done(first, second, meanwhile)
    answers.insert(0, commits(first))
    meanwhile.join(timeout=20)
    return answers


def _until_it_waits_or_is_done(first: Prompt, second: Prompt, meanwhile: Thread) -> None:
    pid, until = second.connection.info.backend_pid, monotonic() + 10
    while meanwhile.is_alive() and monotonic() < until:
        waits = first.connection.execute("SELECT cardinality(pg_blocking_pids(%s))", [pid]).fetchone()
        if waits and waits[0]:
            return
        sleep(0.02)


@pytest.mark.parametrize("settled", [True, False], ids=["looked at", "not yet looked at"])
@pytest.mark.parametrize("order", [1, -1], ids=["in this order", "the other way round"])
@pytest.mark.parametrize("pair", PAIRS.values(), ids=PAIRS)
def test_one_of_two_is_refused(two, pair, order, settled):
    refusals = both(*two, *pair[::order], settled=settled)
    assert refusals.count("") == 1
    assert set(refusals) - {""} <= GUARDS


BOTH_LEAVE = (
    "INSERT INTO agencies_membership (id, version, member_id, team_id, role, from_at)"
    " VALUES (%(new)s, 1, %(member_spare)s, %(one)s, 'team_member', %(at_0)s);"
    f" {NOBODY_BY_NAME}",
    "UPDATE agencies_membership SET until_at = %(at_20)s WHERE id = %(works_one)s",
    "UPDATE agencies_membership SET until_at = %(at_20)s WHERE id = %(new)s",
)


@pytest.mark.parametrize("settled", [True, False], ids=["looked at", "not yet looked at"])
def test_of_the_last_two_of_a_team_that_holds_people_who_leave_at_once_one_stays(two, settled):
    joined, one, other = BOTH_LEAVE
    assert commits(two[0], joined) == ""
    refusals = both(*two, one, other, settled=settled)
    assert sorted(refusals) == ["", "team_that_holds_has_a_member"]


def test_were_they_not_to_leave_one_at_a_time_both_of_the_last_two_would(urls, two):
    """The control: each would see the other still there."""
    joined, one, other = BOTH_LEAVE
    assert commits(two[0], joined) == ""
    with psycopg.connect(urls["nwd_owner"], autocommit=True) as owner:
        name = "team_that_holds_has_a_member"
        (guard,) = owner.execute("SELECT pg_get_functiondef(%s::regproc)", [name]).fetchone()
        try:
            owner.execute(guard.replace("pg_advisory_xact_lock", "hashint8"))
            assert both(*two, one, other, settled=True) == ["", ""]
        finally:
            owner.execute(guard)


def test_without_holding_still_what_it_relies_on_both_go_through(urls, two):
    """The control: were rows not held still (FOR SHARE), a closed team would be asked."""
    with psycopg.connect(urls["nwd_owner"], autocommit=True) as owner:
        name = "handover_is_so"
        (guard,) = owner.execute("SELECT pg_get_functiondef(%s::regproc)", [name]).fetchone()
        try:
            owner.execute(guard.replace("FOR SHARE", ""))
            assert both(*two, CLOSE_SPARE, ASK_SPARE, settled=True) == ["", ""]
        finally:
            owner.execute(guard)


def test_the_second_of_two_offers_waits_and_is_refused(two):
    other = new_offer("plain", "plain_held", "one", "three", new="other")
    assert both(*two, ASK_SPARE, other, settled=False) == ["", "handover_one_live_offer"]


def test_the_second_of_two_who_pass_a_referral_on_is_refused(two):
    other = give("three", re_homing="spare", holding="three")
    assert both(*two, give("spare"), other, settled=False) == ["", "holding_ends_once"]
