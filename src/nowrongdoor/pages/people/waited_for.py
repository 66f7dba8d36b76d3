"""What each kind of clock waits for, in the words of the story."""

from datetime import datetime

from nowrongdoor.nhsuk import code_words
from nowrongdoor.rules import law
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.statutory import ENDINGS

CLOCKS = {
    "offer": "an answer to the offer",
    "answer_referrer": "an answer to whoever asked",
    "response": "help",
    "callback": "a call back",
    "information": "an answer to get",
    "the_person": "the person, who was given time",
    "re_homing": "an answer to the re-homing",
    "second_reading": "a second person to read what may keep help from them",
    "sent": "the offer to reach the team that was asked",
    "received": "somebody to open the offer",
    "answered": "an answer to the offer, at the giver",
    "first_contact": "the first contact after the acceptance",
    "direct_contact": "the first contact with the person",
    "place_of_safety": "the end of a detention in a place of safety",
    "s136_handover": "the police to hand over at the place of safety",
    "doctor_holding": "an assessment, while a doctor holds them on a ward",
    "nurse_holding": "the doctor, while a nurse holds them on a ward",
    "safeguarding": "a safeguarding enquiry",
    "review": "the review of what was agreed",
    "face_to_face": "the first time the person is seen",
    "short_intervention": "a short intervention to be handed over, planned or closed",
    "police_recheck": "a second look at what was decided with the police",
    "visit": "a visit",
    "check_in": "word that whoever is alone on a visit is safe",
    "not_at_home": "somebody to follow up that they were not at home",
    "after_visit": "what was agreed at a visit",
    "joint_visit": "an answer about a joint visit",
    "just_to_talk": "a call just to talk",
    "urgent_health": "somebody to see the person, who is threatened with harm later",
}

STATUTORY = {
    "place_of_safety": "a detention in a place of safety",
    "s136_handover": "a handover by the police at a place of safety",
    "doctor_holding": "a doctor’s holding power on a ward",
    "nurse_holding": "a nurse’s holding power on a ward",
    "safeguarding": "a safeguarding enquiry",
    "review": "a review of what was agreed",
}


def ended_how(outcome: str, *, at: datetime) -> str:
    """How it ended, from whichever list has that word: the entry does not say which kind it ends."""
    for name in ENDINGS.values():
        if any(one.code == outcome for one in law.codes(name, on=local_date(at))):
            return code_words.mid_sentence(code_words.words_of(name, outcome, at=at))
    return outcome.replace("_", " ")
