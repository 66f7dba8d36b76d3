"""A gallery of every piece of furniture with invented people, to be looked at and measured.

    python -m tests.nhsuk.gallery DIRECTORY

writes the pages and their static files there.
"""

import shutil
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import django
from django import forms
from django.conf import settings
from jinja2 import Environment, FileSystemLoader

from nowrongdoor import nhsuk
from nowrongdoor.nhsuk import wording
from nowrongdoor.nhsuk.environment import environment
from nowrongdoor.nhsuk.fields import Choice, Choices, DateParts, PlainText, Words
from nowrongdoor.nhsuk.frame import Frame, NavItem
from nowrongdoor.nhsuk.shapes import Banner, Conflict, Hold, Strip

FURNITURE = Path(nhsuk.__file__).parent
AT = datetime(2026, 11, 25, 14, 2, 31, tzinfo=UTC)
PAGES = ("signin", "work", "contact", "mistakes", "triage", "person", "board", "handover", "conflict", "bare")

CHANNELS = [("phone", "Phone"), ("text", "Text message"), ("walk_in", "Came in"), ("letter", "Letter")]
CALLERS = [
    ("person", "The person"),
    ("carer", "A carer or relative"),
    ("professional", "A professional"),
    ("anonymous", "Prefers not to say"),
]
NEEDS = [
    ("mental", "Mental health"),
    ("physical", "Physical health"),
    ("housing", "Housing"),
    ("talk", "Just to talk"),
]
TEAMS = [("", "Choose a team"), ("Open now", [("crisis", "Crisis team"), ("rapid", "Urgent response")])]
OUTCOMES = [
    ("advice", "Advice given"),
    ("handover", "Hand over to a team"),
    ("callback", "Call back booked"),
]

# Name, age, where, minutes left on the clock, why, from whom, what to know.
PEOPLE = [
    (
        *("CALLOWAY, Iris", "81y", "Eastmere", -12),
        *("Fell in the night, on the floor since 03:00, carer cannot lift her", "Ambulance control"),
        ("Two people needed",),
    ),
    (
        *("OKONJO-BELL, Tunde", "34y", "Harrow Vale", 8),
        *("Not slept for four nights, hearing voices, mum worried", "Contact line"),
        ("Text, don’t ring",),
    ),
    (
        *("Name not given", "age not asked", "Eastmere", 26),
        *("“I just need someone to talk to”", "Contact line"),
        (),
    ),
    (
        *("LLŶR, Gwenllian", "67y", "Brackwater", 95),
        *("Breathless on the stairs since Sunday, lives alone", "Brackwater Surgery"),
        ("Welsh speaker", "Dog at address"),
    ),
    (
        *("FEATHERSTONE-HAUGH, Maximilian", "45y", "Harrow Vale", 640),
        *("Lost his flat on Friday, staying in his car, insulin running out", "Harrow Vale Council"),
        ("No fixed address",),
    ),
    (
        *("SALIM, Noor", "19y", "Eastmere", 4000),
        *("College tutor asks for help with eating and sleep", "Eastmere College"),
        ("Interpreter: Arabic",),
    ),
]
HOLDERS = (
    "Crisis team",
    "Urgent response · Dee",
    "Contact line",
    "Frailty team",
    "Housing first",
    "Eating well",
)
HOPS = ("2nd handover", "", "", "3rd handover", "", "")
STEPS = ("Ring Iris back by 14:10", "", "", "Visit today 16:00", "", "Tutor to send times")


class Contact(forms.Form):
    words = Words(label="Their words", what="what is happening")
    wish = PlainText(label="What do they want to happen?")
    channel = Choice(
        label="How did they reach us?", choices=CHANNELS, required=True, what="how they reached us"
    )
    caller = Choice(label="Who is calling?", choices=CALLERS)
    agency = PlainText(label="Which agency?")
    safe = forms.BooleanField(label="It is safe to call back on this number", required=False)
    phone = PlainText(label="Call-back number")
    place = PlainText(label="Where are they now?")
    born_on = DateParts(label="Date of birth", what="date of birth")
    needs = Choices(label="What do they need help with?", choices=NEEDS)
    team = Choice(label="Hand over to", choices=TEAMS, widget=forms.Select)
    outcome = Choice(label="Outcome", choices=OUTCOMES, required=True, what="what happened next")


MISTAKES = {
    "words": "Not slept, hearing voices, mum worried.\nSays “the radio talks back”.",
    "born_on_day": "31",
    "born_on_month": "2",
    "born_on_year": "1990",
    "caller": "professional",
    "agency": "",
    "needs": ["mental", "housing"],
}


