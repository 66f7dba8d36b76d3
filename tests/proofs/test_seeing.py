"""Who may read what, asked of every address by everybody; and that the proofs of it can fail."""

import json

import pytest

from nowrongdoor.console.prove import audit, matrix
from nowrongdoor.console.prove.seeing import behind, broken_links, by_links, expected, outside, table
from nowrongdoor.console.prove.seeing.canaries import Canaries
from nowrongdoor.console.prove.seeing.judging import Findings
from tests.proofs.test_proofs import prove

CONTROLS = {
    "both walls are down",
    "the application checks nothing",
    "the doors do not ask how one stands",
    "one reading clears nothing",
    "a door answers 403 for who is hidden",
    "a seal is against nobody",
    "a search finds restricted people",
    "an address that the table does not list",
    "a line of the table that calls no address",
    *broken_links.CONTROLS,
}


def test_every_address_and_every_role_is_in_the_table():
    assert table.unlisted() == [], "say in console/prove/seeing/table.py how it is called"
    assert table.unlisted_roles() == [], "say in console/prove/seeing/expected.py what it may read"


def test_an_address_that_nobody_listed_is_seen():
    assert table.unlisted(table.without("attachment")) == ["attachment"]
    assert table.unlisted(table.with_one_more()) == ["an address of yesterday"]


@pytest.mark.slow
def test_nobody_reads_what_they_may_not(tmp_path):
    says = prove("matrix", "--checks", "2500", "--each", "300", file=tmp_path / "matrix.json")
    told = json.loads((tmp_path / "matrix.json").read_text())
    figures = told["figures"]
    assert told["ok"] and told["violations"] == [], says
    assert figures["checks"] >= 2500 and figures["compared"] > 500
    assert figures["roles"] == len(expected.ROLES) + len(outside.READS) + 1
    assert figures["relations"] == len(expected.LIVES)
    known = [life for life in expected.LIVES if not life.startswith("nameless")]
    assert figures["own_relations"] == len(known) * len(outside.READS), "each person and carer in each life"
    assert figures["link_checks"] > 400 and figures["link_wrong"] == 0
    assert figures["routes"] >= 60 and figures["elements"] > 1000
    assert (figures["leaks"], figures["told_apart"], figures["wrongly_answered"]) == (0, 0, 0)
    assert figures["checks_off_checks"] >= 300 and figures["checks_off_leaks"] == 0
    assert figures["wall_off_checks"] >= 300 and figures["wall_off_leaks"] == 0
    assert told["controls"] == dict.fromkeys(CONTROLS, True)


@pytest.mark.slow
def test_whoever_was_shown_is_on_record_and_nobody_else(tmp_path):
    says = prove("audit", "--asks", "900", "--rounds", "1", file=tmp_path / "audit.json")
    told = json.loads((tmp_path / "audit.json").read_text())
    figures = told["figures"]
    assert told["ok"] and told["violations"] == [], says
    assert figures["views"] > 150 and figures["audit_rows"] >= figures["people_shown"]
    assert (figures["differences"], figures["shown_unrecorded"]) == (0, 0)
    assert figures["refused_unwritable"] > 10
    assert figures["tampers"] == figures["found"] and len(figures["kinds"]) == 8
    assert all(told["controls"].values()) and set(audit.CONTROLS) <= set(told["controls"])


def test_a_word_is_found_however_a_page_writes_it():
    made = Canaries(7)
    name = made.word("holder", "P", "identity", "family_name")
    phone = made.phone("holder", "P", "phone")
    postcode = made.postcode("holder", "P", "postcode")
    number = made.nhs_number("holder", "P")
    born = made.born_on("holder", "P")
    spaced = f"{number[:3]}&nbsp;{number[3:6]}&nbsp;{number[6:]}"
    page = f"<h1>{name.upper()}, X</h1><a href='tel:{phone.replace(' ', '')}'></a>{postcode.lower()} {spaced}"
    assert {made.known[one].column for one in made.found(page)} == {
        "family_name", "phone", "postcode", "nhs_number",
    }  # fmt: skip
    assert made.found(f"born {born.day} {born:%B} {born.year}") and not made.found("Zqqqqqqq, 01632 961000")


def test_a_finding_is_told_once_with_everybody_it_was_told_to():
    found = Findings(checks=3)
    for role in ("commissioner", "safety_lead"):
        found.leaks[("board", role, "restricted", "P", "area", "postcode")] += 2
    told = {"walls": {}, "by_link": by_links.Found()}
    proof = matrix.concluded(found, ["a_new_page"], {"one": True}, **told, seconds=1, seed=7)
    assert not proof.ok and proof.figures["leaks"] == 4
    assert [one["words"] for one in proof.violations] == [
        "a_new_page is in no line of the table",
        "board told commissioner, safety_lead postcode (area of P, restricted)",
    ]


def test_a_leak_with_one_wall_down_says_which_and_fails():
    found = Findings(checks=3)
    found.leaks[("seal_lift", "call_handler", "restricted", "S", "story", "sealed_because")] += 1
    walls = {"checks_off": found, "wall_off": Findings(checks=2)}
    told = {"walls": walls, "by_link": by_links.Found()}
    proof = matrix.concluded(Findings(checks=9), [], {"one": True}, **told, seconds=1, seed=7)
    assert not proof.ok and (proof.figures["checks_off_leaks"], proof.figures["wall_off_leaks"]) == (1, 0)
    assert [one["words"] for one in proof.violations] == [
        "With every check of the application off and the second wall up, seal_lift told call_handler "
        "sealed_because (story of S, restricted)"
    ]


def test_what_the_database_must_hide_is_hidden_from_every_role_by_the_other_table_too():
    for life, shut in behind.SHUT.items():
        for items in expected.LIVES[life].values():
            assert not set(items) & set(shut), life
    assert not behind.shows("none", "R") and behind.shows("none", "P") and behind.shows("holder", "R")


def test_the_table_says_less_of_whoever_stands_further_away():
    whole = {
        life: {group: set(items) for group, items in seen.items()} for life, seen in expected.LIVES.items()
    }
    for life, seen in whole.items():
        assert "no care" not in seen and set().union(*seen.values(), set()) <= set(expected.ITEMS), life
        assert seen.get("police", set()) <= seen.get("care", seen.get("lead", set())), life
    assert not whole["none"] and not whole["long_ago"] and not whole["restricted"] and not whole["withdrawn"]
    opened = {life for life in whole if "glass" in life} | {"restricted_told"}
    assert all("S" not in items for life in whole.keys() - opened for items in whole[life].values())
