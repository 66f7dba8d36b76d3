"""
The statement by which people are looked for: a branch over an index for each thing that was said, none longer
than a bound; those with the most telling things in common; and what of them is kept from whoever asks.
"""

from itertools import combinations
from typing import Any

from psycopg import sql

from nowrongdoor.data.participations.scopes import TIE
from nowrongdoor.rules import finding
from nowrongdoor.rules.identifiers import name_keys, nhs_digits, phone_key, postcode_key
from nowrongdoor.rules.identity import Asked
from nowrongdoor.rules.matching import keys
from nowrongdoor.rules.matching.keys import Tells
from nowrongdoor.rules.matching.model import Model

# So many are weighed: those who have the most telling things in common with what was asked.
WEIGHED = 40
# Keys are kept in the order of their bytes: nothing that begins with a key lies after key + LAST.
LAST = "\U0010ffff"
# In a place of so many or fewer, and where nobody has counted, whatever is found at all tells something.
AMONG_AT_LEAST = 1000
# Names of more parts than this are split no further: "Maria del Carmen Garcia Lopez y Vega".
PARTS = 6


def branches(asked: Asked, *, model: Model) -> tuple[list[sql.Composable], dict[str, Any]]:
    """By what records are read: what agrees wholly, how a name begins, and keys of what is nearly right."""
    values: dict[str, Any] = {
        "nhs_number": nhs_digits(asked.nhs_number),
        "phone": phone_key(asked.phone),
        "postcode": postcode_key(asked.postcode),
        "born_on": asked.born_on,
    }
    parts = [_branch(EXACTLY[name], EXACT[name]) for name in EXACTLY if values[name]]
    for number, (family, given) in enumerate(_names(name_keys(asked.name))):
        parts.append(_branch(BEGINS if family and given else HALF, _by_name(number, family, given)))
        values |= {f"family_{number}": family, f"family_{number}_end": family + LAST,
                   f"given_{number}": given, f"given_{number}_end": given + LAST}  # fmt: skip
    found = finding.keys_of(asked, model=model)
    values |= {_named(kind): list(numbers) for kind, numbers in found.items()}
    parts += [_branch(keys.TELLS[kind], BY_KEYS.format(sql.Placeholder(_named(kind)))) for kind in found]
    # A house and the word "street" beside it are a thousand people's, the same house and its name a few.
    for number, one in enumerate(found.get("address", ())):
        values[f"address_{number}"] = [one]
        parts.append(_branch(keys.TELLS["address"], BY_KEYS.format(sql.Placeholder(f"address_{number}"))))
    groups = keys.together(found)
    values |= {_named(group, "any"): list(numbers) for group, numbers in groups.items()}
    for one, other in combinations(groups, 2):
        both = _better(keys.least(one), keys.least(other))
        named = (sql.Placeholder(_named(one, "any")), sql.Placeholder(_named(other, "any")))
        parts.append(_branch(both, BY_BOTH.format(*named)))
    if values["phone"]:
        parts.append(BY_CIRCLE)
    return parts, values


def _branch(tells: Tells, condition: sql.Composable) -> sql.Composable:
    told = [TOLD.format(sql.Literal(part), sql.Literal(bits)) for part, bits in tells.items()]
    return BRANCH.format(told=sql.SQL(", ").join(told), condition=condition)


def _better(one: Tells, other: Tells) -> Tells:
    return {part: max(one.get(part, 0.0), other.get(part, 0.0)) for part in {**one, **other}}


def _named(kind: str, which: str = "keys") -> str:
    # Some kinds are called as what they tell of: "born" is one key of a birth date, and any of them.
    return f"{which}_{kind.replace(' ', '_')}"


def likeliest(parts: list[sql.Composable]) -> sql.Composable:
    # UNION ALL and not UNION: the same record comes by several branches, and is the likelier for it.
    return LIKELIEST.format(
        branches=sql.SQL(" UNION ALL ").join(parts),
        many=sql.Literal(WEIGHED),
        people=HOW_MANY,
        least=sql.Literal(AMONG_AT_LEAST),
    )


