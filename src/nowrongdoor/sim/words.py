"""Short things staff write: reasons, answers, what was told. Plain, and fit to be read by the person."""

ASKED_OF = ("GP practice", "Ward 7", "Daughter", "Pharmacy", "Community nurse", "Housing", "The person")
QUESTIONS = (
    "Which tablets were changed last week, and why?",
    "Is someone with them at night?",
    "When is the next visit that is already planned?",
    "Which address will they be at this weekend?",
    "Is a safety plan on file, and when was it last looked at together?",
    "May we speak with the daughter?",
)
GIVEN_TIME = "Wants to talk to their daughter first, who comes tonight. We ring again tomorrow."
ANSWERS = (
    "Rang back: the tablets were changed on Monday; list sent.",
    "Yes, a neighbour stays until Sunday.",
    "Next visit is on Thursday morning; they know we are involved.",
    "At home all weekend, side door.",
    "Plan from spring is on file and still theirs; gone through again by telephone.",
    "Yes, and she would rather be rung after six.",
)
RETURN_WORDS = {
    "not_ours": "A physical cause seems likelier; the team named knows them from last year.",
    "no_capacity": "Nobody free to visit within the time promised. The team named has a visit free.",
    "needs_more": "We cannot see the hospital letter; the team named can.",
    "needs_other_skill": "Needs a therapist rather than a nurse.",
    "person_asked": "They would rather see the team that came before.",
    "out_of_area": "Lives across the river now, in the other town.",
}
WITHDRAW_WORDS = {
    "found_better": "Their own nurse is back and would like to take this on.",
    "changed": "They feel better than this morning and asked for something else.",
    "person_asked": "They asked us to try the other team first.",
}
PROMISED = (
    "Ring with the date of the visit.",
    "Ring after the weekend to hear how it went.",
    "Send the leaflet and ring to go through it.",
    "Ring back once the doctor has answered.",
)
KEPT = (
    "Rang; they were glad of the call. Date agreed.",
    "Spoke for ten minutes. Things are easier than last week.",
    "Rang twice, got through in the evening; all said.",
    "Their sister answered and passed the telephone on; all said.",
)
IN_TOUCH = (
    "Spoke with them; they know who comes and when.",
    "They told how the last days were. We agreed what comes next.",
    "Short, and friendly. They have our number.",
    "",
)
LET_GO = (
    "They rang us first; all was said then.",
    "They asked us not to ring again and have our number.",
)
CALLED_BACK = (
    "Rang back and got through. They had run out of battery.",
    "Rang back: they had gone to open the door to a friend, and are fine to talk now.",
    "Third try got through. Talked for a while.",
)
ESCALATED = (
    "Late because of sickness today; please see that it is done.",
    "The one who promised is on a long visit. Please take this over.",
    "Not reached yet after three tries; who knows another number?",
)
SETTLED = (
    "I ring them today, and we go on as before.",
    "We keep the visits as they were planned, and I tell them who we are.",
    "I have their notes, and see them on Thursday.",
)
NOT_OURS = "They came to us when their team was gone. You know them: please take them on."
TOLD = {
    "help_given": "That the visits are finished, what was found, and how to come straight back to us.",
    "plan_agreed": "The plan in their own words, on paper, with whom to ring and when.",
    "person_declined": "That we respect this, and that one call reopens it at any time.",
    "not_needed": "That it is closed as they asked, and how to come back.",
    "another_service": "Who looks after this now, by name, with the number.",
    "duplicate": "That we had two requests about the same thing and go on with the first.",
    "moved_away": "Who answers in the new area; they have been told and have said yes.",
}
OUTCOMES = (
    (50, "help_given"),
    (26, "plan_agreed"),
    (8, "not_needed"),
    (7, "person_declined"),
    (6, "another_service"),
    (3, "moved_away"),
)
TOLD_BY = ((78, "us"), (12, "carer"), (7, "referrer"), (3, "could_not_reach"))
REOPENED = (
    "Rang again: it has come back, and is worse at night.",
    "The help that was agreed has not come.",
    "They changed their mind and would like the help after all.",
)
CALLERS = ((58, "person"), (24, "carer"), (18, "professional"))
CARERS = ("daughter", "son", "wife", "husband", "neighbour", "sister", "friend", "mother")
CHANNELS = (
    (72, "telephone"),
    (9, "face_to_face"),
    (5, "text"),
    (4, "instant_message"),
    (4, "email"),
    (3, "letter"),
    (3, "electronic"),
)
WISHES = (
    "Someone to come in person.",
    "A call before anyone comes.",
    "A text rather than a call.",
    "To be spoken to, not about.",
    "The same person each time, if it can be.",
    "",
    "",
)
AT_HOME = (
    "Small dog, friendly.",
    "Key safe; the code is with the daughter.",
    "Steep steps at the front.",
    "Two small children in the house.",
    "",
    "",
    "",
    "",
)
# Questions are asked when the talk leaves room for them; what a person would rather not say is left.
ANSWERS_GIVEN = {
    "in_danger": ((70, "no"), (18, "not_asked"), (8, "not_known"), (4, "declined")),
    "taken_or_hurt": ((64, "no"), (20, "not_asked"), (10, "not_known"), (6, "declined")),
    "can_wait": ((74, "yes"), (16, "not_asked"), (6, "no"), (4, "not_known")),
    "someone_trusted": ((46, "yes"), (26, "no"), (22, "not_asked"), (6, "declined")),
    "depended_on": ((44, "no"), (20, "yes"), (28, "not_asked"), (8, "not_known")),
}
WHEN_HURT = ((40, "yes"), (40, "not_asked"), (20, "not_known"))
SHARING = (
    "Glad for anyone who helps to be told.",
    "Tell the nurse, not the family.",
    "Share with health, ask again before anyone else.",
    "",
)
BASES = ((60, "consent"), (24, "implied"), (10, "not_discussed"), (6, "best_interests"))
DONE = (
    "Talked for a while and went through what helps. Number given.",
    "Read the last letter on file together with them.",
    "Rang the neighbour, who looks in this evening.",
    "Doctor told; no change of medicines for now.",
    "Nothing yet beyond listening.",
)
TOLD_OF_OFFER = (
    "That we have asked this team, and that we hold on until they say yes.",
    "Who will ring, and by when. They are glad of it.",
    "That we ring back ourselves if nobody else has.",
)
CLOSING_TEAM = "The evening team joins the day team. Everyone we look after stays looked after."
LEAVING = "Moved to another post. Please go through what was in their name."
