"""What an answer tells, from behind the second wall, of lives in which our agency never had a part."""

from __future__ import annotations

from nowrongdoor.console.prove.seeing import behind
from nowrongdoor.console.prove.seeing.calls import Ask
from nowrongdoor.console.prove.seeing.judging import Judge


class Foreign(Judge):
    """
    Asks as `Judge` does, and counts as a leak only what the database had to hide. Every role counts, and
    nobody's access is asked: for runs in which the application has none.
    """

    def judge(self, role: str, one: Ask) -> None:
        self.found.asked.add((one.route, role))
        self.found.lives |= {one.life} - {""}
        answer = self.asking.ask(role, one, whole=False)
        self.found.checks += 1
        typed = self.place.canaries.found(" | ".join(one.typed)) | self.place.canaries.found(one.path)
        said = self.place.canaries.found(f"{answer.headers}\n{answer.body}\n{answer.logged}") - typed
        self.found.shown += bool(said)
        for text in said:
            what = self.place.canaries.known[text]
            if not behind.shows(what.subject, what.item):
                key = (one.route, role, what.subject, what.item, what.element, what.column)
                self.found.leaks[key] += 1