def _names(keys: tuple[str, ...]) -> list[tuple[str, str]]:
    """
    The ways a name as said may be family and given name, each by how it begins; "" is any.

    One word, or all of them together ("ap Rhys"), may be either. Of several, where the given names
    end is not heard, nor which came first.
    """
    if not keys:
        return []
    whole = "".join(keys)
    cut_at = range(1, min(len(keys), PARTS))
    halves = [("".join(keys[:cut]), "".join(keys[cut:])) for cut in cut_at] + [(keys[0], keys[-1])]
    ways = [way for first, last in halves for way in ((last, first), (first, last))] if keys[1:] else []
    return list(dict.fromkeys([(whole, ""), ("", whole), *ways]))


def _by_name(number: int, family: str, given: str) -> sql.Composable:
    shape = NAMED if family and given else FAMILY if family else GIVEN
    return shape.format(
        **{
            part: sql.Placeholder(
                f"{part.replace('_end', '')}_{number}{'_end' if part.endswith('_end') else ''}"
            )
            for part in ("family", "family_end", "given", "given_end")
        }
    )


IS_RESTRICTED = sql.SQL(
    "EXISTS (SELECT FROM sharing_seal s WHERE s.person_id = f.id AND s.lifted_at IS NULL"
    " AND s.referral_id IS NULL AND s.contact_id IS NULL)"
)
# The same ties under other names, so that both questions are asked in one statement.
CLOSE_TIE = {name: f"close_{name}" for name in ("ties_now", "ties_safe", "ties_after", "ties_asked")}
TIED = sql.SQL("EXISTS (SELECT FROM participations_participation p WHERE p.person_id = f.id AND {tie})")
CLOSELY = TIE
for _name, _other in CLOSE_TIE.items():
    CLOSELY = CLOSELY.replace(f"%({_name})s", f"%({_other})s")
# Whoever a seal is against is kept out by it before every tie but that of answering for the person now.
IS_AGAINST = sql.SQL(
    "EXISTS (SELECT FROM sharing_seal s WHERE s.person_id = f.id AND s.lifted_at IS NULL"
    " AND s.referral_id IS NULL AND s.contact_id IS NULL"
    " AND seal_is_against(s.id, %(own_agency)s, %(own_member)s))"
)
# Of people in whose care the viewer's agency has a part: to others it would tell who matters to whom.
NEAR = sql.SQL("""
    FROM people_incircle k WHERE k.phone_key <> '' AND k.phone_key = %(phone)s AND k.withdrawn_at IS NULL
        AND EXISTS (SELECT FROM participations_participation p
            WHERE p.person_id = k.person_id AND p.agency_id = %(own_agency)s)
""")
OWN_TEAM = sql.SQL("{tie} AND p.team_id = %(own_team)s")
HOW_MANY = sql.SQL("(SELECT reltuples FROM pg_class WHERE oid = 'people_person'::regclass)")
_READ = sql.SQL("""
    SELECT {{columns}}, f.is_restricted,
        CASE WHEN f.is_restricted THEN NOT {tied} OR {kept} ELSE false END,
        CASE WHEN f.is_restricted THEN NOT {closely} ELSE false END,
        CASE WHEN f.is_restricted THEN {kept} ELSE false END,
        CASE WHEN EXISTS (SELECT FROM merges_merge m WHERE m.record_id = f.id AND m.state = 'merged')
             THEN stands_for(f.id) ELSE f.id END,
        (SELECT k.relation || CASE WHEN k.contact = 'never' THEN ' never' ELSE '' END {near}
            AND k.person_id = f.id ORDER BY k.contact = 'never' DESC, k.entered_at, k.id LIMIT 1),
        {people}
    FROM (SELECT f.id, {restricted} AS is_restricted FROM ({{which}}) f) f
    JOIN people_person p ON p.id = f.id
""").format(
    people=HOW_MANY,
    near=NEAR,
    restricted=IS_RESTRICTED,
    # Nothing opens it to one whom another agency lent (`access.gives_way`).
    kept=sql.SQL("({against} AND (%(is_lent)s OR NOT {closely}))").format(
        against=IS_AGAINST, closely=TIED.format(tie=OWN_TEAM.format(tie=sql.SQL(CLOSELY)))
    ),
    tied=TIED.format(tie=sql.SQL(TIE)),
    closely=TIED.format(tie=OWN_TEAM.format(tie=sql.SQL(CLOSELY))),
)
READ = sql.SQL(_READ.as_string(None))  # type: ignore[arg-type]  # made of constants above
# Beside them the records that stand for those that are read through another.
# What many have in common tells the less: as much as choosing one of them among everybody does.
LIKELIEST = sql.SQL("""
    WITH likeliest AS (
        SELECT id FROM (
            SELECT id, part, max(least(tells, place.bits - ln(many) / ln(2::float))) AS tells
            FROM ({branches}) hit (id, part, tells, many),
                (SELECT ln(greatest({people}, {least})::float) / ln(2::float) AS bits) place
            GROUP BY id, part
        ) best GROUP BY id ORDER BY sum(tells) DESC, id LIMIT {many}
    )
    SELECT id FROM likeliest
    UNION SELECT stands_for(l.id) FROM likeliest l
        JOIN merges_merge m ON m.record_id = l.id AND m.state = 'merged'
""")
BRANCH = sql.SQL("""(
    SELECT f.id, told.part, told.tells, f.many
    FROM (SELECT id, count(*) OVER () AS many FROM (SELECT id FROM people_person WHERE {condition}) g) f
    CROSS JOIN (VALUES {told}) told (part, tells))""")
