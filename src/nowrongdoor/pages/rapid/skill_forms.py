"""What is asked when a skill or power is entered, and when it is ended early."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms

from nowrongdoor.nhsuk.fields import Choice, DateParts, PlainText, Words
from nowrongdoor.nhsuk.hidden import NewKey, Seen
from nowrongdoor.rules import skill_kinds
from nowrongdoor.rules.clock import local_date


class Enter(forms.Form):
    """Who, what, from which day until which, who said so, and where it was checked."""

    skill_id = NewKey()
    member = Choice(label="Who holds it?", what="who holds it", required=True, widget=forms.Select)
    kind = Choice(label="What is it?", what="what it is", required=True, widget=forms.Select)
    from_on = DateParts(label="What is its first day?", what="first day", required=True)
    until_on = DateParts(label="What is its last day?", what="last day")
    said_by = PlainText(label="Who told us?", required=True, max_length=200,
                        error_messages={"required": "Write who told us, like the member"})  # fmt: skip
    checked = PlainText(label="Where was it checked, and when?", max_length=300)

    def __init__(self, *args: Any, members: Any, at: datetime, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["member"].choices = [
            ("", "Choose somebody"), *((str(key), name) for key, name in members)
        ]  # fmt: skip
        found = skill_kinds.kinds(on=local_date(at))
        self.fields["kind"].choices = [("", "Choose"), *((one.code, one.label) for one in found)]

    def said(self) -> dict[str, object]:
        typed = self.cleaned_data
        words = {name: typed[name].strip() for name in ("said_by", "checked")}
        days = {name: typed[name] for name in ("from_on", "until_on")}
        return {"member_id": UUID(typed["member"]), "kind": typed["kind"], **days, **words}


class End(forms.Form):
    """Why it counts no more: whoever plans visits reads it."""

    words = Words(label="Why does it end now?", what="why it ends", required=True, max_length=5_000)
    seen = Seen()
