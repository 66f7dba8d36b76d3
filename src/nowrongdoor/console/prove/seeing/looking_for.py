"""How people are looked for: by each thing that is known of them, and by two together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

from nowrongdoor.console.prove.seeing.calls import Ask, Asks, _url, filled, of_record
from nowrongdoor.console.prove.seeing.place import Place

# Somebody there is none of, as long as somebody there is.
NOBODY = {
    "family_name": "Zqnobodi",
    "given_names": "Zqnonoan",
    "nhs_number": "9999999999",
    "postcode": "ZQ0Z 9ZZ",
    "phone": "01632 960999",
}
SOMEBODY_NEW = {"family_name": "Zqneuadd", "given_names": "Zqnewydd"}
COLUMNS = ("family_name", "given_names", "nhs_number", "phone", "postcode")
WHY = {"reason": "in_contact", "words": "Rang just now."}
DANGER = {"reason": "danger_now", "words": "Rang from a bridge."}


def named(known: dict[str, str]) -> tuple[str, str]:
    return known["family_name"], known["given_names"]


def known_of(place: Place, life: str) -> dict[str, str]:
    """What was registered of them, as somebody would type it."""
    made = place.canaries
    found = {column: made.of(life, column) for column in COLUMNS}
    postcode = made.of(life, "postcode")
    area = next(text for text, one in made.known.items() if one.subject == life and one.element == "area")
    found["postcode"] = f"{area} 1AA".upper() if len(postcode) < 7 else postcode
    return found


def typed(known: dict[str, str], born: tuple[str, str, str], *names: str) -> dict[str, str]:
    """The boxes of a search, with these things in them."""
    boxes = {}
    for name in names:
        if name == "name":
            boxes["name"] = f"{known['given_names']} {known['family_name']}"
        elif name == "born":
            boxes |= dict(zip(("born_on_day", "born_on_month", "born_on_year"), born, strict=True))
        else:
            boxes[name] = known[name]
    return boxes


def shown(boxes: dict[str, str]) -> tuple[str, ...]:
    """What a page may show again of what was typed; day and month are the same for somebody and nobody."""
    words = [text for name, text in boxes.items() if name not in ("born_on_day", "born_on_month")]
    return (*words, *(f"{text[:3]} {text[3:6]} {text[6:]}" for text in words if text.startswith("999")))


SINGLE = (("name",), ("nhs_number",), ("phone",), ("postcode",), ("born",))
DOUBLE = (("name", "born"), ("nhs_number", "postcode"))


def searching(*, key: str = "", more: dict[str, Any] | None = None, is_registering: bool = False) -> Asks:
    """A search for each life by one thing and by two. `key` names the box in which the record is chosen."""

    def asks(place: Place, route: str) -> Iterator[Ask]:
        for life in place.lives.values():
            if "person" not in life.keys:
                continue
            yield from for_one(place, route, life.name, _url(route))

    def for_one(place: Place, route: str, life: str, path: str) -> Iterator[Ask]:
        known, born = known_of(place, life), _born(place, life)
        keys = place.lives[life].keys
        for names in SINGLE + DOUBLE:
            said, instead = typed(known, born, *names), typed(NOBODY, (*born[:2], "1901"), *names)
            words, others = shown(said), shown(instead)
            said, instead = said | (more or {}), instead | (more or {})
            if key:
                said[key], instead[key] = str(keys["person"]), str(uuid4())
            if is_registering:
                for column in ("family_name", "given_names"):
                    said[column], instead[column] = known[column], NOBODY[column]
                words, others = (*words, *named(known)), (*others, *named(NOBODY))
            other = Ask(route, path, "POST", instead, typed=others)
            yield Ask(
                route,
                path,
                "POST",
                said,
                life,
                "P",
                confirmed=life if names in DOUBLE else "",
                typed=words,
                other=other,
            )

    return asks


def in_contact(place: Place, route: str) -> Iterator[Ask]:
    """The form of a new contact: looked for, chosen, and sent with the key of somebody's record."""
    yield Ask(route, _url(route))
    for life in place.lives.values():
        if "person" not in life.keys:
            continue
        known, born = known_of(place, life.name), _born(place, life.name)
        for names in (("name",), ("name", "born")):
            said, instead = typed(known, born, *names), typed(NOBODY, (*born[:2], "1901"), *names)
            for more, key in (({"look": "1"}, ""), ({}, "choose"), (filled(place, life), "person_id")):
                sent = {**more, **said} | ({key: str(life.keys["person"])} if key else {})
                other = {**more, **instead} | ({key: str(uuid4())} if key else {})
                yield Ask(
                    route,
                    _url(route),
                    "POST",
                    sent,
                    life.name,
                    "P",
                    confirmed=life.name if len(names) > 1 else "",
                    typed=shown(said),
                    other=Ask(route, _url(route), "POST", other, typed=shown(instead)),
                )
        path = _url(route)
        yield Ask(
            route,
            f"{path}?person={life.keys['person']}",
            life=life.name,
            item="P",
            other=Ask(route, f"{path}?person={uuid4()}"),
        )


def linking(place: Place, route: str) -> Iterator[Ask]:
    """A contact of ours, and the key of somebody else's record as the one it was about."""
    path = _url(route, place.lives["nameless_held"].keys["contact"])
    for life in place.lives.values():
        if "person" not in life.keys:
            continue
        known, born = known_of(place, life.name), _born(place, life.name)
        for names in (("name",), ("name", "born")):
            said, instead = typed(known, born, *names), typed(NOBODY, (*born[:2], "1901"), *names)
            chosen = {"choose": str(life.keys["person"]), "seen": "1"}
            other = {"choose": str(uuid4()), "seen": "1"}
            yield Ask(
                route,
                path,
                "POST",
                said | chosen,
                life.name,
                "P",
                confirmed=life.name if len(names) > 1 else "",
                typed=shown(said),
                other=Ask(route, path, "POST", instead | other, typed=shown(instead)),
            )


def registering(place: Place, route: str) -> Iterator[Ask]:
    """Somebody new with the NHS number of each life, as far as being registered or refused."""
    yield from searching(is_registering=True)(place, route)
    yield from _with_their_number(place, route, _url(route), {}, "person_id")


def correcting(place: Place, route: str) -> Iterator[Ask]:
    """A record of ours, given the NHS number of each life."""
    yield from of_record("person", "GET", "POST")(place, route)
    path = _url(route, place.lives["holder"].keys["person"])
    yield from _with_their_number(place, route, path, {"seen": "1"}, "")


def _with_their_number(
    place: Place, route: str, path: str, more: dict[str, str], key: str
) -> Iterator[Ask]:
    for life in place.lives.values():
        if "person" not in life.keys:
            continue
        theirs = known_of(place, life.name)["nhs_number"]
        sent = {
            number: {**SOMEBODY_NEW, **more, "nhs_number": number} | ({key: str(uuid4())} if key else {})
            for number in (theirs, NOBODY["nhs_number"])
        }
        said, instead = sent.values()
        shows = shown({"nhs_number": theirs}), shown({"nhs_number": NOBODY["nhs_number"]})
        other = Ask(route, path, "POST", instead, typed=shows[1])
        yield Ask(route, path, "POST", said, life.name, "P", typed=shows[0], other=other)


def _born(place: Place, life: str) -> tuple[str, str, str]:
    iso = next(
        text
        for text, one in place.canaries.known.items()
        if (one.subject, one.column) == (life, "born_on") and text.count("-") == 2
    )
    year, month, day = iso.split("-")
    return day, month, year
