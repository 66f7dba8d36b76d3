"""
How often one member may do what could also be guessing: look for people, register, try to break the glass.

Counted by member and network together: whoever goes too fast is slowed, and a colleague at the next desk, who
comes from the same address, is not. Taking a contact, answering an offer and every other act is never slowed.
"""

from datetime import timedelta
from math import ceil

from django.http import HttpRequest, HttpResponse, JsonResponse

from nowrongdoor.kernel import paces
from nowrongdoor.kernel.paces import TooFast
from nowrongdoor.nhsuk import answers, drafts, wording
from nowrongdoor.rules.law import seeing

SEARCH, ALONGSIDE, REGISTER, GLASS = "search", "search_alongside", "register", "break_glass_tries"
PACED = {
    "people_search": SEARCH,
    "person_open": SEARCH,
    "person_claim": SEARCH,
    "contact_link": SEARCH,
    "access_log_person": SEARCH,
    "contact_match": ALONGSIDE,  # a page asks for it by itself while somebody types
    "person_register": REGISTER,
    "break_glass": GLASS,
}
# Counted by the statement that records whom the search found, for a search takes four statements and no
# more: one too many is made, and neither shown nor recorded.
WITH_ITS_RECORD = "people_search"
JUST_OVER = timedelta(minutes=1)  # whoever waits as long as they are told is not told again
DID = {
    SEARCH: "You have looked for people very often in a short time.",
    ALONGSIDE: "You have looked for people very often in a short time.",
    REGISTER: "You have registered many people in a short time.",
    GLASS: "You have tried to break the glass very often in a short time.",
}


def slowed(request: HttpRequest) -> HttpResponse | None:
    """429 in words, with everything typed ready to be sent again, for whoever goes too fast; else nothing."""
    name = request.resolver_match.view_name if request.resolver_match else ""
    code = PACED.get(name)
    if code is None or request.method != "POST":
        return None
    network = request.META.get("REMOTE_ADDR") or "unknown"
    pace = paces.of(
        code,
        request.viewer.member_id,
        network,
        within=seeing.lasts(f"{code}_window", at=request.at),
        most=seeing.most(code, at=request.at),
        at=request.at,
    )
    if name == WITH_ITS_RECORD:
        request.pace = pace
        return None
    try:
        paces.count(pace)
    except TooFast as refusal:
        return too_fast(request, refusal)
    return None


def too_fast(request: HttpRequest, refusal: TooFast) -> HttpResponse:
    """429 in words, with everything typed ready to be sent again."""
    request.pace, request.listed = None, ()
    code, until = PACED[request.resolver_match.view_name], refusal.until
    wait = wording.duration(until - request.at + JUST_OVER)
    words = f"{DID[code]} Wait {wait}, then send this again. Nobody else is slowed by this."
    if answers.wants_json(request):
        response: HttpResponse = JsonResponse({"words": words}, status=429)
    else:
        context = {
            "problem": True,
            "did": DID[code],
            "wait": wait,
            "fields": [(box, text) for box, texts in drafts.typed_in(request.POST).items() for text in texts],
            "typed": drafts.readable(request.POST),
        }
        response = answers.page(request, "nhsuk/slowed.jinja", context, status=429)
    response.headers["Retry-After"] = str(ceil((until - request.at).total_seconds()))
    return response
