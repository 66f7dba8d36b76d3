"""
What someone at a prompt could type to leave a person without a holder, and the guard that refuses it.

`refused_by` names the guards that may say no (which of them speaks first is not promised); `without`
is what an owner would have to take away before the same statements go through. In the statements,
%(name)s is the key of a row of the place in `prompt.furnish`.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Attack:
    invariant: str
    name: str
    typed: str
    refused_by: frozenset[str]
    without: str


def attack(invariant: str, name: str, typed: str, refused_by: str, without: str) -> Attack:
    return Attack(invariant, name, typed, frozenset(refused_by.split()), without)
