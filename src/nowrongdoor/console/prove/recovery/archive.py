"""
A PostgreSQL whose every change is archived, a base backup of it, and what is brought back from the two.

As in the guide (docs/guide/backup.md). The base backup holds no log of changes itself, so that what is
brought back stands or falls with the archive. Paths are relative to the data: no shell ever reads ours.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from psycopg.conninfo import make_conninfo

from nowrongdoor import embedded
from nowrongdoor.console import copying
from nowrongdoor.console.prove.crash.servers import Database
from nowrongdoor.embedded import asking, places

ARCHIVING = {"archive_mode": "on", "archive_command": "cp %p ../archive/%f", "wal_level": "replica"}
RECOVERING = """
archive_mode = 'off'
restore_command = 'cp ../../archive/%f %p'
recovery_target_lsn = '{lsn}'
recovery_target_inclusive = 'off'
recovery_target_action = 'promote'
hot_standby = 'off'
"""
PATIENCE = 60.0  # seconds that a file may take to reach the archive


class Archived(Database):
    """The proof's own PostgreSQL, on a directory that no other run uses; its archive begins empty."""

    def __init__(self, directory: Path) -> None:
        super().__init__(directory)
        self.base, self.archive = directory / "base", directory / "archive"
        self.clear()
        self.archive.mkdir()
        self.server.account.own(self.archive)
        self.setting(**ARCHIVING)
        self.server.stop()
        self.start_again()

    def clear(self) -> None:
        for folder in (self.base, self.archive):
            shutil.rmtree(folder, ignore_errors=True)

    def end_segment(self) -> str:
        """The file that changes are written to now is ended and archived, and the next begun; its name."""
        with self.server.connect() as admin:
            ((name,),) = admin.execute("SELECT pg_walfile_name(pg_switch_wal())").fetchall()
            until = time.monotonic() + PATIENCE
            while True:
                ((last,),) = admin.execute("SELECT last_archived_wal FROM pg_stat_archiver").fetchall()
                if (last or "") >= name and (self.archive / name).exists():
                    return name
                if time.monotonic() > until:
                    raise embedded.CannotStart(f"{name} did not reach the archive. See {self.server.log}.")
                time.sleep(0.02)

    def back_up(self) -> None:
        """All its files, while it works, with a list of what each must be; checked by it at once."""
        self.program("pg_basebackup", f"--dbname={self.conninfo()}", f"--pgdata={self.base}",
                     "--wal-method=none", "--checkpoint=fast", "--no-sync")  # fmt: skip
        self.verify_base()

    def verify_base(self) -> None:
        """Every file of the base backup against its list. Raises `CannotCopy` for one that has changed."""
        self.program("pg_verifybackup", "--no-parse-wal", str(self.base))

    def conninfo(self) -> str:
        return make_conninfo("", host=str(self.server.sockets), port=asking.PORT, user=asking.ADMIN)

    def program(self, name: str, *arguments: str) -> None:
        environment = dict(os.environ) | {"PGPASSWORD": self.server.passwords["admin"]}
        copying.said_by([copying.program_for(name, self.server.owner_url), *arguments], environment)

    def size(self) -> int:
        """Of the base backup, in bytes."""
        return sum(path.stat().st_size for path in self.base.rglob("*") if path.is_file())

    @contextlib.contextmanager
    def restored(self, lsn: int) -> Iterator[embedded.Server]:
        """
        What the base backup and the archive give, up to that place in the log and not a record further.

        Raises `CannotStart` when the archive does not lead there.
        """
        place = self.directory / "restored"
        shutil.rmtree(place, ignore_errors=True)
        account = self.server.account
        places.make_directory(place, account)
        shutil.copy(self.directory / "passwords.json", place)
        data = place / "data"
        shutil.copytree(self.base, data)
        with (data / "postgresql.auto.conf").open("a", encoding="utf-8") as settings:
            settings.write(RECOVERING.replace("{lsn}", f"{lsn >> 32:X}/{lsn & 0xFFFFFFFF:X}"))
        (data / "recovery.signal").touch()
        for path in (data, *data.rglob("*")):
            account.own(path)
        data.chmod(0o700)
        try:
            server = embedded.start(place, say=lambda text: None)
            try:
                yield server
            finally:
                server.stop()
        finally:
            shutil.rmtree(place, ignore_errors=True)


def spoil(path: Path) -> None:
    """One bit of a file is another, as on a disk that forgets."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
