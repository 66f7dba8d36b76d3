"""How the pages of guidance are asked: what is about nobody, and a second look at somebody's referral."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

from nowrongdoor.console.prove.seeing.calls import Asks, of_record, plain, with_key
from nowrongdoor.console.prove.seeing.place import Place

READ, SENT, BOTH = ("GET", "HEAD"), ("POST",), ("GET", "POST")
ACTS = ("circulate", "compare", "appraise", "live", "aside")


def _none(place: Place) -> Iterator[Any]:
    yield uuid4()


def _case(place: Place) -> Iterator[Any]:
    yield "stairs_at_night"


GUIDANCE: dict[str, Asks] = {
    **dict.fromkeys(("guidance", "guidance_shipped", "consistency", "vignettes"), plain(*READ)),
    **dict.fromkeys(("guidance_new", "guidance_edit_shipped"), plain(*BOTH)),
    "vignette": with_key(_case, *BOTH),
    "guidance_edit": with_key(_none, *BOTH),
    **dict.fromkeys(("guidance_version", "guidance_replay"), with_key(_none, *READ)),
    **{f"guidance_{act}": with_key(_none, *SENT) for act in ACTS},
    "second_look": of_record("referral", *BOTH),
}
