"""
Every verb of the place, tried with whatever mischief chooses: each attempt is one act, or a refusal.

The weights keep a place alive: enough is taken in, handed over and closed for every state to occur.
"""

from collections.abc import Callable
from datetime import datetime

from nowrongdoor.sim.attempts import care, desk, looking, merging, owed, with_police
from nowrongdoor.sim.mischief import Mischief

Attempt = Callable[[Mischief, datetime], None]
ATTEMPTS: tuple[tuple[float, str, Attempt], ...] = (
    (9, "contacts.receive", desk.receive),
    (2, "contacts.link", desk.link),
    (4, "contacts.close", desk.close_contact),
    (2, "people.register", desk.register),
    (1, "people.correct", desk.correct),
    (2, "merges.propose", merging.propose),
    (2, "merges.merge", merging.merge),
    (0.5, "merges.keep_apart", merging.keep_apart),
    (1.5, "merges.unmerge", merging.unmerge),
    (4, "referrals.refer", care.refer),
    (4, "referrals.begin", care.begin),
    (6, "referrals.close", care.close),
    (5, "referrals.reopen", care.reopen),
    (6, "triage.accept_here", care.accept_here),
    (8, "triage.hand_on", care.hand_on),
    (6, "triage.ask", care.ask),
    (3, "triage.advise", care.advise),
    (3, "triage.duplicate_of", care.duplicate_of),
    (9, "handovers.offer", care.offer),
    (11, "handovers.accept", care.accept),
    (7, "handovers.send_back", care.send_back),
    (4, "handovers.withdraw", care.withdraw),
    (2, "handovers.chase", care.chase),
    (4, "handovers.deliver", care.deliver),
    (4, "handovers.receive", care.receive),
    (4, "care_contacts.record", care.record_contact),
    (3, "statutory.begin", care.begin_statutory),
    (2, "statutory.extend", care.extend_statutory),
    (3, "statutory.end", care.end_statutory),
    (5, "police.decide", with_police.decide),
    (2, "police.learn", with_police.learn),
    (2, "police.see", with_police.see),
    (1, "police.dispute", with_police.dispute),
    (3, "promises.keep", with_police.keep),
    (2, "referrals.close", with_police.close),
    (4, "holdings.take", care.take),
    (5, "holdings.accept_re_homed", care.accept_re_homed),
    (4, "promises.make", owed.make),
    (6, "promises.keep", owed.keep),
    (3, "promises.let_go", owed.let_go),
    (5, "promises.escalate", owed.escalate),
    (2, "second_readings.answer", owed.read_again),
    (6, "clocks.sweep", owed.sweep),
    (4, "clocks.reply", owed.reply),
    (2, "rota.put_on", owed.put_on),
    (1, "rota.take_off", owed.take_off),
    (3, "rota.offer_on", owed.offer_on),
    (1.5, "agencies.close_team", owed.close_team),
    (1.5, "agencies.leave", owed.leave),
    (2, "agencies.enter", owed.enter),
    (2, "openings.claim", looking.claim),
    (4, "openings.break_glass", looking.break_glass),
    (3, "reviews.decide", looking.decide),
    (1, "reviews.look_into", looking.look_into),
    (0.5, "agreements.enter", looking.enter),
    (3, "sharing.decide", looking.share),
    (2, "sharing.override", looking.override),
    (3, "sharing.withdraw", looking.withdraw),
    (2, "seals.put", looking.seal),
    (3, "seals.lift", looking.lift),
    (0.01, "people.supersede", desk.supersede),
)
