"""What whoever hands over is told as they write: the clock rule, the teams, and what is known already."""

from datetime import datetime
from uuid import UUID

from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.nhsuk import clocks, code_words, hidden, holder_line, team_choices, wording
from nowrongdoor.nhsuk.fields import ordinal
from nowrongdoor.pages.handovers import wording as handed
from nowrongdoor.pages.handovers.forms import Offer
from nowrongdoor.reading.handover_composer import Composer
from nowrongdoor.reading.open_teams import OpenTeam
from nowrongdoor.reading.referral_record import About, ReferralRecord
from nowrongdoor.rules import law


def composer(shown: Composer, *, at: datetime) -> dict[str, object]:
    """What stands round the form: whom it is about, the clock rule, and the teams that could be asked."""
    about = shown.record.about
    return {
        **handed.whom(about, at=at),
        "why_not": shown.record.why_not.get("offer", ""),
        "holder": holder_line.holder_words(shown.record.held_now),
        "rule": _rule(shown, at=at),
        "fitting": [_team(one, about, at=at) for one in shown.teams if _meets(one, about, at=at)][:8],
        "every_team": [_team(one, about, at=at) for one in shown.teams],
        "hop": f"{ordinal(len(shown.record.handovers) + 1)} handover",
    }


def asked_first(shown: Composer, service: str) -> dict[str, str]:
    """Whoever comes from the options has chosen a service there: it, and its team, are asked."""
    key = hidden.key(service)
    team = shown.team_of(key)
    return {"to_team": str(team.team.id), "service": str(key)} if team else {}


def service_meant(shown: Composer, form: Offer) -> UUID | None:
    """The service that is chosen, or the only one that the team keeps."""
    chosen = form.cleaned_data.get("to_team")
    said = form.cleaned_data.get("service") or ""
    return team_choices.service_meant(shown.teams, team_id=UUID(chosen) if chosen else None, chosen=said)


def preview(shown: Composer, form: Offer, *, viewer: Viewer, at: datetime) -> dict[str, object]:
    """Exactly what the receiver will be shown, were it sent now."""
    chosen = form.cleaned_data.get("to_team")
    team = shown.team(UUID(chosen)) if chosen else None
    return handed.message(
        shown.record.about,
        form.message(),
        giver=f"{viewer.team_name} – {viewer.member_name}",
        receiver=wording.for_service(team.team.name, _service(team, service_meant(shown, form)))
        if team
        else "no team chosen yet",
        hop=len(shown.record.handovers) + 1,
        answer_by=shown.answer_by,
        at=at,
        files=handed.kept_files(form.kept),
    )


def first_message(record: ReferralRecord, *, at: datetime) -> dict[str, str]:
    """What is known already, so that nobody writes it twice: from the last handover, triage, the contact."""
    about = record.about
    referral = about.referral
    last = record.handovers[-1].handover if record.handovers else None
    urgency = code_words.urgency_words(referral.urgency, at=at)
    why = f"{urgency}: {referral.triage_words}" if referral.triage_words else ""
    return {
        "why_urgent": why or (last.why_urgent if last else ""),
        "summary": last.summary if last and last.summary else referral.words or referral.request,
        "done": last.done if last else "",
        "ask": last.ask if last else referral.request,
        "watch_for": last.watch_for if last else "",
        "told": last.told if last else (about.contact.wish if about.contact else ""),
        "sharing_basis": last.sharing_basis if last else "",
    }


def _rule(shown: Composer, *, at: datetime) -> dict[str, str]:
    """The clock rule in words, its source, and whether anyone has checked it."""
    urgency = shown.record.about.referral.urgency
    standard = law.promise_time(f"offer_{urgency or 'very_urgent'}", at=at)
    said = (
        code_words.urgency_words(urgency, at=at) if urgency else "Not triaged yet, so answered as very urgent"
    )
    by = wording.local_when(shown.answer_by, at=at)
    return {
        "words": f"{said}: they answer within {wording.duration(standard.within)}, by {by}.",
        "source": clocks.source_words(standard),
    }


def _service(team: OpenTeam, key: UUID | None) -> str:
    return next((one.name for one in team.services if one.id == key), "")


def _team(one: OpenTeam, about: About, *, at: datetime) -> dict[str, object]:
    return {
        "name": one.team.name,
        "agency": one.agency_name,
        "phone": one.team.phone,
        "does": one.team.does,
        "meets": _meets(one, about, at=at),
        "services": one.services,
        "signs_in": one.signs_in,
    }


def _meets(one: OpenTeam, about: About, *, at: datetime) -> str:
    offered = {need for service in one.services for need in service.needs}
    met = tuple(need for need in about.referral.needs if need in offered)
    return (
        wording.listed(words.lower() for words in code_words.all_words_of("needs", met, at=at)) if met else ""
    )
