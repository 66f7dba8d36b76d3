"""
A leaflet about some services: what the person needs to know to go there or ring, in plain words, and nothing
else. No name of the person or of anybody who works here, nothing that was said of places, no internal note;
and of a place that must not be known, no address.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from nowrongdoor.rules import law
from nowrongdoor.rules.directory import Service
from nowrongdoor.rules.openreferral import searched, terms
from nowrongdoor.rules.working_time import CLOSED, Schedule

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
RING_FIRST = "They tell you where they are when you ring."
ASK_COST = "Ask them whether it costs anything."
ASK_HOURS = "Ask them when they are open."
ASK_HOW = "Ring them, or ask us how to reach them."
ABOUT_THIS = "This was right when it was last checked. Ring before you go: things change."


@dataclass(frozen=True)
class Leaf:
    """One service as the person reads it. Each part is whole sentences or lines; an empty one is left out."""

    name: str
    by: str
    what: str
    how: tuple[str, ...]
    opening: tuple[str, ...]
    where: tuple[str, ...]
    cost: str
    phone: str
    web: str

    @property
    def parts(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Heading and lines, in the order in which one needs them."""
        told = (
            ("How to ask", self.how),
            ("Telephone", (self.phone,)),
            ("When it is open", self.opening),
            ("Where it is", self.where),
            ("What it costs", (self.cost,)),
            ("On the web", (self.web,)),
        )
        return tuple((heading, lines) for heading, lines in told if any(lines))


def of(service: Service, *, offered_by: str, on: date) -> Leaf:
    record = service.record
    ways = terms.told_of(record, "ways_in", on=on)
    sentences = tuple(f"{one.label}." for one in law.codes("leaflet_ways", on=on) if one.code in ways)
    return Leaf(
        name=_line(service.name),
        by="" if offered_by == service.name else _line(offered_by),
        what=service.summary.strip(),
        how=sentences or (ASK_HOW,),
        opening=_opening(service),
        where=(RING_FIRST,) if service.hides_address else _where(record),
        cost=_cost(record, on=on),
        phone=_line(service.phone),
        web=_line(str(record.get("url", ""))),
    )


def in_text(leaves: Iterable[Leaf], *, help_lines: Iterable[str], on: date) -> str:
    """The same to paste into a text message or an e-mail: lines alone, without any mark-up."""
    told: list[str] = []
    for leaf in leaves:
        told += [leaf.name + (f" ({leaf.by})" if leaf.by else ""), *([leaf.what] if leaf.what else ())]
        told += [f"{heading}: {' '.join(lines)}" for heading, lines in leaf.parts]
        told.append("")
    told += [f"{ABOUT_THIS} Written {on.day} {on:%B} {on.year}.", "", "If you need help now:", *help_lines]
    return "\n".join(told) + "\n"


def _opening(service: Service) -> tuple[str, ...]:
    if service.record.get(searched.DAY_AND_NIGHT) is True:
        return ("Day and night, every day.",)
    found = searched.hours(service.record)
    lines = [words for one in found.schedules if (words := _times(one))]
    if found.bank_holidays == CLOSED and lines:
        lines.append("Closed on bank holidays.")
    return tuple(lines) or ((_line(service.hours),) if service.hours.strip() else (ASK_HOURS,))


def _times(one: Schedule) -> str:
    """`Monday and Friday, 9 am to 5:30 pm.` Whatever is more than that stays as its keeper words it."""
    if one.nth or one.month_days or one.every != 1 or one.closes is None or one.opens is None:
        return ""
    if not one.weekdays:
        return ""
    return f"{_days(one.weekdays)}, {_clock(one.opens)} to {_clock(one.closes)}."


def _days(weekdays: tuple[int, ...]) -> str:
    if len(weekdays) == 7:
        return "Every day"
    run = weekdays[-1] - weekdays[0] == len(weekdays) - 1
    if run and len(weekdays) > 2:
        return f"{DAYS[weekdays[0]]} to {DAYS[weekdays[-1]]}"
    named = [DAYS[one] for one in weekdays]
    return " and ".join((", ".join(named[:-1]), named[-1])) if len(named) > 1 else named[0]


def _clock(minutes: int) -> str:
    hour, past = divmod(minutes % (24 * 60), 60)
    if not past and hour in (0, 12):
        return "noon" if hour else "midnight"
    half = "am" if hour < 12 else "pm"
    return f"{hour % 12 or 12}{f':{past:02}' if past else ''} {half}"


def _where(record: dict[str, Any]) -> tuple[str, ...]:
    """Each address once, a line each; a place that is only on the telephone or on line has none."""
    found = []
    for at in record.get("service_at_locations", ()):
        for address in at.get("location", {}).get("addresses", ()):
            if address.get("address_type", "physical") == "physical":
                parts = (address.get(name, "") for name in ("address_1", "address_2", "city", "postal_code"))
                found.append(", ".join(_line(str(part)) for part in parts if part))
    return tuple(dict.fromkeys(one for one in found if one))


def _cost(record: dict[str, Any], *, on: date) -> str:
    if fees := _line(str(record.get("fees", ""))):
        return fees
    options = [one for one in record.get("cost_options", ()) if isinstance(one.get("amount"), int | float)]
    if options:
        return "; ".join(_price(one) for one in options) + "."
    return "It is free." if "free" in terms.told_of(record, "wishes", on=on) else ASK_COST


def _price(one: dict[str, Any]) -> str:
    """An amount without a currency is in pounds: the feed is of the United Kingdom."""
    amount = one["amount"]
    told = "free" if not amount else f"£{amount:.2f}".removesuffix(".00")
    if one.get("currency", "GBP") not in ("", "GBP"):
        told = f"{amount:.2f} {one['currency']}"
    return f"{_line(str(one['option']))}: {told}" if one.get("option") else told


def _line(text: str) -> str:
    return " ".join(text.split())
