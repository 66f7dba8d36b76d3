"""What can happen in a life, done through the real journeys, with a canary in every column of text."""

from __future__ import annotations

from uuid import UUID, uuid4

from nowrongdoor.console.prove.seeing import policing, saying
from nowrongdoor.console.prove.seeing.expected import ROLES
from nowrongdoor.console.prove.seeing.place import Life, Place, version
from nowrongdoor.journeys import (
    contacts,
    handovers,
    openings,
    people,
    permissions,
    promises,
    seals,
    sharing,
    statutory,
    triage,
)
from nowrongdoor.rules.access import Viewer
from nowrongdoor.rules.attachment import NewFile
from nowrongdoor.rules.contact import Said
from nowrongdoor.rules.handover import Message
from nowrongdoor.rules.intake import NewReferral
from nowrongdoor.rules.person import Details
from nowrongdoor.rules.sealing import NOBODY_NAMED, Against
from nowrongdoor.rules.sharing import Grounds
from nowrongdoor.rules.triage import Decision


class Told:
    """One life as it is being lived."""

    def __init__(self, place: Place, name: str) -> None:
        self.place, self.name = place, name
        self.life = place.lives[name] = Life(name)
        self.keys = self.life.keys

    def word(self, item: str, element: str, column: str) -> str:
        return self.place.canaries.word(self.name, item, element, column)

    def person(self) -> None:
        made = self.place.canaries
        self.keys["person"] = uuid4()
        people.register(
            person_id=self.keys["person"],
            details=Details(
                family_name=self.word("P", "identity", "family_name"),
                given_names=self.word("P", "identity", "given_names"),
                known_as=self.word("P", "identity", "known_as"),
                pronouns=self.word("P", "identity", "pronouns"),
                born_on=made.born_on(self.name, "P"),
                nhs_number=made.nhs_number(self.name, "P"),
                phone=made.phone(self.name, "P", "phone"),
                address=self.word("P", "whereabouts", "address"),
                postcode=made.postcode(self.name, "P", "postcode"),
                access_needs=self.word("P", "response", "access_needs"),
                know_first=self.word("P", "response", "know_first"),
            ),
            looked_at=[],
            by=self.place["Far"],
            at=self.place.later(),
        )
        saying.about(self.keys["person"], self.word, by=self.place["Far"], at=self.place.later())

    def contact(self, item: str, referral: str, *, by: Viewer, contact: str = "") -> None:
        """Somebody rang, and it was taken in: C and R, or another contact and referral of theirs."""
        self.keys[f"contact{item}"], self.keys[f"referral{item}"] = uuid4(), uuid4()
        of = contact or item
        contacts.receive(
            contact_id=self.keys[f"contact{item}"],
            said=Said(
                channel="telephone",
                caller_kind="carer",
                caller_name=self.word(of, "identity", "caller_name"),
                caller_agency=self.word(of, "identity", "caller_agency"),
                about="" if "person" in self.keys else self.word(of, "identity", "about"),
                callback_number=self.place.canaries.phone(self.name, of, "callback_number"),
                where=self.word(of, "whereabouts", "where"),
                at_home=self.word(of, "response", "at_home"),
                access_needs=self.word(of, "response", "access_needs"),
                wish=self.word(of, "story", "wish"),
                sharing_words=self.word(of, "story", "sharing_words"),
                words=self.word(referral, "story", "words"),
            ),
            outcome="handed_over",
            person_id=self.keys.get("person"),
            referral=NewReferral(self.keys[f"referral{item}"], uuid4(), ["mental"], self.request(referral)),
            callback_id=uuid4(),
            happened_at=self.place.clock,
            by=by,
            at=self.place.later(),
        )

    def request(self, item: str) -> str:
        """What is asked for; sometimes nothing but their own words, which no list may show in its place."""
        return "" if self.name in ("arrived", "nameless_held") else self.word(item, "response", "request")

    def main(self, *, by: Viewer) -> None:
        """C and R, and what the team that took them in owes on R."""
        self.contact("R", "R", by=by, contact="C")
        self.keys["contact"], self.keys["referral"] = self.keys["contactR"], self.keys["referralR"]
        self.keys["clock"] = self.keys["referral"]  # a clock has the key of the row that promises by a time
        self.looked_into(by=by)
        policing.about(self.keys["referral"], self.word, by=by, later=self.place.later)

    def looked_into(self, *, by: Viewer) -> None:
        """A concern about whoever R is about was looked into: what the law gives a time, and it is over."""
        self.keys["statutory"] = uuid4()
        statutory.begin(
            clock_id=self.keys["statutory"],
            referral_id=self.keys["referral"],
            kind="safeguarding",
            words=self.word("R", "story", "statutory_words"),
            started_at=None,
            by=by,
            at=self.place.later(),
        )
        statutory.end(
            clock_id=self.keys["statutory"],
            outcome="no_enquiry",
            words=self.word("R", "story", "statutory_ending"),
            ended_at=None,
            by=by,
            at=self.place.later(),
            seen=1,
        )

        saying.visited(self, by=by)

    def promise(self, *, by: Viewer) -> None:
        self.keys["promise"] = uuid4()
        promises.make(
            promise_id=self.keys["promise"],
            kind="information",
            words=self.word("R", "response", "promised"),
            asked_of=self.word("R", "response", "asked_of"),
            due_at=None,
            contact_id=None,
            referral_id=self.keys["referral"],
            person_id=None,
            by=by,
            at=self.place.later(),
        )

    def hand_on(self, *, to: str, by: Viewer) -> None:
        """R is decided on and offered to a team, with a letter."""
        referral_id = self.keys["referral"]
        triage.accept_here(
            referral_id=referral_id,
            decision=Decision("urgent", ("mental",), self.word("R", "story", "triage_words")),
            by=by,
            at=self.place.later(),
            seen=version(referral_id),
        )
        self.keys["handover"], self.keys["attachment"] = uuid4(), uuid4()
        letter = self.word("R", "whereabouts", "letter").encode()
        handovers.offer(
            referral_id=referral_id,
            handover_id=self.keys["handover"],
            to_team_id=self.place.teams[to],
            message=Message(
                why_urgent=self.word("R", "response", "why_urgent"),
                summary=self.word("R", "story", "summary"),
                done=self.word("R", "story", "done"),
                ask=self.word("R", "response", "ask"),
                watch_for=self.word("R", "response", "watch_for"),
                told=self.word("R", "story", "told"),
                sharing_basis="consent",
            ),
            attachments=[
                NewFile(
                    self.keys["attachment"],
                    f"{self.word('R', 'story', 'file_name')}.txt",
                    letter,
                    len(letter),
                )
            ],
            by=by,
            at=self.place.later(),
            seen=version(referral_id),
        )
        handovers.chase(
            handover_id=self.keys["handover"],
            chase_id=uuid4(),
            how="phone",
            words=self.word("R", "story", "chased"),
            by=by,
            at=self.place.later(),
            seen=1,
        )

    def accept(self, *, by: Viewer) -> None:
        handovers.accept(
            handover_id=self.keys["handover"],
            read_back=self.word("R", "story", "read_back"),
            holding_id=uuid4(),
            by=by,
            at=self.place.later(),
            seen=1,
        )

    def others_work(self) -> None:
        """F and S: what only the other agency has a part in, open and sealed."""
        far = self.place["Far"]
        self.contact("F", "F", by=far)
        self.contact("S", "S", by=far)
        self.seal("S", referral=self.keys["referralS"])
        self.seal("S", contact=self.keys["contactS"])

    def seal(
        self,
        item: str,
        *,
        referral: UUID | None = None,
        contact: UUID | None = None,
        against: Against = NOBODY_NAMED,
    ) -> None:
        whole = referral is None and contact is None
        seals.put(
            seal_id=uuid4(),
            person_id=self.keys["person"] if whole else None,
            referral_id=referral,
            contact_id=contact,
            why="in_danger",
            words=self.word(item, "story", "sealed_because"),
            against=against,
            by=self.place["Far"],
            at=self.place.later(),
        )

    def share(self) -> UUID:
        decision_id = uuid4()
        sharing.decide(
            decision_id=decision_id,
            person_id=self.keys["person"],
            to_team_id=self.place.teams["Ours"],
            purpose="direct_care",
            grounds=Grounds("consent", self.word("A", "access", "shared_because"), "yes"),
            by=self.place["Far"],
            at=self.place.later(),
        )
        return decision_id

    def keep_safe(self) -> None:
        """Ours is told without consent, because somebody may come to harm."""
        sharing.override(
            decision_id=uuid4(),
            person_id=self.keys["person"],
            to_team_id=self.place.teams["Ours"],
            words=self.word("A", "access", "told_because"),
            told="would_harm",
            by=self.place["Far"],
            at=self.place.later(),
        )

    def permit(self, *, by: Viewer) -> None:
        """The person lets two carers read some of it, and takes back what one of them might."""
        self.life.permitted, self.life.taken_back = uuid4(), uuid4()
        for key in (self.life.permitted, self.life.taken_back):
            permissions.give(
                permission_id=key,
                person_id=self.keys["person"],
                carer_name="Somebody near",
                carer_is="Sister",
                elements=("answerable", "identity"),
                how="told_us",
                words="They may read it.",
                until_at=None,
                by=by,
                at=self.place.later(),
            )
        permissions.withdraw(
            permission_id=self.life.taken_back, words="No more.", by=by, at=self.place.later(), seen=1
        )

    def claim(self) -> None:
        for role in ROLES:
            openings.claim(
                opening_id=uuid4(),
                person_id=self.keys["person"],
                reason="in_contact",
                words=self.word("A", "access", f"claim_of_{role}"),
                by=self.place.as_carer(role),
                at=self.place.later(),
            )

    def break_glass(self) -> None:
        for role in ROLES:
            openings.break_glass(
                opening_id=uuid4(),
                review_id=uuid4(),
                person_id=self.keys["person"],
                reason="danger_now",
                words=self.word("A", "access", f"glass_of_{role}"),
                by=self.place.as_carer(role),
                at=self.place.later(),
            )
