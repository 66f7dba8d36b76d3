"""
Invented people of England and Wales: nobody real, and nobody's name stands for what they need.

NHS numbers are from the 999 range, which is never given out; postcodes from ZZ, which does not
exist; telephone numbers from the ranges kept for drama (01632 960 and 07700 900).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from nowrongdoor.rules.person import Details
from nowrongdoor.rules.words import Unknown
from nowrongdoor.sim.streams import Stream

# Given names and family names in use together; a family may well draw from two of these.
NAMES: tuple[tuple[float, tuple[str, ...], tuple[str, ...]], ...] = (
    (
        40,
        (
            "Margaret", "David", "Susan", "Peter", "Jean", "Michael", "Patricia", "John", "Christine", "Alan",
            "Joan", "Keith", "Sandra", "Barry", "Maureen", "Graham", "Linda", "Stephen", "Karen", "Martin",
            "Emma", "Daniel", "Chloe", "Jack", "Megan", "Callum", "Lauren", "Ryan", "Mary-Ann", "Anne Marie",
            "Winifred", "Arthur", "Beryl", "Stanley", "Hazel", "Kieran", "Siobhan", "Niamh", "Delroy",
        ),
        (
            "Ashdown", "Barraclough", "Carter", "Denholm", "Eastwood", "Fairbrother", "Garside", "Hebden",
            "Illingworth", "Jessop", "Kirkby", "Lomas", "Merriweather", "Nuttall", "Oldroyd", "Pickles",
            "Ramsbottom", "Sowerby", "Thackray", "Underhill", "Wainwright", "Yardley", "Ashworth-Bell",
            "Smith-Holroyd", "O'Dowd", "O'Hare", "McAllister", "Fitzgibbon", "Campbell", "St John",
        ),
    ),
    (
        18,
        (
            "Siân", "Rhys", "Angharad", "Gethin", "Eleri", "Llŷr", "Ffion", "Emyr", "Nia", "Dafydd", "Mair",
            "Iolo", "Gwenllian", "Tomos", "Bronwen", "Hywel", "Catrin", "Owain",
        ),
        (
            "ap Rhys", "Prydderch", "Gwynfryn", "Llewelyn", "Bevan", "Pugh", "Tudur", "Vaughan", "Morgan",
            "ab Owain", "Prosser", "Cadwaladr", "Jones-Parry", "Griffiths", "Teifi", "Môn",
        ),
    ),
    (
        15,
        (
            "Priya", "Imran", "Harpreet", "Ayesha", "Gurdeep", "Nasreen", "Rohan", "Sunita", "Farhan",
            "Meera", "Tariq", "Anjali", "Bilal", "Kavita", "Shabana", "Arjun", "Rukhsana",
        ),
        (
            "Kaur", "Patel", "Hussain", "Begum", "Chaudhry", "Nair", "Iyer", "Rahman", "Singh", "Mistry",
            "Qureshi", "Banerjee", "D'Souza", "Malik", "Gill", "Sharma-Lee",
        ),
    ),
    (
        12,
        (
            "Łukasz", "Agnieszka", "Ioana", "Dmytro", "Katarzyna", "Bogdan", "Živilė", "Tomáš", "Oksana",
            "Mihai", "Zofia", "Andrius", "Elena", "Paweł",
        ),
        (
            "Wójcik", "Nowak", "Popescu", "Kovalenko", "Kazlauskas", "Dvořák", "Szymańska", "Ionescu",
            "Petrenko", "Jankauskienė", "Zieliński", "Marinova",
        ),
    ),
    (
        11,
        (
            "Adaeze", "Kwame", "Oluwaseun", "Abena", "Chidi", "Fatou", "Kofi", "Ngozi", "Emeka", "Aminata",
            "Yaw", "Folasade",
        ),
        (
            "Okonkwo", "Mensah", "Adeyemi", "Asante", "Diallo", "Boateng", "Nwosu", "Owusu", "N'Diaye",
            "Okoro-Hughes", "Bangura", "Adebayo",
        ),
    ),
    (
        4,
        ("Mei Ling", "Yusuf", "Leila", "Hoang", "Rosa", "Mehmet", "Amal", "Joaquim"),
        ("Cheung", "Al-Hassan", "Haddad", "Nguyen", "da Silva", "Yılmaz", "Tesfaye", "de Souza"),
    ),
)
KNOWN_AS = {
    "Margaret": "Peggy", "Michael": "Mick", "Patricia": "Pat", "Winifred": "Win", "Stephen": "Steve",
    "Susan": "Sue", "Daniel": "Danny", "Katarzyna": "Kasia", "Agnieszka": "Aga", "Oluwaseun": "Seun",
    "Folasade": "Sade", "Dafydd": "Dai", "Gwenllian": "Gwen", "Harpreet": "Harpi", "Yusuf": "Joe",
}
ONE_WORD = ("Thiri", "Wulandari", "Selvam", "Nilar", "Gyatso", "Madhavan")
STREETS = {
    "Averley": (
        "Mill Lane", "Church Row", "Station Road", "Albert Terrace", "The Maltings", "Weavers Close",
        "Orchard Way", "Tannery Street", "Beech Grove", "Canal Side", "St Anne's Court", "High Street",
    ),
    "Castle Bridge": (
        "Castle Street", "Bridge End", "Ferry Road", "Gwyn Terrace", "Quarry Hill", "Market Square",
        "Lower Quay", "Chapel Fold", "Heron Drive", "Priory Gardens", "Foundry Row", "Riverside",
    ),
}
POSTCODES = {"Averley": "ZZ1", "Castle Bridge": "ZZ2"}
LETTERS = "ABDEFGHJLNPQRSTUWXYZ"
ACCESS_NEEDS = (
    "Hard of hearing: send a text first, then ring.",
    "Prefers a call in Polish; a telephone interpreter works well.",
    "Letters in large print, please.",
    "Uses a wheelchair: meet on the ground floor.",
    "British Sign Language; video call rather than telephone.",
    "Needs a little longer to find words. Please wait, and do not finish sentences.",
    "Prefers Welsh. Siarad Cymraeg os gwelwch yn dda.",
    "One question at a time; written notes afterwards help.",
)
KNOW_FIRST = (
    "Shared telephone: do not leave a message.",
    "Ring the bell twice; the front door is at the side.",
    "Has an assistance dog called Biscuit.",
    "Daughter is happy to be rung first.",
    "Works nights: best reached after 3 pm.",
    "Please say who you are at once; unknown callers are worrying.",
)


@dataclass(frozen=True)
class Invented:
    """Someone who may turn to us: what is on record, and how they are spoken of."""

    details: Details
    town: str

    @property
    def first(self) -> str:
        return self.details.known_as or self.details.given_names or "They"

    def with_phone(self, number: str) -> "Invented":
        return replace(self, details=replace(self.details, phone=number, phone_unknown=""))


def nhs_numbers(stream: Stream) -> Iterator[str]:
    """Valid numbers of the 999 range, each once, in no order that follows from the person."""
    step, start = stream.randrange(1, 999_999, 2), stream.randrange(1_000_000)
    while step % 5 == 0:
        step += 2
    for count in range(1_000_000):
        first = f"999{(start + count * step) % 1_000_000:06d}"
        check = check_digit(first)
        if check < 10:
            yield f"{first}{check}"


def check_digit(first_nine: str) -> int:
    """The tenth digit of an NHS number; 10 means that there is no such number."""
    total = sum(int(digit) * weight for digit, weight in zip(first_nine, range(10, 1, -1), strict=True))
    return (11 - total % 11) % 11


def phone(stream: Stream) -> str:
    """A number that rings nowhere."""
    if stream.happens(0.7):
        return f"07700 900{stream.randrange(1000):03d}"
    return f"01632 960{stream.randrange(1000):03d}"


def invent(stream: Stream, numbers: Iterator[str], *, today: date) -> Invented:
    """One more person: sometimes with parts nobody knows, as in life."""
    given, family = _name(stream)
    town = stream.one_of(tuple(STREETS))
    has_number, has_date = stream.happens(0.9), stream.happens(0.96)
    has_phone, has_address = stream.happens(0.92), stream.happens(0.95)
    why_not = (Unknown.NOT_ASKED, Unknown.NOT_ASKED, Unknown.DECLINED, Unknown.NOT_KNOWN)
    number = next(numbers)
    return Invented(
        Details(
            family_name=family,
            given_names=given,
            known_as=KNOWN_AS.get(given, "") if stream.happens(0.6) else "",
            pronouns=stream.weighed(((60, ""), (19, "she/her"), (19, "he/him"), (2, "they/them"))),
            born_on=_born(stream, today) if has_date else None,
            nhs_number=number if has_number else "",
            phone=phone(stream) if has_phone else "",
            address=_address(stream, town) if has_address else "",
            postcode=_postcode(stream, town) if has_address else "",
            access_needs=stream.one_of(ACCESS_NEEDS) if stream.happens(0.14) else "",
            know_first=stream.one_of(KNOW_FIRST) if stream.happens(0.1) else "",
            nhs_number_unknown="" if has_number else Unknown.NOT_KNOWN,
            born_on_unknown="" if has_date else stream.one_of((Unknown.DECLINED, Unknown.NOT_ASKED)),
            phone_unknown="" if has_phone else Unknown.NOT_ASKED,
            address_unknown="" if has_address else stream.one_of((Unknown.DECLINED, Unknown.NOT_KNOWN)),
            pronouns_unknown=stream.one_of(why_not),
            access_needs_unknown=stream.one_of(why_not),
        ),
        town,
    )


def namesake(one: Invented, other: Invented) -> Invented:
    """Someone else with the same name: a hurried reader could take one for the other."""
    same = one.details
    details = replace(other.details, given_names=same.given_names, family_name=same.family_name, known_as="")
    return replace(other, details=details)


def twin(one: Invented, other: Invented) -> Invented:
    """Someone with the same family name, date of birth, home and telephone; only the given name differs."""
    same = one.details
    details = replace(
        other.details,
        family_name=same.family_name,
        born_on=same.born_on,
        born_on_unknown=same.born_on_unknown,
        phone=same.phone,
        phone_unknown=same.phone_unknown,
        address=same.address,
        address_unknown=same.address_unknown,
        postcode=same.postcode,
    )
    return Invented(details, one.town)


def again(one: Invented, other: Invented) -> Invented:
    """The same person on record anew: a letter of the surname misheard, and no NHS number at hand."""
    same = one.details
    heard = f"{same.family_name[:-1]}{'e' if same.family_name[-1:] != 'e' else 'a'}"
    known = replace(same, family_name=heard, known_as="", nhs_number="", nhs_number_unknown=Unknown.NOT_ASKED)
    return Invented(known, one.town)


def given_name(stream: Stream) -> str:
    """Of someone who rings for another, and is not on record."""
    return stream.one_of(stream.weighed([(weight, given) for weight, given, _ in NAMES]))


def _name(stream: Stream) -> tuple[str, str]:
    if stream.happens(0.012):
        return stream.one_of(ONE_WORD), ""
    given, family = stream.weighed([(weight, (given, family)) for weight, given, family in NAMES])
    if stream.happens(0.08):
        family = stream.weighed([(weight, other) for weight, _, other in NAMES])
    return stream.one_of(given), stream.one_of(family)


def _born(stream: Stream, today: date) -> date:
    """Adults of every age, more of them older, as in any county."""
    years = stream.triangular(18, 98, 66)
    return today - timedelta(days=int(years * 365.25))


def _address(stream: Stream, town: str) -> str:
    return f"{stream.randrange(1, 180)} {stream.one_of(STREETS[town])}, {town}"


def _postcode(stream: Stream, town: str) -> str:
    letters = stream.one_of(LETTERS) + stream.one_of(LETTERS)
    return f"{POSTCODES[town]} {stream.randrange(1, 10)}{letters}"
