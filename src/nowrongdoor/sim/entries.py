"""
What the county's directory says of its services besides their names, in the terms of Open Referral; and the
services of organisations outside: lines, clubs, a navigator, the emergency department. All invented.
"""

from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID, uuid5

from nowrongdoor.rules.directory import Service
from nowrongdoor.rules.openreferral import searched, terms

TOWNS = {"Averley": (53.052, -1.204, "ZZ1 1AA"), "Castle Bridge": (53.101, -1.046, "ZZ2 1AA")}
WEEK, EVERY = "MO,TU,WE,TH,FR", "MO,TU,WE,TH,FR,SA,SU"
# What the words of county.SERVICES come to. Words that are not here are left as words: nobody knows.
HOURS = {
    "8 am to 10 pm": (EVERY, "08:00", "22:00"), "8 am to 6 pm": (EVERY, "08:00", "18:00"),
    "Every day": (EVERY, "08:00", "20:00"), "Mon–Fri 9–4": (WEEK, "09:00", "16:00"),
    "Mon–Fri": (WEEK, "09:00", "17:00"), "Mon–Sat": ("MO,TU,WE,TH,FR,SA", "09:00", "17:00"),
    "Tue and Thu": ("TU,TH", "09:30", "16:00"), "Wed": ("WE", "09:00", "16:00"),
    "Wed and Sat": ("WE,SA", "10:00", "16:00"), "Thu evening": ("TH", "18:00", "20:00"),
    "Mon evening": ("MO", "18:00", "20:00"), "Wed evening": ("WE", "18:00", "20:00"),
    "Fri morning": ("FR", "10:00", "12:00"), "Sat morning": ("SA", "10:00", "12:00"),
    "Tue 2–4": ("TU", "14:00", "16:00"), "Sun 3–5": ("SU", "15:00", "17:00"),
    "5–11 pm": (EVERY, "17:00", "23:00"),
}  # fmt: skip


class Outside(NamedTuple):
    """An entry of an organisation that is no agency of the place."""

    name: str
    by: str
    summary: str
    needs: str
    hours: str
    phone: str
    town: str = "Averley"
    kind: str = "service"
    ways: str = "self professional"
    wishes: str = ""
    has: str = ""
    lacks: str = ""
    low: int | None = None
    high: int | None = None
    checked_days: int = 20


OUTSIDE = (
    Outside(
        "County navigator",
        "Averley Together",
        "Tell one person; they find who helps and stay with you until someone does",
        "other just_to_talk",
        "Mon–Sat",
        "01632 960901",
        kind="navigator",
        ways="self carer professional phone",
        wishes="by_phone face_to_face",
    ),
    Outside(
        "Night and Day Line",
        "Night and Day",
        "Someone to talk to in a crisis, at any hour",
        "mental just_to_talk safety",
        "Day and night",
        "01632 960902",
        kind="crisis_line",
        ways="self carer professional phone",
        wishes="by_phone free",
    ),
    Outside(
        "Averley General, emergency department",
        "Averley General",
        "For what cannot wait and needs a hospital",
        "physical mental",
        "Day and night",
        "01632 960903",
        kind="emergency_department",
        ways="self professional drop_in",
        has="step_free bsl",
    ),
    Outside(
        "Listening Ear",
        "Averley Together",
        "A call back from a volunteer, just to talk",
        "just_to_talk loneliness",
        "Every day",
        "01632 960904",
        ways="self carer phone",
        wishes="by_phone peer free",
    ),
    Outside(
        "Young People's Café",
        "The Loft",
        "For anybody of 11 to 25 who needs to talk, no appointment",
        "mental just_to_talk",
        "5–11 pm",
        "01632 960905",
        low=11,
        high=25,
        ways="self drop_in",
        wishes="peer face_to_face not_hospital free",
        lacks="step_free",
    ),
    Outside(
        "Men's Shed",
        "The Shed",
        "Making and mending, side by side",
        "loneliness",
        "Tue and Thu",
        "01632 960906",
        town="Castle Bridge",
        ways="self drop_in",
        wishes="group free",
        has="step_free",
    ),
    Outside(
        "Lunch Club",
        "Castle Bridge Neighbours",
        "A hot lunch and company",
        "loneliness",
        "Fri morning",
        "01632 960907",
        town="Castle Bridge",
        low=60,
        ways="self carer professional",
        wishes="group",
        has="step_free parking",
        checked_days=200,
    ),
    Outside(
        "Time Bank",
        "Averley Together",
        "An hour for an hour: lifts, shopping, company",
        "loneliness social",
        "Mon–Fri",
        "01632 960908",
        ways="self",
        wishes="peer free",
    ),
    Outside(
        "Shared Lives",
        "County Shared Lives",
        "Living with, or visiting, a family that welcomes you",
        "social learning_disability",
        "Mon–Fri",
        "01632 960909",
        low=18,
        ways="professional",
        wishes="one_to_one face_to_face",
    ),
    Outside(
        "Link worker",
        "Averley Practices",
        "Someone with time, who finds what matters to you and goes along",
        "loneliness money social other",
        "Mon–Fri",
        "01632 960910",
        ways="self professional",
        wishes="one_to_one face_to_face",
    ),
    Outside(
        "Food and Fuel",
        "Averley Pantry",
        "Food today, and help with the meter",
        "money",
        "Tue and Thu",
        "01632 960911",
        ways="self drop_in professional",
        wishes="free",
        has="step_free",
    ),
    Outside(
        "Bereavement friends",
        "Castle Bridge Neighbours",
        "Somebody who has been there",
        "bereavement",
        "Every day",
        "01632 960912",
        town="Castle Bridge",
        ways="self phone",
        wishes="peer by_phone one_to_one free",
    ),
)
OF_OURS: dict[str, dict[str, Any]] = {
    "Crisis line": {"kind": "crisis_line", "ways": "self carer phone", "wishes": "by_phone free"},
    "Evening café": {"ways": "self drop_in", "wishes": "peer face_to_face not_hospital free", "low": 18},
    "Telephone friends": {"ways": "self professional", "wishes": "by_phone one_to_one free"},
    "Carers' assessment": {"ways": "self professional", "low": 18},
    "Drop-in": {"ways": "self drop_in", "wishes": "free face_to_face", "lacks": "step_free"},
}