TOLD = sql.SQL("({}, {}::float)")
BY_CIRCLE = sql.SQL("(SELECT k.person_id, 'phone', 12.0::float, 1 {near} LIMIT 50)").format(near=NEAR)
ONE = sql.SQL("SELECT %(person)s::uuid AS id")
OF_ONE_PERSON = sql.SQL("SELECT records_of(%(person)s::uuid) AS id")
ALIKE_BY_NUMBER = sql.SQL("SELECT id FROM people_person WHERE nhs_number = %(number)s")
ALIKE_BY_NAME = sql.SQL(
    "SELECT id FROM people_person WHERE family_key = %(family)s AND given_key = %(given)s"
)
# What each narrows down, beside what the keys do (`keys.TELLS`).
EXACTLY: dict[str, Tells] = {
    "nhs_number": {"number": 23.0}, "born_on": {"born": 15.0}, "phone": {"phone": 16.0},
    "postcode": {"place": 13.0},
}  # fmt: skip
BEGINS, HALF = {"name": 20.0}, {"name": 7.0}
EXACT = {
    "nhs_number": sql.SQL("nhs_number = %(nhs_number)s"),
    "born_on": sql.SQL("born_on = %(born_on)s LIMIT 200"),
    "phone": sql.SQL("phone_key <> '' AND phone_key = %(phone)s LIMIT 50"),
    "postcode": sql.SQL("postcode_key <> '' AND postcode_key = %(postcode)s LIMIT 200"),
}
BY_KEYS = sql.SQL("find_keys && {}::integer[] LIMIT 200")
BY_BOTH = sql.SQL("find_keys && {}::integer[] AND find_keys && {}::integer[] LIMIT 200")
NAMED = sql.SQL(
    "family_key >= {family} AND family_key < {family_end}"
    " AND given_key >= {given} AND given_key < {given_end}"
    " ORDER BY family_key, given_key, id LIMIT 50"
)
FAMILY = sql.SQL(
    "family_key >= {family} AND family_key < {family_end} ORDER BY family_key, given_key, id LIMIT 50"
)
GIVEN = sql.SQL(
    "given_key >= {given} AND given_key < {given_end} ORDER BY given_key, family_key, id LIMIT 50"
)
