"""Under which account the server runs. PostgreSQL refuses to run as root, so root steps down.

Root steps down to an account that *exists* (postgres, else nobody). None is made, and no folder above
our own is opened up for it: if that account cannot reach a place, we name the first folder in its way.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nowrongdoor.embedded.faults import CannotStart

STEP_DOWN_TO = ("postgres", "nobody")


@dataclass(frozen=True)
class Account:
    """Who runs the server. name is None when that is simply the person who started us."""

    name: str | None = None
    uid: int = -1
    gid: int = -1

    @property
    def steps_down(self) -> bool:
        return self.name is not None

    def spawning(self) -> dict[str, Any]:
        """What a new process needs in order to be this account: user, group and no group besides."""
        if not self.steps_down:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def own(self, path: Path) -> None:
        """Give one of our own files or folders to this account. Never called on anything else."""
        if self.steps_down:
            os.chown(path, self.uid, self.gid)

    def can_enter(self, folder: Path) -> bool:
        """Whether this account may go into a folder, asked by trying it as that account."""
        if not self.steps_down:
            return os.access(folder, os.X_OK)
        asked = subprocess.run(["test", "-x", str(folder)], cwd="/", check=False, **self.spawning())
        return asked.returncode == 0

    def first_closed(self, path: Path) -> Path | None:
        """The first folder on the way to path that this account may not enter; None when the way is open."""
        folders = [folder for folder in (*reversed(path.parents), path) if folder.is_dir()]
        if not folders or self.can_enter(folders[-1]):
            return None
        return next((folder for folder in folders if not self.can_enter(folder)), None)

    def need_way_to(self, path: Path, setting: str) -> None:
        """Refuse, with the folder in the way and the setting that moves the place, when there is no way."""
        closed = self.first_closed(path)
        if closed is not None:
            raise CannotStart(
                f"PostgreSQL cannot run as root, so it runs as '{self.name}', and '{self.name}' may not "
                f"enter {closed}. Set {setting} to a folder that '{self.name}' can reach."
            )


def is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def running_account() -> Account:
    """The account the server runs as: the person who started us, or for root one that already exists."""
    if not is_root():
        return Account()
    import pwd

    for name in STEP_DOWN_TO:
        with contextlib.suppress(KeyError):
            entry = pwd.getpwnam(name)
            if entry.pw_uid != 0:
                return Account(name=name, uid=entry.pw_uid, gid=entry.pw_gid)
    raise CannotStart(
        "PostgreSQL cannot run as root, and there is neither an account 'postgres' nor 'nobody' to run it. "
        "Start ./nwd as an ordinary user, or set DATABASE_URL to a PostgreSQL that runs already."
    )