def with_record(service: Service, *, on: date) -> Service:
    """A service of the place with all that its entry says."""
    town = "Castle Bridge" if "Castle Bridge" in service.name else "Averley"
    told = OF_OURS.get(service.name, {"ways": "professional"})
    record = _record(service.id, service.hours, town=town, on=on, **told)
    return Service(**{**vars(service), "record": record})


def outside(*, of: UUID, on: date) -> list[Service]:
    """Those of organisations outside; `of` is something of the place, so that another place has other ids."""
    return [_outside(one, of, on) for one in OUTSIDE]


def _outside(one: Outside, of: UUID, on: date) -> Service:
    key = uuid5(of, one.name)
    record = _record(
        key, one.hours, town=one.town, on=on, kind=one.kind, ways=one.ways, wishes=one.wishes, has=one.has,
        lacks=one.lacks, low=one.low, high=one.high, checked_days=one.checked_days,
    )  # fmt: skip
    organisation = {"id": str(uuid5(of, one.by)), "name": one.by, "description": one.by}
    needs = tuple(one.needs.split())
    record |= {"organization": organisation}
    return Service(key, None, None, one.name, one.summary, needs, one.hours, one.phone, record)


def _record(
    key: UUID,
    hours: str,
    *,
    town: str,
    on: date,
    kind: str = "service",
    ways: str = "",
    wishes: str = "",
    has: str = "",
    lacks: str = "",
    low: int | None = None,
    high: int | None = None,
    checked_days: int = 20,
) -> dict[str, Any]:
    latitude, longitude, postcode = TOWNS[town]
    # Not all at one door, and each always at the same.
    away = (key.int % 97 - 48) / 4_000
    named = (("ways_in", ways), ("wishes", wishes), ("access_needs", has), ("service_kinds", kind))
    attributes = [
        terms.attribute(key, name, code, on=on) for name, codes in named for code in codes.split()
    ] + [terms.attribute(key, "access_needs", code, on=on, lacks=True) for code in lacks.split()]
    record: dict[str, Any] = {
        "status": "active",
        "assured_date": (on - timedelta(days=checked_days)).isoformat(),
        "attributes": attributes,
        "service_at_locations": [{
            "id": str(uuid5(key, "place")),
            "location": {
                "id": str(uuid5(key, "location")), "location_type": "physical",
                "latitude": round(latitude + away, 5), "longitude": round(longitude - away, 5),
                "addresses": [{
                    "id": str(uuid5(key, "address")), "address_1": "1 High Street", "city": town,
                    "state_province": "Invented county", "postal_code": postcode, "country": "GB",
                    "address_type": "physical",
                }],
            },
        }],
    }  # fmt: skip
    if hours == "Day and night":
        record[searched.DAY_AND_NIGHT] = True
    elif hours in HOURS:
        days, opens, closes = HOURS[hours]
        line = {"id": str(uuid5(key, "schedule")), "freq": "WEEKLY", "byday": days, "description": hours}
        record["schedules"] = [{**line, "opens_at": opens, "closes_at": closes}]
        record[searched.BANK_HOLIDAYS] = "as_usual" if days == EVERY else "closed"
    if low is not None:
        record["minimum_age"] = low
    if high is not None:
        record["maximum_age"] = high
    return record
