"""The questions of a contact: how they are asked, why, and what was answered, in words."""

from datetime import datetime

from nowrongdoor.nhsuk import clocks, code_words
from nowrongdoor.rules import law
from nowrongdoor.rules.contact import NOT_ASKED, Contact
from nowrongdoor.rules.law import Question


def why(question: Question) -> str:
    """Why it is asked, and who says that it should be."""
    return f"{question.why} Source: {clocks.source_words(question)}."


def answered(contact: Contact | None, *, at: datetime) -> tuple[tuple[str, str], ...]:
    """
    Each question that stood when the contact was taken, with its answer; one nobody answered was not asked.

    Nothing for a contact from before there were questions.
    """
    asked = law.question_set(contact.question_set) if contact and contact.question_set else None
    if contact is None or asked is None:
        return ()
    return tuple(
        (question.words, code_words.words_of("answers", contact.answers.get(question.code, NOT_ASKED), at=at))
        for question in asked.questions
    )
