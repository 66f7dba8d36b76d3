"""What somebody did about a visit, a call to talk or with the police, for whoever was overtaken by it."""

DID = {
    "police.decided": "recorded a decision with the police",
    "police.learned": "recorded something new for the police",
    "police.saw": "recorded what the police saw",
    "police.disputed": "recorded that we and the police disagree",
    "talk.taken": "said that they will ring",
    "talk.safety_looked_at": "looked anew at whether it is safe to ring",
    "talk.unanswered": "rang, and nobody answered",
    "talk.tried": "rang, and nobody answered",
    "talk.had": "said what came of this call",
    "talk.gone_back": "gave this back to whoever asked for the call",
    "visit.assigned": "gave this visit to a crew",
    "visit.crew_told": "told the crew",
    "visit.set_off": "recorded that the crew set off",
    "visit.arrived": "recorded that the crew is there",
    "visit.met": "recorded that the crew is with the person",
    "visit.left": "recorded that the crew has left",
    "visit.safe": "recorded that whoever is alone there is safe",
    "visit.finished": "recorded what came of this visit",
    "visit.taken_back": "took this visit back from its crew",
    "visit.stood_down": "stood this visit down",
}
