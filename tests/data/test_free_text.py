"""
Every text of a record that staff write is looked through for words that may keep help from somebody, or it is
said here why it is not.
"""

from django.db import models

from nowrongdoor.kernel import classes, tables
from nowrongdoor.kernel.classes import Sensitivity
from nowrongdoor.rules import looking_through

NAMES = {one.model: one.name.replace(".", ":") for one in tables._tables.values() if not one.scratch}
KEPT = (Sensitivity.CARE, Sensitivity.RESPONSE)
# Columns that hold a code of a list, a version or a state: nobody types them.
CODES = {
    "state", "kind", "outcome", "reason", "standard", "channel", "caller_kind", "safe_to_call", "how",
    "told_by", "urgency", "waiting_from", "heading", "said_by", "whose_words", "way", "relation",
    "contact", "tell", "phone_unknown", "name_unknown", "born_on_unknown", "nhs_number_unknown",
    "address_unknown", "began_by", "rung", "gdpr_basis", "confidentiality_basis", "purpose",
    "sharing_basis", "pattern", "why", "doctor", "force", "category", "sector", "question_set",
    "guidance", "decision_version", "guidance_version", "advised", "decided", "decision", "first_step",
    "rated", "advice", "path", "checklist", "level", "finding", "ended_by", "policies", "wish_gender",
    "wish_language", "next_step", "media_type", "name", "triaged_as", "going",
}  # fmt: skip
# Typed, and not looked through.
WHY_NOT = {
    "contacts:contact": {
        "at_home": "who is at home, as the caller said",
        "access_needs": "what the caller needs",
        "sharing_words": "what the person said about sharing",
    },
    "contacts:signpost": {"told_of": "the name of a service", "ask_after": "a code", "came_of": "a code"},
    "referrals:referral": {"words": "in their own words; a professional's are in the contact"},
    "people:person": {
        "access_needs": "what the person needs",
        "know_first": "waits before it stands, and is looked through line by line",
        "know_waits": "waits already",
    },
    "people:aboutanswer": {"said_by_name": "a name"},
    "messages:message": {"words": "our own words, to the person"},
    "promises:promise": {"held_words": "what waits already", "held_from": "our own words"},
    "promises:talk": {
        "ask_for": "a name",
        "number": "a number",
        "safe_to_call": "a code",
        "words": "in the person's own words, for whoever rings them",
    },
    "sharing": "who may see what: decided, reviewed and told to the person by rules of their own",
    "police:policedecision": {"log_reference": "a number of theirs", "told": "a code", "seen_as": "a code",
                              "review_level": "a code"},
}


def test_every_text_that_staff_keep_with_a_person_is_looked_through_or_it_is_said_why_not():
    forgotten = []
    for model, columns in classes.classified().items():
        name = NAMES.get(model, "")
        if not name or WHY_NOT.get(name.partition(":")[0]):
            continue
        known = CODES | set(looking_through.READ.get(name, ())) | set(WHY_NOT.get(name, ()))
        forgotten += [
            f"{name}.{column}"
            for column, said in columns.items()
            if said.sensitivity in KEPT
            and isinstance(model._meta.get_field(column), models.TextField)
            and column not in known
            and not column.endswith("_unknown")  # why it is blank: a code
        ]
    assert not forgotten


def test_what_is_looked_through_is_there():
    there = {name: {field.attname for field in model._meta.concrete_fields} for model, name in NAMES.items()}
    assert {
        f"{name}.{column}"
        for name, columns in looking_through.READ.items()
        for column in columns
        if column not in there[name]
    } == set()
