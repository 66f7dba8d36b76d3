"""What every trial of a link shares: the links there are, how one is asked, and what was told by it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from nowrongdoor.console.prove.seeing.asking import Answer, Asking
from nowrongdoor.console.prove.seeing.calls import Ask

ROUTE = "answer_by_link"
GO_ON, ONWARD = "go_on_by_link", "onward"
WHO = {"name": "Zoe Lamplighter", "job": "Volunteer"}
REFERRER = "Referrer-Policy: strict-origin"
# What of the life it is about whoever opened a link reads: by what it is part of, and what it tells.
READS = {("P", "identity"), ("P", "whereabouts"), ("P", "response"), ("P", "story"), ("R", "response"),
         ("R", "story"), ("C", "whereabouts"), ("C", "response"), ("C", "identity")}  # fmt: skip
# And what they do not read, though it is of that kind: a record's own, what others said, and files.
NEVER = {"nhs_number", "address", "postcode", "born_on", "know_first", "words", "wish", "sharing_words",
         "caller_name", "caller_agency", "letter", "chased", "triage_words", "promised",
         "asked_of"}  # fmt: skip


@dataclass
class Links:
    """The links of the place, by what they are; and those that open nothing."""

    tokens: dict[str, str] = field(default_factory=dict)
    ids: dict[str, UUID] = field(default_factory=dict)


@dataclass
class Found:
    """What was tried, and what was wrong of it, in words."""

    checks: int = 0
    compared: int = 0
    wrong: Counter[str] = field(default_factory=Counter)
    fault: dict[str, str] = field(default_factory=dict)

    def expect(self, fault: str, right: bool, words: str) -> None:
        self.checks += 1
        if not right:
            self.wrong[words] += 1
            self.fault[words] = fault


def ask_by(asking: Asking, links: Links, role: str, name: str, data: dict[str, str] | None = None) -> Answer:
    route, door = (GO_ON, "onward") if name.startswith(ONWARD) else (ROUTE, "answer")
    path, how = f"/{door}/{links.tokens[name]}", "GET" if data is None else "POST"
    answer: Answer = asking.ask(role, Ask(route, path, how, data or {}))
    return answer


def told_of(asking: Asking, answer: Answer) -> list[Any]:
    """What of whom stands in an answer or was logged meanwhile."""
    known = asking.place.canaries
    said = known.found(f"{answer.headers}\n{answer.body}\n{answer.logged}")
    return [known.known[text] for text in said]


def begun(asking: Asking, client: Any) -> dict[str, str]:
    """A browser that has been nowhere yet, but for the form's token."""
    client.cookies.clear()
    client.cookies["csrftoken"] = asking.token
    return {"csrfmiddlewaretoken": asking.token}
