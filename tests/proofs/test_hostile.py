"""The hostile proof as anybody runs it, with few inputs; and that its eyes see what they must."""

import json

import pytest

from nowrongdoor.console.prove.attack import attacks, corpus
from nowrongdoor.console.prove.attack.pages import Page, strange_words
from nowrongdoor.console.prove.attack.sending import Answer, Judge
from tests.proofs.test_proofs import prove

FEW = ("--inputs", "80", "--people", "8", "--alike", "1", "--every", "200", "--browse", "8", "--roles", "4")
EXPORT = {"content-type": "text/csv"}


@pytest.mark.slow
@pytest.mark.browser
def test_nothing_runs_nothing_fails_and_no_log_tells_it(tmp_path):
    says = prove("hostile", *FEW, file=tmp_path / "hostile.json")
    told = json.loads((tmp_path / "hostile.json").read_text())
    figures = told["figures"]
    assert told["ok"] and told["violations"] == [], says
    assert figures["inputs"] > 150 and figures["fields"] > 60 and figures["columns_planted"] > 20
    assert figures["acts_recorded"] > 5 and figures["pages_in_a_browser"] >= 5
    nothing = (
        "server_errors",
        "scripts_fired",
        "scripts_stopped",
        "canaries_logged",
        "formula_cells",
        "files_shown",
    )
    assert {figures[name] for name in (*nothing, "unsafe_without_token", "columns_mass_assigned")} == {0}
    assert figures["links_guessed"] >= 60 and figures["guesses_slowed"] >= 20
    assert (figures["links_opened_by_guessing"], figures["link_holders_locked_out"]) == (0, 0)
    assert figures["unsafe_routes"] >= 70 and figures["unsafe_tried"] > 400
    controls = {"LOCKED_OUT", "RUNS", "STOPPED", "NO_POLICY", "FAILS", "FROM_ANYONE", "FORMULA", "LOGGED",
                "LINK_LOGGED", "UNSLOWED"}  # fmt: skip
    assert told["controls"] == {getattr(attacks, name): True for name in controls}


@pytest.mark.parametrize("kind", ["script in a page", "script in an attribute", "script in a link"])
def test_a_text_that_is_not_escaped_is_seen_and_an_escaped_one_is_not(kind):
    from django.utils.html import escape

    frame = {
        "script in an attribute": '<input value="{}">' + "<input value='{}'>",
        "script in a link": '<a href="{}">x</a>',
    }.get(kind, "<p>{}</p>")
    for text in corpus.KINDS[kind]:
        if kind == "script in an attribute" and "url(" in text:
            continue  # asks another host: the policy stops it, and the browser says so
        if text.startswith("x "):
            continue  # breaks out of a value without quotes, of which there is none
        assert Page(frame.replace("{}", text)).strange, text
        if kind != "script in a link":
            assert not Page(frame.replace("{}", escape(text))).strange, text


def test_what_a_template_would_work_out_is_seen():
    assert strange_words("It is 80160427zqx") and not strange_words("{{ 9071*8837 }}zqx")
    assert int(corpus.WORKED_OUT) == 9071 * 8837


def test_an_answer_is_judged_by_status_policy_address_and_cell():
    judge = Judge()
    judge.hear(Answer(500, {}, "", 0.1), "it failed")
    judge.hear(Answer(0, {}, "", 0.1), "it went away")
    judge.hear(Answer(200, {"content-type": "text/html"}, "<p>", 0.1), "no policy")
    judge.hear(Answer(302, {"location": "//elsewhere.invalid/"}, "", 0.2), "led away")
    judge.hear(Answer(302, {"location": "/people"}, "", 0.1), "ours")
    judge.hear(Answer(200, EXPORT, 'a,\'=b\n=c,"\td"\n', 0.1), "cells")
    saved = {"content-disposition": "attachment; filename=a", "x-content-type-options": "nosniff"}
    saved |= {"content-type": "image/png", "content-security-policy": "default-src 'none'; sandbox"}
    judge.hear(Answer(200, saved, "", 0.1), "saved")
    for name in saved.keys() - {"content-type"}:
        judge.hear(Answer(200, saved | {name: ""}, "", 0.1), f"without {name}")
    assert judge.files == 4 and len(judge.shown_files) == 3
    assert judge.failed == ["500: it failed", "no answer: it went away"]
    assert judge.unguarded_pages == ["no policy"] and judge.slowest == (0.2, "led away")
    assert [one.split(": ")[1] for one in judge.led_away] == ["led away"]
    assert judge.cells == 4 and len(judge.formula_cells) == 2


def test_a_line_that_tells_somebody_or_was_forged_is_seen():
    canaries = ["999 000 0018", "Maryam Ali"]
    assert attacks.tells("Not Found: /people/Maryam Ali", canaries)
    assert attacks.tells(f"{corpus.FORGED_LINE} INFO signed in", canaries)
    assert attacks.tells("it said zqx", canaries)
    assert not attacks.tells("Not Found: (no address of ours)", canaries)


def test_each_kind_is_tried_before_any_is_tried_twice():
    first = [one.kind for one in corpus.texts()[: len(corpus.KINDS)]]
    assert sorted(first) == sorted(corpus.KINDS)
    assert len(corpus.texts()) > 90
