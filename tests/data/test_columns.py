"""Rows mirror facts column by column, and no pair of columns may tell half a story."""

from collections.abc import Iterator
from dataclasses import fields
from datetime import date, datetime
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints
from uuid import UUID

import psycopg
import pytest
from django.apps import apps

from nowrongdoor.kernel.journal.models import Entry
from nowrongdoor.kernel.rows import Row
from nowrongdoor.rules import (
    about_me,
    advising,
    agency,
    agreement,
    answer_link,
    attachment,
    care_contact,
    chase,
    circle,
    consistency,
    contact,
    crew,
    directory,
    draft,
    escalation,
    gaps,
    guidance_versions,
    handover,
    holding,
    merging,
    message,
    opening,
    permission,
    person,
    places_link,
    police_decision,
    police_path,
    police_review,
    promise,
    referral,
    register,
    review,
    rota,
    sealing,
    sharing,
    signpost,
    skill,
    stage,
    statutory,
    suggestion,
    sweeping,
    talk,
    vignettes,
    visit_record,
    words,
)

FACTS = (
    person.Person,
    merging.Merge,
    register.RegisterReading,
    register.RegisterLink,
    about_me.AboutAnswer,
    circle.InCircle,
    agency.Agency,
    agency.Team,
    agency.Member,
    agency.Membership,
    rota.Duty,
    crew.Crew,
    crew.Seat,
    skill.Skill,
    visit_record.Visit,
    visit_record.Going,
    directory.Service,
    directory.Capacity,
    places_link.PlacesLink,
    gaps.Sitting,
    signpost.Signpost,
    suggestion.Suggestion,
    contact.Contact,
    referral.Referral,
    holding.Holding,
    holding.ReHoming,
    handover.Handover,
    chase.Chase,
    answer_link.AnswerLink,
    stage.Stage,
    care_contact.CareContact,
    statutory.StatutoryClock,
    police_decision.PoliceDecision,
    advising.Advice,
    police_review.PoliceReview,
    police_path.PolicePath,
    consistency.SecondRating,
    vignettes.VignetteRating,
    guidance_versions.Version,
    guidance_versions.Appraisal,
    attachment.Attachment,
    attachment.KeptFile,
    promise.Promise,
    promise.Escalation,
    talk.Talk,
    message.Message,
    escalation.Clock,
    escalation.Climb,
    escalation.Reply,
    sweeping.Sweep,
    agreement.Agreement,
    sharing.SharingDecision,
    sealing.Seal,
    opening.Opening,
    permission.Permission,
    review.Review,
    draft.Draft,
)
ROWS = {model.__name__: model for model in apps.get_models() if issubclass(model, Row)}
KINDS = {
    UUID: "uuid",
    str: "text",
    int: "integer",
    float: "double precision",
    bool: "boolean",
    datetime: "timestamp with time zone",
    date: "date",
    tuple: "ARRAY",
    dict: "jsonb",
    bytes: "bytea",
}
WORDS = {
    ("contacts_contact", "state"): words.ContactState,
    ("referrals_referral", "state"): words.ReferralState,
    ("handovers_handover", "state"): words.HandoverState,
    ("holdings_holding", "began_by"): words.Began,
    ("holdings_holding", "ended_by"): words.Ended,
    ("promises_promise", "state"): words.PromiseState,
    ("promises_promise", "kind"): words.PromiseKind,
    ("services_suggestion", "state"): words.SuggestionState,
    ("police_policedecision", "outcome"): words.PoliceOutcome,
    ("visits_visit", "state"): words.VisitState,
}
STARTS = ("from", "until"), ("opened", "closed")


@pytest.fixture
def database(urls) -> Iterator[psycopg.Connection]:
    with psycopg.connect(urls["nwd_owner"]) as connection:
        yield connection
        connection.rollback()


def columns(database: psycopg.Connection, table: str) -> dict[str, tuple[str, bool]]:
    """Each column's kind, and whether it may be empty, as the database has it."""
    found = database.execute(
        "SELECT column_name, data_type, is_nullable = 'YES' FROM information_schema.columns"
        " WHERE table_schema = 'public' AND table_name = %s",
        [table],
    )
    return {name: (kind, may_be_empty) for name, kind, may_be_empty in found}


def expected(facts: type) -> dict[str, tuple[str, bool]]:
    hints = get_type_hints(facts)
    return {one.name: _kind(hints[one.name]) for one in fields(facts)}


def _kind(hint: Any) -> tuple[str, bool]:
    if isinstance(hint, UnionType):
        (real,) = (part for part in get_args(hint) if part is not type(None))
        return _kind(real)[0], True
    return KINDS[get_origin(hint) or hint], False


def test_every_row_has_its_facts_and_the_reverse():
    assert set(ROWS) == {facts.__name__ for facts in FACTS}


@pytest.mark.parametrize("facts", FACTS, ids=lambda one: one.__name__)
def test_every_fact_has_its_column_and_the_reverse(database, facts):
    assert columns(database, ROWS[facts.__name__]._meta.db_table) == expected(facts)


