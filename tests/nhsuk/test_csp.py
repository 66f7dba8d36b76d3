"""Every answer leaves with the policy, on both sides of the sync line."""

import asyncio
from pathlib import Path

import pytest
from asgiref.sync import iscoroutinefunction
from django.http import HttpResponse, JsonResponse

import nowrongdoor
from nowrongdoor.site.csp import POLICY, content_security_policy


def test_the_policy_allows_nothing_inline_and_nothing_from_outside():
    rules = dict(rule.split(" ", 1) for rule in POLICY.split("; "))
    assert rules["default-src"] == rules["script-src"] == rules["style-src"] == "'self'"
    assert rules["frame-ancestors"] == rules["base-uri"] == rules["object-src"] == "'none'"
    assert "unsafe" not in POLICY


def test_a_page_is_guarded_and_never_kept(rf):
    answer = content_security_policy(lambda request: HttpResponse("page"))(rf.get("/"))
    assert answer["Content-Security-Policy"] == POLICY
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("response", "kept"),
    [
        (JsonResponse({}), "no-store"),
        (HttpResponse("", content_type="text/css"), None),
        (HttpResponse("", headers={"Cache-Control": "private, max-age=60"}), "private, max-age=60"),
    ],
)
def test_a_page_may_say_for_itself_how_long_it_is_kept_and_style_sheets_may_be(rf, response, kept):
    assert content_security_policy(lambda request: response)(rf.get("/")).get("Cache-Control") == kept


def test_an_asynchronous_answer_stays_asynchronous(rf):
    async def view(request):
        return HttpResponse("page")

    guarded = content_security_policy(view)
    assert iscoroutinefunction(guarded)
    assert asyncio.run(guarded(rf.get("/")))["Content-Security-Policy"] == POLICY


def test_words_of_style_pass_by_their_hash_on_the_page_that_names_them_and_nowhere_else(rf):
    def named(request):
        response = HttpResponse("page")
        response.styles_of_others = ("color: red", "top: 0")
        return response

    rules = content_security_policy(named)(rf.get("/"))["Content-Security-Policy"]
    assert rules.startswith(f"{POLICY}; style-src-attr 'unsafe-hashes' 'sha256-")
    assert rules.count("'sha256-") == 2 and "unsafe-inline" not in rules
    assert (
        content_security_policy(lambda request: HttpResponse(""))(rf.get("/"))["Content-Security-Policy"]
        == POLICY
    )


def test_one_page_alone_names_words_of_style():
    source = Path(nowrongdoor.__file__).parent
    names = [path for path in source.rglob("*.py") if "styles_of_others" in path.read_text()]
    assert sorted(path.relative_to(source).as_posix() for path in names) == [
        "pages/guidance/editing.py",
        "site/csp.py",
    ]
