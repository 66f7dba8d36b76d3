"""What a control room answered is taken in line by line, and nobody in it is held by nobody."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from nowrongdoor.console.feeds import police_log
from nowrongdoor.console.feeds.police_log import NotATable
from nowrongdoor.data.contacts.models import Contact
from nowrongdoor.data.holdings.models import Holding
from nowrongdoor.data.police.models import PoliceDecision
from nowrongdoor.data.promises.models import Promise
from nowrongdoor.kernel.now import now
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.rules.change import Refused
from tests.worlds import stories

AT = datetime(2026, 11, 29, 12, 0, tzinfo=UTC)
LOU = Viewer(uuid4(), "Lou", "team_lead", uuid4(), "Front door", uuid4(), "Averley")
NO = {
    "log_reference": "345", "answered_at": "2026-11-29 08:30", "force": "averley", "outcome": "not_attending",
    "category": "concern_for_welfare", "sector": "health", "age": "44", "reason": "neither_limb",
    "about": "A man at Castle Street", "accepted_by": "Amir", "going": "Amir", "safe_minutes": "60",
    "arrives_minutes": "40", "told": "told", "crime_now": "no", "serious_harm": "no", "happening_now": "no",
    "taken_or_hurt": "no", "whereabouts_known": "yes", "out_of_character": "no", "duty_or_power": "no",
    "refuses": "no", "checks_done": "yes",
}  # fmt: skip


def table(*rows, heading=None):
    names = heading or list(dict.fromkeys(name for row in rows for name in row))
    lines = [",".join(names), *(",".join(row.get(name, "") for name in names) for row in rows)]
    return "\n".join(lines).encode()


def one(**change):
    (line,) = police_log.lines(table(NO | change), at=AT)
    return police_log.read(line, by=LOU, at=AT)


def test_a_no_with_all_that_it_needs_is_read_as_one():
    found = one()
    assert (found.call.outcome, found.short, found.number) == ("not_attending", "", 2)
    assert found.answered_at.isoformat() == "2026-11-29T08:30:00+00:00" and found.call.log_reference == "345"


@pytest.mark.parametrize(
    ("change", "short"),
    [
        ({"accepted_by": ""}, "No accepting holder"),
        ({"serious_harm": ""}, "What is not known is no reason"),
        ({"safe_minutes": ""}, "Say within how many minutes"),
        ({"reason": ""}, "Say why"),
        ({"outcome": "attend", "reason": "limb_b"}, "Limb b is a danger"),
    ],
)
def test_what_lacks_something_is_taken_as_not_known_yet_and_says_what(change, short):
    found = one(**change)
    assert found.call.outcome == "unknown" and short in found.short
    assert "Recorded as not known yet" in found.call.words


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"log_reference": ""}, "log_reference"),
        ({"answered_at": "yesterday"}, "answered_at"),
        ({"answered_at": "2027-01-01 08:00"}, "answered_at"),
        ({"outcome": "maybe"}, "outcome"),
        ({"force": "nowhere"}, "force"),
        ({"age": "old"}, "age"),
        ({"age": "999"}, "age"),
        ({"needs": "joy"}, "needs"),
        ({"told": "perhaps"}, "told"),
        ({"about": "x" * 501}, "about"),
        ({"about": "a\x07b"}, "about"),
    ],
)
def test_what_cannot_be_read_is_refused_by_its_column(change, field):
    with pytest.raises(Refused) as refusal:
        one(**change)
    assert refusal.value.field == field


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (table(NO | {"warning_markers": "x"}), "what is not kept here: warning_markers"),
        (table({"log_reference": "1"}), "The heading lacks: answered_at, force, outcome"),
        (b"\xff\xfe", "no table in UTF-8"),
        (table(NO) + b",more,cells\n", "not as many cells"),
        (b"log_reference,answered_at,force,outcome,force\n", "stands twice"),
        (b"", "The heading lacks"),
        (b"x" * 5_000_001, "larger than 5 MB"),
    ],
)
def test_a_file_that_is_no_such_table_is_refused_whole(raw, words):
    with pytest.raises(NotATable, match=words):
        list(police_log.lines(raw, at=AT))


@pytest.mark.django_db
def test_a_table_makes_contact_referral_and_decision_once_and_a_dry_run_nothing(tmp_path, capsys):
    place = stories.a_place()
    day = {"answered_at": now().date().isoformat() + " 00:00"}
    file = tmp_path / "log.csv"
    file.write_bytes(table(NO | day, NO | day | {"log_reference": "346", "accepted_by": ""},
                           NO | day | {"log_reference": ""}))  # fmt: skip
    take_in = ["import_police_log", str(file), "--as", "Lou of Front door", "--team", "Front door"]
    call_command(*take_in, "--dry-run")
    assert not PoliceDecision.objects.exists() and not Contact.objects.exists()
    for _ in range(2):
        call_command(*take_in)
    assert sorted(PoliceDecision.objects.values_list("log_reference", "outcome")) == [
        ("345", "not_attending"), ("346", "unknown")
    ]  # fmt: skip
    assert Contact.objects.count() == 2
    held = set(Holding.objects.filter(until_at=None).values_list("referral_id", "team_id"))
    assert held == {(one.referral_id, place.teams["Front door"]) for one in PoliceDecision.objects.all()}
    gap = PoliceDecision.objects.get(log_reference="346").referral_id
    assert set(Promise.objects.filter(referral_id=gap, state="open").values_list("kind", flat=True)) >= {
        "police_gap", "police_recheck"
    }  # fmt: skip
    with pytest.raises(CommandError, match="Nobody of that name"):
        call_command("import_police_log", str(file), "--as", "Nobody")