def test_a_column_too_few_or_one_that_may_be_empty_would_be_noticed(database):
    database.execute(
        "ALTER TABLE drafts_draft DROP COLUMN form; ALTER TABLE drafts_draft ALTER saved_at DROP NOT NULL"
    )
    found, wanted = columns(database, "drafts_draft"), expected(draft.Draft)
    assert set(wanted) - set(found) == {"form"}
    assert found["saved_at"] != wanted["saved_at"]


@pytest.mark.parametrize("model", [*ROWS.values(), Entry], ids=lambda one: one.__name__)
def test_every_table_and_column_says_what_it_is(database, model):
    silent = database.execute(
        "SELECT a.attname::text FROM pg_attribute a WHERE a.attrelid = %(table)s::regclass AND a.attnum > 0"
        " AND NOT a.attisdropped AND coalesce(col_description(a.attrelid, a.attnum), '') = ''"
        " UNION ALL SELECT %(table)s::text WHERE coalesce(obj_description(%(table)s::regclass), '') = ''",
        {"table": model._meta.db_table},
    ).fetchall()
    assert silent == []


def pairs(names: set[str]) -> set[tuple[str, str]]:
    """When and by whom; from and until: the columns that stand or fall together."""
    stems = {name[:-3] for name in names if name.endswith("_at")}
    acts = {(f"{stem}_at", f"{stem}_by_id") for stem in stems if f"{stem}_by_id" in names}
    return acts | {(f"{a}_at", f"{b}_at") for a, b in STARTS if {f"{a}_at", f"{b}_at"} <= names}


def unguarded(database: psycopg.Connection, table: str) -> set[tuple[str, str]]:
    """Pairs of which one column may be empty and that no check looks at together."""
    checks = [
        set(names)
        for (names,) in database.execute(
            "SELECT array_agg(a.attname::text) FROM pg_constraint c"
            " JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = ANY(c.conkey)"
            " WHERE c.contype = 'c' AND c.conrelid = %s::regclass GROUP BY c.oid",
            [table],
        )
    ]
    found = columns(database, table)
    may_be_empty = {name for name, (_, empty) in found.items() if empty}
    return {
        pair
        for pair in pairs(set(found))
        if may_be_empty & set(pair) and not any(set(pair) <= check for check in checks)
    }


def test_no_pair_of_columns_tells_half_a_story(database):
    assert {
        model: left for model in ROWS.values() if (left := unguarded(database, model._meta.db_table))
    } == {}


def test_a_pair_without_its_guard_would_be_noticed(database):
    database.execute("ALTER TABLE promises_promise DROP CONSTRAINT promise_ended_by_someone")
    assert unguarded(database, "promises_promise") == {("ended_at", "ended_by_id")}
    database.execute("ALTER TABLE agencies_membership DROP CONSTRAINT membership_has_length")
    assert unguarded(database, "agencies_membership") == {("from_at", "until_at")}


def test_the_pairs_are_found(database):
    """What is looked for above is there: without it, nothing found would mean nothing."""
    found = {pair for model in ROWS.values() for pair in pairs(set(columns(database, model._meta.db_table)))}
    assert found >= {
        ("closed_at", "closed_by_id"),
        ("triaged_at", "triaged_by_id"),
        ("answered_at", "answered_by_id"),
        ("ended_at", "ended_by_id"),
        ("from_at", "until_at"),
        ("opened_at", "closed_at"),
    }


@pytest.mark.parametrize(("place", "allowed"), WORDS.items(), ids=[".".join(place) for place in WORDS])
def test_a_state_keeps_to_the_words_of_the_rulebook(database, place, allowed):
    table, column = place
    checks = database.execute(
        "SELECT regexp_matches(pg_get_constraintdef(c.oid), '''([a-z_]+)''::text', 'g') FROM pg_constraint c"
        " JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attname = %s AND c.conkey = ARRAY[a.attnum]"
        " WHERE c.conrelid = %s::regclass AND c.conname LIKE %s",
        [column, table, r"%\_words"],
    )
    assert {found for ((found,),) in checks} == {str(word) for word in allowed}


def test_every_guard_says_which_invariant_it_keeps(database):
    silent = database.execute(
        "SELECT tgname || ' on ' || tgrelid::regclass FROM pg_trigger"
        " WHERE NOT tgisinternal AND tgconstraint <> 0"
        " AND coalesce(obj_description(oid, 'pg_trigger'), '') !~ '^I[0-9]'"
        " UNION ALL SELECT proname::text FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
        " AND prolang = (SELECT oid FROM pg_language WHERE lanname = 'plpgsql')"
        " AND coalesce(obj_description(oid, 'pg_proc'), '') = ''"
    ).fetchall()
    assert silent == []


def test_no_index_was_made_without_being_chosen():
    """A foreign key brings an index only where it is said which list reads by it."""
    unchosen = [
        f"{model.__name__}.{field.name}"
        for model in ROWS.values()
        for field in model._meta.concrete_fields
        if field.is_relation and field.db_index
    ]
    assert unchosen == []


def test_nothing_points_back():
    """A row reaches another only by the key it holds; joins across contexts belong to reading."""
    pointing = [one for model in ROWS.values() for one in model._meta.get_fields(include_hidden=True)]
    assert any(one.auto_created and one.hidden for one in pointing)
    assert [one for one in pointing if one.auto_created and not one.hidden] == []
