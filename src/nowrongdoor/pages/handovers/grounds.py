"""Why a team of another agency was told, for the page of the offer that told it."""

from datetime import datetime

from nowrongdoor.nhsuk import code_words, wording
from nowrongdoor.rules.sharing import SharingDecision


def of(shared: SharingDecision, *, at: datetime) -> tuple[tuple[str, str], ...]:
    """On which two grounds it is shared: they answer two questions, and are said apart."""
    why = shared.confidentiality_basis
    grounds = (
        ("Confidentiality", code_words.words_of("confidentiality_bases", why, at=at)),
        ("Data protection law", code_words.words_of("gdpr_bases", shared.gdpr_basis, at=at)),
        ("For", code_words.words_of("purposes", shared.purpose, at=at)),
    )
    if shared.withdrawn_at is None:
        return grounds
    return (*grounds, ("No longer shared", f"since {wording.local_when(shared.withdrawn_at, at=at)}"))
