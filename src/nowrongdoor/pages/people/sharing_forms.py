"""What is asked of whoever shares, overrides, withdraws, seals or lifts a seal."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms

from nowrongdoor.nhsuk import code_words
from nowrongdoor.nhsuk.fields import Choice, PlainText, Words
from nowrongdoor.nhsuk.hidden import NewKey, Seen
from nowrongdoor.nhsuk.team_choices import Grouped
from nowrongdoor.rules import sharing
from nowrongdoor.rules.sharing import Grounds

WHOLE = "person"
NOT_HERE = "Nobody who works here, or it is not known"


class _WithTeam(forms.Form):
    decision_id = NewKey()
    to_team = Choice(label="Which team?", what="a team", required=True, widget=forms.Select)

    def __init__(self, *args: Any, at: datetime, teams: Grouped, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["to_team"].choices = teams

    def to_team_id(self) -> UUID:
        return UUID(self.cleaned_data["to_team"])


class Share(_WithTeam):
    """With whom, for what, and on which two grounds."""

    purpose = Choice(label="What may they use it for?", what="what they may use it for", required=True)
    confidentiality_basis = Choice(
        label="Why does it break no confidence?", what="why it breaks no confidence", required=True
    )
    gdpr_basis = Choice(label="Ground of data protection law", what="a ground", widget=forms.Select)
    words = Words(label="In a line, why for this person?", max_length=5_000)
    told = Choice(label="Does the person know?", what="whether the person knows", required=True)

    def __init__(self, *args: Any, at: datetime, teams: Grouped, **options: Any) -> None:
        super().__init__(*args, at=at, teams=teams, **options)
        self.fields["purpose"].choices = [
            one for one in code_words.choices("purposes", at=at) if one[0] in sharing.FOR_CARE
        ]
        bases = code_words.choices("confidentiality_bases", at=at)
        # Without consent, to keep someone safe, has a page of its own that asks three things.
        self.fields["confidentiality_basis"].choices = [one for one in bases if one[0] != sharing.OVERRIDE]
        self.fields["gdpr_basis"].choices = [
            ("", "The usual one for this purpose"),
            *code_words.choices("gdpr_bases", at=at),
        ]
        self.fields["told"].choices = code_words.choices("person_told", at=at)

    def grounds(self) -> Grounds:
        typed = self.cleaned_data
        return Grounds(
            typed["confidentiality_basis"], typed["words"], typed["told"], typed.get("gdpr_basis") or ""
        )


class Override(_WithTeam):
    """To keep someone safe: with whom, what the danger is, whether the person knows. Nothing else."""

    words = Words(label="What is the danger?", what="what the danger is", required=True, max_length=5_000)
    told = Choice(label="Does the person know?", what="whether the person knows", required=True)

    def __init__(self, *args: Any, at: datetime, teams: Grouped, **options: Any) -> None:
        super().__init__(*args, at=at, teams=teams, **options)
        self.fields["told"].choices = code_words.choices("person_told", at=at)


class Withdraw(forms.Form):
    """Why it is no longer shared."""

    words = Words(
        label="Why is it no longer shared?",
        what="why it is no longer shared",
        required=True,
        max_length=5_000,
    )
    seen = Seen()


class Seal(forms.Form):
    """What is kept from others, and for which reason of the list."""

    seal_id = NewKey()
    what = Choice(label="What is to be sealed?", what="what is to be sealed", required=True)
    why = Choice(label="Why?", what="why it is sealed", required=True)
    against_agency = Choice(
        label="From whom must somebody be kept safe?", what="an agency", widget=forms.Select
    )
    against_name = PlainText(label="Their name, if it is one person alone", required=False)
    words = Words(label="In a line, for whoever must lift it later", max_length=5_000)

    def __init__(
        self,
        *args: Any,
        at: datetime,
        items: list[tuple[str, str]],
        agencies: Iterable[tuple[str, str]],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.names = dict(agencies)
        self.fields["against_agency"].choices = [("", NOT_HERE), *self.names.items()]
        self.fields["what"].choices = items
        self.fields["why"].choices = code_words.choices("seal_reasons", at=at)

    def clean(self) -> dict[str, Any]:
        """A name alone may be several people's."""
        typed = super().clean() or self.cleaned_data
        if typed.get("against_name") and not typed.get("against_agency"):
            self.add_error("against_agency", "Choose the agency they work for")
        return typed

    def against(self) -> str:
        """From whom it is kept, in words; empty where nobody is named."""
        typed = self.cleaned_data if self.is_bound and self.is_valid() else {}
        return typed.get("against_name") or self.names.get(typed.get("against_agency", ""), "")

    def about(self, person_id: UUID) -> dict[str, UUID | None]:
        """The item by its kind, or the whole person."""
        kind, _, key = self.cleaned_data["what"].partition(":")
        keys: dict[str, UUID | None] = {"person_id": None, "referral_id": None, "contact_id": None}
        return keys | {f"{kind}_id": person_id if kind == WHOLE else UUID(key)}


class Lift(forms.Form):
    """Why others may see it again."""

    words = Words(
        label="Why is the seal lifted?", what="why the seal is lifted", required=True, max_length=5_000
    )
    seen = Seen()
