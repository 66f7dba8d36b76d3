"""What each kind of clock waits for, in the words of the story."""

CLOCKS = {
    "offer": "an answer to the offer",
    "answer_referrer": "an answer to whoever asked",
    "response": "help",
    "callback": "a call back",
    "information": "an answer to get",
    "re_homing": "an answer to the re-homing",
    "sent": "the offer to reach the team that was asked",
    "received": "somebody to open the offer",
    "answered": "an answer to the offer, at the giver",
    "first_contact": "the first contact after the acceptance",
    "direct_contact": "the first contact with the person",
    "face_to_face": "the first time the person is seen",
}
