"""I2 and I7 of what goes along with an offer: how it was chased, and the files that are part of it."""

from tests.data.attack import attack

CHASE = (
    "INSERT INTO handovers_chase (id, version, handover_id, referral_id, how, words, chased_at, chased_by_id)"
    " VALUES (%(new)s, 1, %({offer})s, %({referral})s, 'phone', 'Rang', %(at_20)s, %(member_one)s)"
)
LIVE = "DROP TRIGGER chase_is_of_a_live_offer ON handovers_chase"
CHASED = CHASE.format(offer="asked_offer", referral="asked")

CHASES = (
    attack(
        "I2",
        "an offer that was accepted is chased",
        CHASE.format(offer="passed_offer", referral="passed"),
        "chase_is_of_a_live_offer",
        LIVE,
    ),
    attack(
        "I2",
        "a chase is told of another referral than the one that was offered",
        CHASE.format(offer="asked_offer", referral="plain"),
        "chase_is_of_a_live_offer",
        LIVE,
    ),
    attack(
        "I2",
        "what was said when it was chased is written anew",
        CHASED + ";UPDATE handovers_chase SET words = 'Never rang' WHERE id = %(new)s",
        "kept_as_written",
        "DROP TRIGGER kept_as_written ON handovers_chase",
    ),
)
DELETED = (
    attack(
        "kept",
        "a chase is deleted",
        "DELETE FROM handovers_chase WHERE handover_id = %(asked_offer)s",
        "kept_for_good",
        "DROP TRIGGER kept_for_good ON handovers_chase",
    ),
    attack(
        "kept",
        "a file is deleted",
        "DELETE FROM attachments_attachment WHERE handover_id = %(asked_offer)s",
        "kept_for_good",
        "DROP TRIGGER kept_for_good ON attachments_attachment",
    ),
)
# What an offer's file says of itself, made at the same instant and by the same member as the offer.
FILE = (
    "INSERT INTO attachments_attachment (id, version, handover_id, referral_id, name, media_type, size,"
    " sha256, content, added_at, added_by_id)"
    " VALUES (%(new)s, 1, %({offer})s, %({referral})s, 'letter.txt', '{kind}', {size}, {sha256}, 'Dear all',"
    " %({at})s, %(member_one)s)"
)
OF_DEAR_ALL = "encode(sha256('Dear all'), 'hex')"


def a_file(
    *, offer: str = "asked_offer", referral: str = "asked", kind: str = "text/plain", size: int = 8,
    sha256: str = OF_DEAR_ALL, at: str = "at_5",
) -> str:  # fmt: skip
    return FILE.format(offer=offer, referral=referral, kind=kind, size=size, sha256=sha256, at=at)


WITH_ITS_OFFER = "DROP TRIGGER attachment_is_of_its_offer ON attachments_attachment"
ITS_HASH = "ALTER TABLE attachments_attachment DROP CONSTRAINT attachment_is_what_its_hash_says"
FILES = (
    attack(
        "I2", "a file is added to an offer later", a_file(at="at_6"), "attachment_is_of_its_offer",
        WITH_ITS_OFFER,
    ),
    attack(
        "I2", "a file is added to an offer that was accepted",
        a_file(offer="passed_offer", referral="passed"), "attachment_is_of_its_offer", WITH_ITS_OFFER,
    ),
    attack(
        "I2", "a file is told of another referral", a_file(referral="plain"), "attachment_is_of_its_offer",
        WITH_ITS_OFFER,
    ),
    attack(
        "I2", "a page is kept as a file", a_file(kind="text/html"), "attachment_kind_words",
        "ALTER TABLE attachments_attachment DROP CONSTRAINT attachment_kind_words",
    ),
    attack(
        "I7", "a file is not what its hash says", a_file(sha256="'0'"), "attachment_is_what_its_hash_says",
        ITS_HASH,
    ),
    attack(
        "I7", "a file is not as large as it says", a_file(size=7), "attachment_is_what_its_hash_says",
        ITS_HASH,
    ),
    attack(
        "I2", "another file is put in the place of one",
        a_file() + ";UPDATE attachments_attachment SET name = 'other.txt' WHERE id = %(new)s",
        "kept_as_written", "DROP TRIGGER kept_as_written ON attachments_attachment",
    ),
)  # fmt: skip

LINK = (
    "INSERT INTO handovers_answerlink (id, version, handover_id, referral_id, team_id, digest, made_at,"
    " made_by_id, until_at, times, devices, goes_on)"
    " SELECT %(new)s, 1, h.id, {referral}, {team}, 'd', %(at_20)s, %(member_one)s,"
    " %(at_20)s::timestamptz + interval '1 day', 0, ARRAY[]::text[], false"
    " FROM handovers_handover h WHERE h.id = %({offer})s"
)
LINKED = LINK.format(offer="asked_offer", referral="h.referral_id", team="h.receiver_team_id")
IS_SO = "DROP TRIGGER answer_link_is_so ON handovers_answerlink"
BOUND = "DROP TRIGGER answer_link_stays_bound ON handovers_answerlink"
LINKS = (
    attack(
        "I2",
        "a link answers for a team that was not asked",
        LINK.format(offer="asked_offer", referral="h.referral_id", team="h.giver_team_id"),
        "answer_link_is_so",
        IS_SO,
    ),
    attack(
        "I2",
        "a link says that it answered what nobody answered",
        LINKED
        + ";UPDATE handovers_answerlink SET received_at = %(at_20)s, last_received_at = %(at_20)s,"
        " last_received_by_id = %(member_one)s, answered_at = %(at_20)s WHERE id = %(new)s",
        "answer_link_is_so",
        IS_SO,
    ),
    attack(
        "I2",
        "a link is given another secret",
        LINKED + ";UPDATE handovers_answerlink SET digest = 'e' WHERE id = %(new)s",
        "answer_link_stays_bound",
        BOUND,
    ),
    attack(
        "I2",
        "a link opens longer than it said",
        LINKED
        + ";UPDATE handovers_answerlink SET until_at = until_at + interval '1 year' WHERE id = %(new)s",
        "answer_link_stays_bound",
        BOUND,
    ),
    attack(
        "I2",
        "a link by which a team goes on is of an offer that nobody accepted",
        LINKED.replace("false", "true"),
        "answer_link_is_so",
        IS_SO,
    ),
    attack(
        "I2",
        "a link that answers becomes one that goes on",
        LINKED + ";UPDATE handovers_answerlink SET goes_on = true WHERE id = %(new)s",
        "answer_link_stays_bound",
        f"{BOUND};{IS_SO}",
    ),
    attack(
        "I2",
        "a link that was taken back opens again",
        LINKED
        + ";UPDATE handovers_answerlink SET withdrawn_at = %(at_20)s, withdrawn_by_id = %(member_one)s"
        " WHERE id = %(new)s;UPDATE handovers_answerlink SET withdrawn_at = NULL, withdrawn_by_id = NULL"
        " WHERE id = %(new)s",
        "answer_link_stays_bound",
        BOUND,
    ),
)
