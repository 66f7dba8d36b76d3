"""
What a phone is answered that kept a note until there was signal (`kept.js`), and asks for JSON.

When the note was recorded, and where it can be read: the same however often it is sent. Or, in words, why it
was not: then the phone keeps it.
"""

from datetime import datetime

from django import forms
from django.http import JsonResponse

from nowrongdoor.nhsuk import wording
from nowrongdoor.nhsuk.shapes import Conflict


def sent(at: datetime, *, url: str) -> JsonResponse:
    """`{"sent": "14:32", "url": "/visits/…"}`: only after this is the text gone from the phone."""
    return JsonResponse({"sent": wording.local_time(at), "url": url})


def not_sent(form: forms.BaseForm, *, status: int, conflict: Conflict | None = None) -> JsonResponse:
    """`{"words": "Lou recorded that they have left 2 minutes ago."}`, or what must be answered otherwise."""
    refused = " ".join(f"{str(each).rstrip('.')}." for errors in form.errors.values() for each in errors)
    return JsonResponse({"words": conflict.who_did_what if conflict else refused}, status=status)
