"""./nwd manage: any Django management command, on DATABASE_URL or else on the demo's own database."""

from __future__ import annotations

import contextlib
import os

from nowrongdoor.console.databases import database_for, on_screen
from nowrongdoor.console.sealing import name_default_anchor
from nowrongdoor.embedded import CannotStart


def main(arguments: list[str]) -> int:
    opens_a_pack = arguments[:1] in (["open_pack"], ["open-pack"])
    if opens_a_pack:
        # Asked for when nothing else answers, on whatever machine is there: no database and no other setting.
        for name in ("NWD_LIVE", "NWD_DOWNTIME_FOLDER", "NWD_DOWNTIME_KEY"):
            os.environ.pop(name, None)
        os.environ["NWD_DEMO"] = "1"
    elif not os.environ.get("DATABASE_URL"):
        os.environ.setdefault("NWD_DEMO", "1")  # the demo's database holds invented people only
        name_default_anchor()
    if arguments and not arguments[0].startswith("-"):
        arguments = [arguments[0].replace("-", "_"), *arguments[1:]]  # verify-journal is a module
    if arguments[:1] == ["migrate"] and not any(word.startswith("--database") for word in arguments):
        arguments = [*arguments, "--database=owner"]  # nwd_app may make no table
    try:
        with contextlib.nullcontext() if opens_a_pack else database_for("demo"):
            from django.core.management import execute_from_command_line

            execute_from_command_line(["./nwd manage", *arguments])
    except CannotStart as refusal:
        on_screen(str(refusal))
        return 1
    return 0
