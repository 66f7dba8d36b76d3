"""What is known beside the form: the record chosen, those that may fit, earlier contacts, who could help."""

from dataclasses import dataclass, replace
from datetime import datetime

from nowrongdoor.kernel.access_log.looking import Seen
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.nhsuk import candidates, code_words, wording
from nowrongdoor.nhsuk.candidates import Candidate
from nowrongdoor.pages.contacts.forms import NewContact
from nowrongdoor.reading import contact_record, people_search, standing
from nowrongdoor.rules.change import Missing
from nowrongdoor.rules.contact import Contact
from nowrongdoor.rules.directory import Service
from nowrongdoor.rules.identity import Asked


@dataclass(frozen=True)
class Rail:
    """`chosen` is the record this contact will be linked to; `doubt` says what no longer fits it."""

    asked: Asked
    chosen: Candidate | None
    doubt: str
    found: tuple[Candidate, ...]
    more: bool
    looked: bool
    lately: tuple[Contact, ...]
    services: tuple[tuple[Service, str], ...]

    @property
    def shows(self) -> list[Seen]:
        """Whom it shows, for the record of who was looked at."""
        people = (*((self.chosen,) if self.chosen else ()), *self.found)
        return [
            *candidates.seen(people),
            *(Seen(one.person_id, None, one.id, ("identity", "response")) for one in self.lately),
        ]


def of(form: NewContact, *, viewer: Viewer, at: datetime) -> Rail:
    """From what is typed now; nothing is judged and nothing is kept."""
    asked = _asked(form)
    chosen, doubt = _chosen(form, asked, viewer=viewer, at=at)
    found = people_search.search(Asked() if chosen else asked, viewer=viewer, at=at)
    needs = tuple(form["needs"].value() or ())
    return Rail(
        asked,
        chosen,
        doubt,
        candidates.candidates(found, at=at),
        found.more,
        found.looked,
        contact_record.lately_from(asked.phone, viewer=viewer, at=at),
        tuple((one, _meets(one, needs, at)) for one in contact_record.services_for(needs)),
    )


def _asked(form: NewContact) -> Asked:
    # Without what was refused, so that half a number does not hide what a name would find.
    if form.is_bound and not hasattr(form, "cleaned_data"):
        form.judge_only()
    return form.asked() if form.is_bound else Asked()


def _chosen(form: NewContact, asked: Asked, *, viewer: Viewer, at: datetime) -> tuple[Candidate | None, str]:
    try:
        key = form.fields["person_id"].to_python(form["person_id"].value())
        found = people_search.match_of(asked, person_id=key, viewer=viewer, at=at) if key else None
    except (ValueError, Missing):
        return None, ""
    if found is None:
        return None, ""
    # Chosen by two identifiers, or known to the viewer already; a key alone in a form shows a name.
    if key and standing.may_know("person", key, viewer=viewer, at=at):
        found = replace(found, identifiers=2)
    shown = candidates.candidate(asked, found, at=at)
    return shown, shown.differs


def _meets(service: Service, needs: tuple[str, ...], at: datetime) -> str:
    met = [code_words.words_of("needs", need, at=at).lower() for need in needs if need in service.needs]
    missed = [
        code_words.words_of("needs", need, at=at).lower() for need in needs if need not in service.needs
    ]
    words = f"helps with {wording.listed(met)}"
    return f"{words}; not with {wording.listed(missed)}" if missed else words
