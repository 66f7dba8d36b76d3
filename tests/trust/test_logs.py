"""Nobody's record is in a log: not even the one whose row the database refused."""

import io
import logging
from dataclasses import replace
from uuid import uuid4

import psycopg
import pytest
from django.db import DataError, IntegrityError, connection

from nowrongdoor.rules import person
from nowrongdoor.site.logs import AboutNobody, NoStatements
from tests.worlds import stories

NAME, NHS_NUMBER, WORDS = "Canarywen", "9990000018", "She hides her letters in the piano"
CANARY = (NAME, NHS_NUMBER, WORDS)


class Log:
    """The handler that the settings have put in place, writing to where a test can read it."""

    def __init__(self) -> None:
        (self.console,) = (
            one for one in logging.getLogger().handlers if isinstance(one.formatter, AboutNobody)
        )
        self.plain = logging.StreamHandler(io.StringIO())

    def __enter__(self) -> "Log":
        self.to = io.StringIO()
        self.before = self.console.setStream(self.to)  # type: ignore[attr-defined]
        logging.getLogger().addHandler(self.plain)
        return self

    def __exit__(self, *_: object) -> None:
        self.console.setStream(self.before)  # type: ignore[attr-defined]
        logging.getLogger().removeHandler(self.plain)

    @property
    def written(self) -> str:
        return self.to.getvalue()

    @property
    def without_us(self) -> str:
        """The control: what the same records say when nothing is left out."""
        return self.plain.stream.getvalue()


def hits(text: str) -> list[str]:
    return [one for one in CANARY if one in text]


@pytest.fixture
def place(db):
    return stories.a_place()


@pytest.fixture
def a_rule_with_a_fault(monkeypatch):
    """A rule that lets a row through which the database refuses, in words that no table has."""
    right = person.register

    def wrong(*args, **kwargs):
        step = right(*args, **kwargs)
        row = replace(step.change.after, name_unknown="nobody asked")
        return step._replace(change=replace(step.change, after=row))

    monkeypatch.setattr(person, "register", wrong)


def test_a_row_that_the_database_refuses_is_in_no_log_and_on_no_error_page(place, a_rule_with_a_fault):
    browser = stories.browser(place.amir, raise_request_exception=False)
    with Log() as log:
        answer = browser.post(
            "/people/register",
            {
                "person_id": str(uuid4()),
                "family_name": NAME,
                "given_names": "Maryam",
                "nhs_number": NHS_NUMBER,
                "know_first": WORDS,
                "born_on_unknown": "not_asked",
                "phone_unknown": "not_asked",
                "address_unknown": "not_asked",
            },
        )
    assert answer.status_code == 500
    assert hits(log.written) == [], log.written
    assert hits(log.without_us) == list(CANARY), "without what we leave out, all of it would be there"
    assert "person_name_unknown_words" in log.written, "the rule that was broken is named"
    assert "journeys/people.py" in log.written, "and where"
    page = answer.content.decode()
    assert "Failing row" not in page and "person_name_unknown_words" not in page


@pytest.mark.parametrize("words", ["{0}", "could not be read: {0}"])
def test_a_failure_that_is_written_as_a_message_says_nothing_of_the_row(words):
    failure = psycopg.errors.CheckViolation(
        f'new row violates check "why"\nDETAIL:  Failing row contains ({NAME}, {NHS_NUMBER},\n{WORDS}).'
    )
    record = logging.LogRecord("any", logging.ERROR, "", 1, words.format("%s"), (failure,), None)
    assert hits(logging.Formatter().format(record)) == list(CANARY)
    written = AboutNobody().format(record)
    assert hits(written) == [] and 'violates check "why"' in written


def test_a_value_that_the_database_cannot_read_is_not_repeated(db):
    with pytest.raises(DataError) as caught, connection.cursor() as cursor:
        cursor.execute("SELECT %s::text::integer", [NAME])
    record = logging.LogRecord(
        "any", logging.ERROR, "", 1, "it failed", (), (DataError, caught.value, caught.value.__traceback__)
    )
    assert hits(logging.Formatter().format(record)) == [NAME]
    written = AboutNobody().format(record)  # although the other formatter left its text in the record
    assert hits(written) == [] and "22P02" in written and "test_logs.py" in written


def test_causes_and_what_happened_meanwhile_are_told_without_rows(db):
    try:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT %s::text::integer", [NAME])
        except DataError as failure:
            raise IntegrityError("no row") from failure
    except IntegrityError:
        try:
            raise KeyError("later")
        except KeyError as later:
            record = logging.LogRecord("any", 40, "", 1, "it failed", (), (KeyError, later, None))
    written = AboutNobody().format(record)
    assert hits(written) == []
    assert (
        written.index("22P02") < written.index("IntegrityError: no row") < written.index("KeyError: 'later'")
    )
    assert "direct cause" in written and "During handling" in written


def test_statements_with_their_values_are_written_at_no_level(db):
    statements = logging.getLogger("django.db.backends")
    before = statements.level
    statements.setLevel(logging.DEBUG)
    connection.force_debug_cursor = True
    try:
        with Log() as log, connection.cursor() as cursor:
            cursor.execute("SELECT %s", [NAME])
    finally:
        connection.force_debug_cursor = False
        statements.setLevel(before)
    assert hits(log.without_us) == [NAME] and hits(log.written) == []
    assert NoStatements().filter(logging.LogRecord("any", logging.DEBUG, "", 1, "", (), None))
