"""What stands over every page of a record that is open because its viewer broke the glass."""

from django.http import HttpRequest

from nowrongdoor.nhsuk import wording
from nowrongdoor.rules.participation import Part


def glass(request: HttpRequest) -> dict[str, str]:
    """Context for every page: `You broke the glass at 14:02. Open until 22:02`, or nothing."""
    seen = getattr(request, "seen", None)
    if seen is None:
        return {"glass": ""}
    broken = [
        part
        for part in seen.standing.parts
        if part.part == Part.BROKE_GLASS
        and part.member_id == seen.viewer.member_id
        and part.until_at is not None
        and part.from_at <= seen.at < part.until_at
    ]
    if not broken:
        return {"glass": ""}
    last = max(broken, key=lambda part: part.from_at)
    since, until = (wording.local_when(one, at=seen.at) for one in (last.from_at, last.until_at))
    return {"glass": f"You broke the glass at {since}; open until {until}."}
