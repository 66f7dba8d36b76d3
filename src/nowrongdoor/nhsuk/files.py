"""
A box for files: several at once, each looked at for what is in it, and every one that cannot be taken named.

What cannot be taken is refused with the name of the file; what can is not lost by it (`good`).
"""

from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from nowrongdoor.rules import attachment
from nowrongdoor.rules.attachment import ENDINGS, MOST, NewFile, too_many
from nowrongdoor.rules.change import Refused

# What a browser's own window offers first; what is chosen is judged by what is in it.
ACCEPTED = ",".join(ending for endings in ENDINGS.values() for ending in endings)


class _Several(forms.ClearableFileInput):
    allow_multiple_selected = True


class Files(forms.Field):
    """Any number of files, none included. Too many are for the act to refuse, which knows of all."""

    widget = _Several

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, **options)

    def clean(self, value: list[UploadedFile] | None) -> tuple[NewFile, ...]:
        chosen = chosen_files(value)
        if len(chosen) > MOST:
            # Of those beyond the most, only the names have been read.
            raise ValidationError(f"{too_many(len(chosen))} None was kept: choose again.", code="file")
        problems = [words for one in chosen if (words := why_not(one))]
        if problems:
            raise ValidationError([ValidationError(words, code="file") for words in problems])
        return tuple(map(attachment.bare, chosen))


def chosen_files(value: list[UploadedFile] | None) -> tuple[NewFile, ...]:
    """The files as they were sent. What was larger than a file may be is here with its beginning only."""
    found = []
    for one in value or ():
        one.seek(0)
        found.append(NewFile(uuid4(), one.name or "", one.read(), one.size or 0))
    return tuple(found)


def why_not(one: NewFile) -> str:
    """Why a file cannot be taken; empty when it can."""
    try:
        attachment.media_type_of(one)
    except Refused as refusal:
        return refusal.words
    return ""
