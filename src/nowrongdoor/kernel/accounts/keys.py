"""
Accounts are opened, closed and given a new key here, and nowhere else; and all that is told in the journal.

No password is ever told to anyone: whoever opens an account hands over a link that sets one, once.
Only the digest of a link is stored, so that whoever reads the database cannot use one.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db import transaction

from nowrongdoor.kernel.accounts.models import OF, Account
from nowrongdoor.kernel.journal.entries import tell
from nowrongdoor.kernel.journal.models import Entry

SUBJECT = "accounts.account"
LASTS = timedelta(hours=72)
CODES = Authenticator.Type.RECOVERY_CODES.value
THE_LINK, ITSELF = "Whoever had the link", "Whoever was signed in with it"
"""Who did it, as the journal keeps it, where no colleague did: a key knows itself, not who turns it."""


class NoAccount(Exception):
    """There is no account of that name; or there is one already."""


def find(name: str) -> Account:
    """The account of this name, however it was typed. Raises `NoAccount`."""
    found: Account | None = Account.objects.filter(name=_plain(name)).first()
    if found is None:
        raise NoAccount(f"There is no account named {_plain(name)}.")
    return found


@transaction.atomic
def open_for(*, member_id: UUID, name: str, account_id: UUID, by: str, at: datetime) -> str:
    """A new account for a member; answers with its link, good once. Raises `NoAccount`."""
    if Account.objects.filter(member_id=member_id).exists():
        raise NoAccount("This member has an account already.")
    return _open(Account(id=account_id, member_id=member_id, name=_plain(name)), by=by, at=at)


@transaction.atomic
def open_for_person(*, person_id: UUID, name: str, account_id: UUID, by: str, at: datetime) -> str:
    """A new account that opens one person's own record to them, and nothing else. Raises `NoAccount`."""
    if Account.objects.filter(person_id=person_id).exists():
        raise NoAccount("This person has an account already.")
    return _open(Account(id=account_id, person_id=person_id, name=_plain(name)), by=by, at=at)


@transaction.atomic
def open_for_carer(*, permission_id: UUID, name: str, account_id: UUID, by: str, at: datetime) -> str:
    """A new account that opens to a carer what a person lets them read. Raises `NoAccount`."""
    if Account.objects.filter(permission_id=permission_id).exists():
        raise NoAccount("This carer has an account for that already.")
    return _open(Account(id=account_id, permission_id=permission_id, name=_plain(name)), by=by, at=at)


def _open(account: Account, *, by: str, at: datetime) -> str:
    if Account.objects.filter(name=account.name).exists():
        raise NoAccount(f"There is an account named {account.name} already.")
    account.set_unusable_password()
    token = _new_link(account, at=at)
    account.save(force_insert=True)
    of = {f"{one}_id": [None, str(key)] for one in OF if (key := getattr(account, f"{one}_id"))}
    _tell(account, "account.opened", of, by=by, at=at)
    return token


@transaction.atomic
def invite(*, name: str, by: str, at: datetime) -> str:
    """Another link, for one that was lost or is too old; the one before opens nothing any more."""
    account = _held(name)
    token = _new_link(account, at=at)
    account.save(update_fields=["link_digest", "link_until_at"])
    _tell(account, "account.link_given", {}, by=by, at=at)
    return token


@transaction.atomic
def reset(*, name: str, second_step_too: bool, by: str, at: datetime) -> str:
    """
    The password and, if asked, every second step are no more, and every browser is signed out.
    Answers with the link that sets a new password.
    """
    account = _held(name)
    account.set_unusable_password()
    token = _new_link(account, at=at)
    account.save(update_fields=["password", "link_digest", "link_until_at"])
    if second_step_too:
        second_steps = Authenticator.objects.filter(user=account)
        second_steps.delete()
    _tell(account, "account.reset", {"second_step_too": [None, second_step_too]}, by=by, at=at)
    return token


@transaction.atomic
def let_in(*, name: str, yes: bool, by: str, at: datetime) -> None:
    """Disables an account, which ends it in every browser at the next page; or enables it again."""
    account = _held(name)
    was, account.is_active = account.is_active, yes
    account.link_digest, account.link_until_at = "", None
    account.save(update_fields=["is_active", "link_digest", "link_until_at"])
    kind = "account.enabled" if yes else "account.disabled"
    _tell(account, kind, {"is_active": [was, yes]}, by=by, at=at)


