"""
Opens, disables and resets accounts (./nwd manage account): of members, and of people who read their own
record. No password is typed here.
"""

import getpass
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse

from nowrongdoor.kernel.accounts import keys
from nowrongdoor.kernel.now import now
from nowrongdoor.reading import own_record, staff_list

# What the journal says of an account, as whoever runs the place reads it.
SAID = {
    "account.opened": "Opened",
    "account.link_given": "Another link given",
    "account.password_set": "Password set by a link",
    "account.password_changed": "Password changed",
    "account.second_step_added": "Second step added",
    "account.second_step_removed": "Second step removed",
    "account.recovery_codes_renewed": "Recovery codes made anew",
    "account.reset": "Reset",
    "account.disabled": "Disabled",
    "account.enabled": "Enabled",
}
WHICH = {"totp": ": authenticator app", "webauthn": ": passkey", "recovery_codes": ": recovery codes"}


class Command(BaseCommand):
    help = "Opens, disables and resets accounts; prints a link that sets a password, once, within three days."

    def add_arguments(self, parser: CommandParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
        acts.add_parser("members", help="who works here, and the number to open an account with")
        add = acts.add_parser("add", help="open an account for a member")
        add.add_argument("name", help="what the member signs in with: e-mail address or staff number")
        add.add_argument(
            "--member", type=UUID, required=True, help="the number of the member, from 'members'"
        )
        person = acts.add_parser("invite-person", help="let a person read their own record")
        person.add_argument("name", help="what the person signs in with: their e-mail address, or a name")
        person.add_argument(
            "--person", type=UUID, required=True, help="the number at the end of the address of their page"
        )
        carer = acts.add_parser("invite-carer", help="let a carer read what a person permitted")
        carer.add_argument("name", help="what the carer signs in with: their e-mail address, or a name")
        carer.add_argument(
            "--permission", type=UUID, required=True, help="the number that stands with the permission"
        )
        for act, does in (
            ("invite", "another link, for one that was lost or is too old"),
            ("reset", "the password is no more, every browser is signed out; a new link"),
            ("disable", "let nobody in with it; out at the next page, within a minute at most"),
            ("enable", "let its member in again"),
            ("story", "what the journal says of it: who did what with it, and when"),
        ):
            acts.add_parser(act, help=does).add_argument("name")
        acts.choices["reset"].add_argument(
            "--second-step-too",
            action="store_true",
            help="the telephone or key was lost: a new one is set up",
        )

    @property
    def by(self) -> str:
        """Who runs this, as the journal keeps it."""
        return getpass.getuser()

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            {
                "members": self.members,
                "add": self.add,
                "invite-person": self.invite_person,
                "invite-carer": self.invite_carer,
                "invite": self.invite,
                "reset": self.reset,
                "disable": self.disable,
                "enable": self.enable,
                "story": self.story,
            }[options["act"]](options)
        except keys.NoAccount as fault:
            raise CommandError(str(fault)) from fault

    def members(self, options: dict[str, Any]) -> None:
        for one in staff_list.at_work():
            self.stdout.write(f"{one.member_id}  {one.name}, {one.job_title}: {', '.join(one.teams)}")

    def add(self, options: dict[str, Any]) -> None:
        if not staff_list.works_here(options["member"]):
            raise CommandError("No such member works here. './nwd manage account members' lists them.")
        self.link(
            keys.open_for(
                member_id=options["member"], name=options["name"], account_id=uuid4(), by=self.by, at=now()
            )
        )

    def invite_person(self, options: dict[str, Any]) -> None:
        if own_record.reader(options["person"]) is None:
            raise CommandError("There is no record of this number. It ends the address of the person's page.")
        token = keys.open_for_person(
            person_id=options["person"], name=options["name"], account_id=uuid4(), by=self.by, at=now()
        )
        self.stdout.write("See that it is them: this link lets whoever has it read the whole record.")
        self.link(token, "the person")

    def invite_carer(self, options: dict[str, Any]) -> None:
        if own_record.carer(options["permission"], at=now()) is None:
            raise CommandError("There is no such permission, or it stands no more.")
        token = keys.open_for_carer(
            permission_id=options["permission"],
            name=options["name"],
            account_id=uuid4(),
            by=self.by,
            at=now(),
        )
        self.stdout.write("See that it is the carer whom the person named.")
        self.link(token, "the carer")

    def invite(self, options: dict[str, Any]) -> None:
        self.link(keys.invite(name=options["name"], by=self.by, at=now()))

    def reset(self, options: dict[str, Any]) -> None:
        too = options["second_step_too"]
        self.link(keys.reset(name=options["name"], second_step_too=too, by=self.by, at=now()))

    def disable(self, options: dict[str, Any]) -> None:
        keys.let_in(name=options["name"], yes=False, by=self.by, at=now())
        self.stdout.write("Disabled: it lets nobody in, and every browser is out at its next page.")

    def enable(self, options: dict[str, Any]) -> None:
        keys.let_in(name=options["name"], yes=True, by=self.by, at=now())
        self.stdout.write("Enabled. The password is as it was.")

    def story(self, options: dict[str, Any]) -> None:
        for told in keys.story(options["name"]):
            before, after = told.changes.get("type", ("", ""))
            which = WHICH.get(after or before, "")
            when = told.recorded_at.isoformat(sep=" ", timespec="seconds")
            self.stdout.write(f"{when}  {SAID[told.kind]}{which} · {told.by_name}")

    def link(self, token: str, whom: str = "whoever the account is for") -> None:
        host = settings.ALLOWED_HOSTS[0]
        self.stdout.write(f"Give this to {whom}, and to nobody else. It works once, for three days:")
        self.stdout.write(f"https://{host}{reverse('account_link', args=[token])}")
