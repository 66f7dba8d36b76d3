"""The server that is attacked: a process of its own whose every word is kept, and what it takes of memory."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from nowrongdoor import embedded
from nowrongdoor.console.prove.crash.servers import PATIENCE, SOURCE, Web, free_port

WORKER = "nowrongdoor.console.prove.attack.worker"


class Server(Web):
    """One web worker on the database that this process stands on, with weaknesses or without."""

    def __init__(self, log: Path, *weaknesses: str) -> None:
        self.log = log
        self.port = free_port()
        environment = os.environ | {
            "DATABASE_OWNER_URL": os.environ["DATABASE_URL"],  # a web needs no owner
            "NWD_DEMO": "1",
            "NWD_SWEEPS": "0",
            "NWD_SECRET_KEY": str(settings.SECRET_KEY),  # so that links made in this process open there
            "PYTHONPATH": str(SOURCE),
            "DJANGO_SETTINGS_MODULE": "nowrongdoor.site.settings",
        }
        for name in ("NWD_TEST", "NWD_DEBUG", "NWD_LIVE", "NWD_HOSTS"):
            environment.pop(name, None)
        with log.open("wb") as opened:
            self.process = subprocess.Popen(
                [sys.executable, "-P", "-m", WORKER, str(self.port), *weaknesses],
                env=environment, stdout=opened, stderr=opened, stdin=subprocess.DEVNULL,
            )  # fmt: skip

    def memory(self) -> float | None:
        """In megabytes, where the system says so."""
        status = Path(f"/proc/{self.process.pid}/status")
        if not status.exists():
            return None
        (line,) = (line for line in status.read_text().splitlines() if line.startswith("VmRSS:"))
        return int(line.split()[1]) / 1024

    def said(self) -> str:
        return self.log.read_text("utf-8", errors="backslashreplace")

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(PATIENCE)


@contextlib.contextmanager
def serving(log: Path, *weaknesses: str) -> Iterator[Server]:
    """Until it answers; stopped afterwards, however it comes."""
    server = Server(log, *weaknesses)
    try:
        try:
            server.wait_until_up()
        except TimeoutError as late:
            raise embedded.CannotStart(f"{late}\n{server.said()[-2000:]}") from late
        yield server
    finally:
        server.stop()