def of_link(token: str, *, at: datetime) -> Account | None:
    """The account that a link is for, while it can be used."""
    found: Account | None = Account.objects.filter(
        link_digest=_digest(token), link_until_at__gt=at, is_active=True
    ).first()
    return found


@transaction.atomic
def use_link(token: str, *, password: str, at: datetime) -> bool:
    """Sets the password, and the link is no more. False when somebody was first, or it is too old."""
    account: Account | None = (
        Account.objects.select_for_update(of=("self",))
        .filter(link_digest=_digest(token), link_until_at__gt=at, is_active=True)
        .first()
    )
    if account is None:
        return False
    account.set_password(password)
    account.link_digest, account.link_until_at = "", None
    account.save(update_fields=["password", "link_digest", "link_until_at"])
    _tell(account, "account.password_set", {}, by=THE_LINK, at=at)
    return True


@contextmanager
def told_of_itself(account: Account, *, at: datetime) -> Iterator[None]:
    """
    What whoever is signed in changes within, of how this account is opened, is in the journal with it, or
    is not changed: its password, an authenticator app, a passkey, the recovery codes. Which kind, and
    nothing that would let anyone in.

    Looks at what is there before and after, for allauth does the steps, and one of them may bring or end
    another: the first second step brings recovery codes, the last takes them along.
    """
    with transaction.atomic():
        before = Account.objects.select_for_update(of=("self",)).get(pk=account.pk)
        steps_before = _second_steps(account)
        yield
        if Account.objects.get(pk=account.pk).password != before.password:
            _tell(account, "account.password_changed", {}, by=ITSELF, at=at)
        steps = _second_steps(account)
        gone = sorted(kind for key, kind in steps_before.items() if key not in steps)
        new = sorted(kind for key, kind in steps.items() if key not in steps_before)
        if CODES in gone and CODES in new:
            gone.remove(CODES)
            new.remove(CODES)
            _tell(account, "account.recovery_codes_renewed", {}, by=ITSELF, at=at)
        for kind in gone:
            _tell(account, "account.second_step_removed", {"type": [kind, None]}, by=ITSELF, at=at)
        for kind in new:
            _tell(account, "account.second_step_added", {"type": [None, kind]}, by=ITSELF, at=at)


def _second_steps(account: Account) -> dict[int, str]:
    return dict(Authenticator.objects.filter(user=account).values_list("pk", "type"))


def story(name: str) -> list[Entry]:
    """What the journal says of an account, the first entry first. Raises `NoAccount`."""
    return list(Entry.objects.filter(subject=SUBJECT, subject_id=find(name).id).order_by("version"))


def use_up(account: Account, code: str) -> None:
    """A code of the authenticator app that was accepted once is not accepted again."""
    for app in Authenticator.objects.filter(user=account, type=Authenticator.Type.TOTP):
        app.wrap().validate_code(code)


def forget_what_was_told(known: SocialAccount) -> None:
    """Of what a provider of sign-ins tells about a member, only which of theirs it is stays with us."""
    known.extra_data = {}
    known.save(update_fields=["extra_data"])


def has_second_step(account: Account) -> bool:
    """Whether a password alone does not let anyone in."""
    strong = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    return bool(Authenticator.objects.filter(user=account, type__in=strong).exists())


def _held(name: str) -> Account:
    account: Account = Account.objects.select_for_update(of=("self",)).get(pk=find(name).pk)
    return account


def _tell(account: Account, kind: str, changes: dict[str, list[Any]], *, by: str, at: datetime) -> None:
    """
    Into the journal, in the transaction of the act: who let somebody in, or no longer, and when. In the chain
    of the system itself, for whoever runs the place is of no agency. Not what they sign in with.
    """
    before = Entry.objects.filter(subject=SUBJECT, subject_id=account.id).count()
    tell(SUBJECT, account.id, kind, changes, agency_id=None, by_name=by, at=at, version=before + 1)


def _new_link(account: Account, *, at: datetime) -> str:
    token = secrets.token_urlsafe(32)
    account.link_digest, account.link_until_at = _digest(token), at + LASTS
    return token


def _digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def _plain(name: str) -> str:
    return name.strip().lower()
