"""
Packing as work that goes on: every quarter of an hour each team's downtime pack is written to a folder.

Beside the pages of a web worker, or as `./nwd manage pack --forever`. Any number may pack into one folder: a
pack that is new enough is left to stand. A file is there whole or not at all, and the latest of each team
stays however old it is. Keep the folder on another machine than the database.
"""

from __future__ import annotations

import threading
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from django.conf import settings
from django.db import transaction

from nowrongdoor.console import working
from nowrongdoor.console.databases import on_screen
from nowrongdoor.console.working import Rounds, Say
from nowrongdoor.embedded import kept_file
from nowrongdoor.kernel.now import now
from nowrongdoor.rules import downtime
from nowrongdoor.rules.access import Viewer

if TYPE_CHECKING:
    from nowrongdoor.reading.downtime import PackedTeam

EACH = 30.0  # seconds between two looks at the folder
# Nobody's look: the log names the programme, and a team.
PACKER = UUID("5f0f7c52-6f6b-5f0d-9c57-1f0a5d3e8a01")
NAME, ROLE, PURPOSE, PAGE = "Downtime pack", "downtime_pack", "direct_care", "downtime_file"


class Packer(Rounds):
    """Writes what is due to the folder, and takes away what has been kept long enough."""

    what = "Downtime packs could not be written"

    def __init__(self, folder: Path, key: str, *, say: Say = on_screen) -> None:
        super().__init__(say=say)
        self.folder, self.key, self.written = folder, key, 0

    def each(self) -> float:
        return EACH

    def round(self) -> bool:
        from nowrongdoor.reading import downtime as reading

        at = now()
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        names = [one.name for one in self.folder.iterdir()]
        failure: Exception | None = None
        for team in reading.teams():
            of_team = [name for name in names if f"-{str(team.id)[:8]}-" in name]
            if not downtime.is_due(of_team, at=at):
                continue
            try:
                self.pack(team, at=at)
            except Exception as fault:  # the other teams are packed all the same
                if failure is None:
                    fault.add_note(f"The downtime pack of {team.name} could not be written")
                    failure = fault
        for name in downtime.to_prune([one.name for one in self.folder.iterdir()], at=at):
            (self.folder / name).unlink(missing_ok=True)
        if failure is not None:
            raise failure
        return False

    def in_words(self, fault: Exception) -> str:
        what = getattr(fault, "__notes__", [self.what])[0]
        return f"{what} ({working.kind_of(fault)}). Trying again."

    def pack(self, team: PackedTeam, *, at: datetime) -> Path:
        """One team's pack: who is in it is on record as looked at before the file is there."""
        from nowrongdoor.kernel.access_log import looking
        from nowrongdoor.nhsuk import downtime as words
        from nowrongdoor.reading import downtime as reading

        programme = uuid5(PACKER, str(team.id))
        by = Viewer(
            programme, NAME, ROLE, team.id, team.name, team.agency_id, team.agency_name, purpose=PURPOSE
        )
        with transaction.atomic():
            found = reading.of(viewer=by, shows_whereabouts=True, at=at)
            looking.record(
                words.listed(found),
                page=PAGE,
                purpose=PURPOSE,
                by=by,
                at=at,
                but_not_since=at - downtime.lasts("pack_look", at=at),
            )
        document = words.document(
            words.printed(found, team=team.name, at=at), phrase=downtime.phrase(self.key, team.id)
        )
        kept = self.folder / downtime.file_name(team.name, team.id, at=at)
        kept_file.write_whole(kept, document)
        self.written += 1
        return kept


def from_settings(*, say: Say = on_screen) -> Packer | None:
    """The packer of the settings; none where no folder and key are set."""
    if not (settings.NWD_DOWNTIME_FOLDER and settings.NWD_DOWNTIME_KEY):
        return None
    return Packer(Path(settings.NWD_DOWNTIME_FOLDER).expanduser(), settings.NWD_DOWNTIME_KEY, say=say)


def begin(*, say: Say = on_screen) -> threading.Event | None:
    """Packs in a thread that ends with the process, or when the answer is set."""
    packer = from_settings(say=say)
    return working.begin(packer)[0] if packer else None