def minutes(number: float) -> timedelta:
    return timedelta(minutes=number)


def rows(*, at: datetime = AT) -> list[dict[str, Any]]:
    rule = "2-hour urgent community response, started 12:20"
    return [
        {
            "id": f"r-{number}",
            "name": name,
            "age": age,
            "area": area,
            "why": why,
            "from": source,
            "flags": flags,
            "chip": wording.chip(at + minutes(left), at=at, rule_words=rule),
        }
        for number, (name, age, area, left, why, source, flags) in enumerate(PEOPLE)
    ]


def strips() -> list[Strip]:
    return [
        Strip(
            id=row["id"],
            url="#",
            name=row["name"],
            chip=row["chip"],
            reason=row["why"],
            holder=HOLDERS[number],
            age=row["age"],
            hops=HOPS[number],
            next_step=STEPS[number],
        )
        for number, row in enumerate(rows())
    ]


def frame(page: str) -> Frame:
    places = [
        ("work", "My work", 3),
        ("triage", "Triage", 12),
        ("board", "Board", None),
        ("people", "People", 0),
    ]
    return Frame(
        at=AT,
        name="Priya Shah",
        role="Triage nurse",
        organisation="Larkshire Mental Health",
        team="Crisis team",
        navigation=tuple(
            NavItem(words, f"{key}.html", count, "need you", key == page) for key, words, count in places
        ),
        new_contact_url="contact.html",
        search_url="#search",
        sign_out_url="#out",
        switch_url="#switch",
    )


BANNER = Banner(
    name=wording.person_name("Calloway", "Iris", "Mrs"),
    born=wording.born(date(1945, 7, 14), at=AT),
    nhs_number=wording.nhs_number("9990000009"),
    preferred="Iris (she/her)",
    address="14 Saltmarsh Row, Eastmere",
    phone="01632 960 114",
    communication=("Hard of hearing", "Text first"),
    alerts=("Dog at address", "Do not leave voicemail"),
    same_name=True,
)
HOLDS = (
    Hold(
        *("Contact line", AT - minutes(290), AT - minutes(262)),
        *("Sam Okafor", "Received", "", "from her daughter, by phone"),
    ),
    Hold(
        *(
            "Urgent community response",
            AT - minutes(262),
            AT - minutes(100),
            "Dee Marsh",
            "Handover accepted",
        ),
        *("Two of us will lift her with the chair by 11:00 and check for injury.", "read back by Dee Marsh"),
    ),
    Hold(
        *("Crisis team", AT - minutes(100), None, "Priya Shah", "Handover accepted"),
        *("I will ring Iris by 14:10 and agree what happens tonight.", "read back by Priya Shah"),
    ),
)
CONFLICT = Conflict(
    "Amir Rahman accepted this 20 seconds ago",
    "I’ll ring Iris by 14:10 and agree what happens tonight.\nHer daughter will be there.",
    "Iris Calloway is now held by Urgent community response. Nothing you did has changed that.",
    (("See who holds her", "person.html"), ("Back to triage", "triage.html")),
)


def context(page: str) -> dict[str, Any]:
    signed_in = {} if page in ("signin", "bare") else {"frame": frame(page)}
    return signed_in | {
        "demonstration": page != "bare",
        "csrf_input": "",
        "form": Contact(MISTAKES) if page == "mistakes" else Contact(initial={"channel": "phone"}),
        "note": ("You accepted Gwenllian Llŷr at 13:52", "She has been told.") if page == "work" else None,
        "rows": rows(),
        "strips": strips(),
        "banner": BANNER,
        "holds": HOLDS,
        "at": AT,
        "done": wording.done_chip("Accepted 13:52"),
        "case": CONFLICT,
    }


def jinja() -> Environment:
    return environment(loader=FileSystemLoader([FURNITURE / "templates", Path(__file__).parent / "pages"]))


def rendered(page: str) -> str:
    return jinja().get_template(f"{page}.jinja").render(context(page))


def write_to(directory: Path) -> None:
    shutil.copytree(FURNITURE / "static", directory / "static", dirs_exist_ok=True)
    for page in PAGES:
        (directory / f"{page}.html").write_text(rendered(page))


if __name__ == "__main__":
    settings.configure(INSTALLED_APPS=["nowrongdoor.nhsuk"], STATIC_URL="/static/", USE_TZ=True)
    django.setup()
    write_to(Path(sys.argv[1]))
