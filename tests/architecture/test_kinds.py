"""Every kind of journal entry is told in a sentence, and whoever it overtakes is told what was done."""

from __future__ import annotations

from pathlib import Path

from nowrongdoor.kernel.tables import all_tables
from nowrongdoor.nhsuk import answers
from nowrongdoor.pages.people import story
from tests.architecture import guards, source

# About the place and its staff: no person's story, so no page tells it yet.
OF_THE_PLACE = {"agency", "agreement", "team", "member", "membership", "service", "capacity", "duty",
                "places_link", "register_reading", "crew", "seat", "going"}  # fmt: skip
OF_THE_PLACE |= {"suggestion", "guidance", "vignette", "skill"}
# A row's first version: nobody can have been shown it before, so nobody can be overtaken by it.
BEGINNINGS = {"contact.received", "person.registered", "referral.received", "promise.made", "holding.began",
              "handover.chased", "attachment.added", "sharing.decided", "seal.put", "opening.claimed",
              "answer_link.made", "onward_link.made",
              "stage.awaited", "care_contact.recorded", "statutory.begun",
              "advice.stored", "rating.given",
              "merge.proposed", "register_link.proposed", "seal.carried", "signpost.given",
              "opening.glass_broken", "review.asked", "police.reviewed", "police_path.begun",
              "visit.asked", "talk.asked", "message.promised"}  # fmt: skip


def of_people() -> set[str]:
    """What the journal can say about a person. Scratch rows leave no entry."""
    scratch = {table.model._meta.model_name for table in all_tables() if table.scratch}
    kinds = guards.journal_kinds(source.PACKAGE)
    return {kind for kind in kinds if kind.partition(".")[0] not in OF_THE_PLACE | scratch}


def test_every_kind_about_a_person_has_its_sentence_in_the_story() -> None:
    missing = sorted(of_people() - set(story.SENTENCES))
    assert not missing, f"say in pages/people/story.py what happened: {', '.join(missing)}"


def test_no_sentence_is_left_of_a_kind_that_nothing_writes() -> None:
    assert not sorted(set(story.SENTENCES) - of_people())


def test_whoever_was_overtaken_is_told_what_the_other_did() -> None:
    missing = sorted(of_people() - BEGINNINGS - set(answers.DID))
    assert not missing, f"say in nhsuk/answers.py what someone did: {', '.join(missing)}"
    assert not sorted(set(answers.DID) - of_people())


def test_a_kind_is_seen_wherever_a_rule_writes_it(tmp_path: Path) -> None:
    package = tmp_path / "nowrongdoor"
    (package / "rules").mkdir(parents=True)
    (package / "rules" / "planted.py").write_text(
        '"""Not this.one here."""\n\n\ndef act(by):\n    access.need(by, "handover.offer")\n'
        '    return changed(by, "handover.lost")\n'
    )
    assert list(guards.journal_kinds(package)) == ["handover.lost"]
