"""What a contact's form makes, and whether the form says what stands recorded from it."""

from uuid import UUID, uuid5

from nowrongdoor.nhsuk import recorded, wording
from nowrongdoor.pages.contacts import forms
from nowrongdoor.reading import handover_lines
from nowrongdoor.reading.contact_record import ContactRecord
from nowrongdoor.rules import clock, law
from nowrongdoor.rules.handover import Message
from nowrongdoor.rules.intake import NewOffer, NewReferral


def referral(form: forms.NewContact) -> NewReferral:
    """What is referred, under keys that follow from the contact's own."""
    typed = form.cleaned_data
    contact_id = typed["contact_id"]
    return NewReferral(
        uuid5(contact_id, "referral"), uuid5(contact_id, "holding"), typed["needs"], typed["ask"]
    )


def offer(form: forms.NewContact) -> NewOffer:
    """What the team that is asked will read."""
    typed = form.cleaned_data
    message = Message(
        why_urgent="",
        summary=typed["words"],
        done="",
        ask=typed["ask"],
        watch_for="",
        told=typed["told"],
        sharing_basis=typed["sharing_basis"],
    )
    return NewOffer(uuid5(typed["contact_id"], "handover"), UUID(typed["to_team"]), message)


def is_recorded(form: forms.NewContact, known: ContactRecord) -> bool:
    """Every answer is what stands recorded: of the contact, the referral, the offer and the call back."""
    typed = form.cleaned_data
    said = vars(form.said()) | {"outcome": typed["outcome"], "person_id": typed["person_id"]}
    if typed["person_id"] is None:
        # Who finds out later whom it was about changes nothing that was typed here.
        del said["person_id"]
    return recorded.as_sent(said, known.contact) and _same_referral(form, known) and _same_call(form, known)


def _same_referral(form: forms.NewContact, known: ContactRecord) -> bool:
    made = uuid5(known.contact.id, "referral")
    stands = next((one.referral for one in known.referrals if one.referral.id == made), None)
    if stands is None or not form.hands_over:
        return stands is None and not form.hands_over
    asked = referral(form)
    offers = [
        one.handover
        for one in handover_lines.of(made)
        if one.handover.id == uuid5(known.contact.id, "handover")
    ]
    if not recorded.as_sent({"needs": asked.needs, "request": asked.request}, stands):
        return False
    if not offers or not form.cleaned_data["to_team"]:
        return not offers and not form.cleaned_data["to_team"]
    said = offer(form)
    return recorded.as_sent(vars(said.message) | {"receiver_team_id": said.to_team_id}, offers[0])


def _same_call(form: forms.NewContact, known: ContactRecord) -> bool:
    """The time that was named for ringing back; one that was raised as late since has moved on."""
    made = uuid5(known.contact.id, "callback")
    stands = next((one.promise for one in known.owed if one.promise.id == made), None)
    if stands is None or stands.escalation_level:
        return True
    named = form.cleaned_data["callback_time"]
    standard = law.promise_time(stands.kind, at=stands.made_at).within
    due = wording.next_at(named, at=stands.made_at) if named else clock.due_at(stands.made_at, standard)
    return due == stands.due_at
