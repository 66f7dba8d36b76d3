"""Where the private PostgreSQL keeps its things: one directory for each purpose, never shared.

    <home>/demo, <home>/test      data, log, passwords and locks of one server
    /var/lib/nowrongdoor          for root only: a copy of programs that are out of its stand-in's reach,
                                  and the homes of checkouts that are
    /tmp/nwd-<hash>               the socket: short, because a socket's path has room for ~100 bytes

<home> is NWD_HOME, else .nwd beside pyproject.toml, else (installed as a wheel) the user's data folder.
"""

from __future__ import annotations

import hashlib
import os
import stat
import tempfile
from pathlib import Path

from nowrongdoor.embedded.account import Account, running_account
from nowrongdoor.embedded.faults import CannotStart

FOR_ROOT = Path("/var/lib/nowrongdoor")  # where an account that root steps down to can always go
BELONGS_TO = "belongs-to"  # in there: the folder whose home it is


def checkout() -> Path | None:
    """The folder of the source tree, or None when we were installed as a wheel."""
    root = Path(__file__).resolve().parents[3]
    return root if (root / "pyproject.toml").is_file() else None


def home(account: Account | None = None) -> Path:
    """Where all our directories lie. Root's checkout is often closed to others; then it is /var/lib."""
    if os.environ.get("NWD_HOME"):
        return Path(os.environ["NWD_HOME"]).expanduser().absolute()
    root = checkout()
    if root is None:
        data = os.environ.get("XDG_DATA_HOME") or Path("~/.local/share").expanduser()
        wanted = Path(data) / "nowrongdoor"
    else:
        wanted = root / ".nwd"
    account = account or running_account()
    if account.steps_down and account.first_closed(nearest_existing(wanted)) is not None:
        apart = FOR_ROOT / short_hash(wanted)
        make_directory(apart, account)
        (apart / BELONGS_TO).write_text(str(wanted.parent))
        return apart
    return wanted


def directory_for(purpose: str) -> Path:
    """The directory of one purpose ('demo', 'test'): demo and tests at once never meet."""
    return home() / purpose


def nearest_existing(path: Path) -> Path:
    """The path itself, or the closest folder above it that exists already."""
    return next(folder for folder in (path, *path.parents) if folder.is_dir())


def short_hash(path: Path) -> str:
    return hashlib.sha256(os.path.realpath(path).encode()).hexdigest()[:12]


def make_directory(directory: Path, account: Account) -> None:
    """Make our own directory. Folders above it are made when missing, and never changed when there."""
    for folder in reversed(directory.parents):
        if not folder.is_dir():
            folder.mkdir(exist_ok=True)
            folder.chmod(0o755 if account.steps_down else 0o700)
    directory.mkdir(exist_ok=True)
    # Root keeps the passwords in here to itself; the account may only pass through to its data.
    directory.chmod(0o711 if account.steps_down else 0o700)


def socket_path(directory: Path) -> Path:
    """Where the socket of a directory lies: the same however the directory is spelt."""
    base = Path("/tmp") if os.path.isdir("/tmp") else Path(tempfile.gettempdir())
    return base / f"nwd-{short_hash(directory)}"


def socket_directory(directory: Path, account: Account) -> Path:
    """The folder of the socket, made when missing and refused when somebody else's."""
    folder = socket_path(directory)
    try:
        folder.mkdir(mode=0o700)
        account.own(folder)
    except FileExistsError:
        pass
    found = folder.lstat()
    owner = account.uid if account.steps_down else getattr(os, "getuid", lambda: found.st_uid)()
    if stat.S_ISDIR(found.st_mode) and found.st_uid == 0 and account.steps_down:
        account.own(folder)  # root died between making it and giving it away
    elif not stat.S_ISDIR(found.st_mode) or found.st_uid != owner:
        raise CannotStart(f"{folder} belongs to somebody else. Remove it, or set NWD_HOME to another folder.")
    folder.chmod(0o700)
    return folder
