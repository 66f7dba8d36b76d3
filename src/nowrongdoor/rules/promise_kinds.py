"""What kinds of promise are for, and what ends those that are not simply kept."""

from nowrongdoor.rules.words import PromiseKind

# A pause: what a referral or an offer waits for before it goes on. No other clock stops for it.
PAUSES = frozenset({PromiseKind.INFORMATION, PromiseKind.THE_PERSON})
# What somebody who can act must hear of now; of these, what follows from rows and is raised by nobody.
ALARMS = frozenset(
    {
        PromiseKind.LOOP,
        PromiseKind.REPEATED_CONTACT,
        PromiseKind.NO_CAPACITY,
        PromiseKind.PARTNER_UNREACHABLE,
        PromiseKind.DISAGREEMENT,
        PromiseKind.LOST_TO_CONTACT,
        PromiseKind.HOLDER_OFF,
        PromiseKind.POLICE_GAP,
        PromiseKind.LATE_ARRIVAL,
    }
)
# What is owed with a decision with the police, beside a call back.
OF_POLICE = frozenset(
    {PromiseKind.POLICE_RECHECK, PromiseKind.URGENT_HEALTH, PromiseKind.POLICE_GAP, PromiseKind.LATE_ARRIVAL}
)
# What is owed with a visit: to be there, to say that one is safe, and what follows from it. The first two are
# answered at the visit itself, and by nobody's word beside it.
AT_THE_VISIT = frozenset({PromiseKind.VISIT, PromiseKind.CHECK_IN})
OF_VISITS = AT_THE_VISIT | {PromiseKind.NOT_AT_HOME, PromiseKind.AFTER_VISIT, PromiseKind.JOINT_VISIT}
BY_ROWS_ALONE = OF_POLICE | OF_VISITS | {
    PromiseKind.JUST_TO_TALK,
    PromiseKind.LOOP,
    PromiseKind.REPEATED_CONTACT,
    PromiseKind.HOLDER_OFF,
    PromiseKind.SECOND_READING,
}
# What a new holder answers by taking the person on; and another team by accepting them: that nobody who was
# asked could, or was reached.
ANSWERED_BY_TAKING = frozenset({PromiseKind.RE_HOMING, PromiseKind.HOLDER_OFF})
ANSWERED_BY_ACCEPTING = ANSWERED_BY_TAKING | {PromiseKind.NO_CAPACITY, PromiseKind.PARTNER_UNREACHABLE}
# Owed by volunteers who are told a name and a number: it gives them no part in anybody's care.
GIVES_NO_PART = frozenset({PromiseKind.JUST_TO_TALK})
# Owed by a team that was asked along, or hears of the other half: a part for as long as it is asked.
ASKS_ALONG = frozenset({PromiseKind.JOINT_VISIT})
# Kinds that have an answer of their own: what to do instead of keeping the promise or letting it go.
ANSWER_IT = "Accept it with a read-back, or hand it over."
AT_THE_VISIT_ITSELF = "This is answered at the visit: go on with it there, or stand it down with a reason."
READ_IT = "This waits for a second reader: agree to it, write it otherwise, or set it aside."
ON_THE_LIST = "This is answered on the list of whoever rings to talk: say there what came of it."
ELSEWHERE = {
    PromiseKind.RE_HOMING: (ANSWER_IT, "re_homing_to_answer"),
    PromiseKind.SECOND_READING: (READ_IT, "waits_for_a_second_reader"),
    PromiseKind.JUST_TO_TALK: (ON_THE_LIST, "answered_on_the_list_of_calls"),
    **dict.fromkeys(AT_THE_VISIT, (AT_THE_VISIT_ITSELF, "answered_at_the_visit")),
}
