"""./nwd demo: an invented place in the browser, from nothing to the first page, and nothing left behind.

Everything runs in this one process: the database beside it is started first and stopped last.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import errno
import logging
import os
import signal
import socket
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

from nowrongdoor import embedded
from nowrongdoor.console import sealing, watching
from nowrongdoor.console.databases import database_for, on_screen
from nowrongdoor.embedded.kept_file import keep_secret
from nowrongdoor.kernel.now import now

PORT = 8600
PORTS_TRIED = 50
TAKEN = (errno.EADDRINUSE, getattr(errno, "WSAEADDRINUSE", errno.EADDRINUSE))
GRACE = 2  # seconds that open streams may keep a stop waiting
FIRST_PAGE_WITHIN = 60  # seconds


def main(arguments: list[str]) -> int:
    asked = read(arguments)
    began = float(os.environ.get("NWD_BEGAN") or now().timestamp())
    directory = embedded.directory_for("demo")
    os.environ["NWD_DEMO"] = "1"
    try:
        if asked.reset:
            start_afresh(directory)
        sealing.name_default_anchor()
        with database_for("demo"):
            name_our_host(asked.host)
            keep_sign_ins(directory)
            keep_packs(directory)
            fill(asked.people)
            return serve(asked.host, asked.port, began)
    except embedded.CannotStart as refusal:
        on_screen(str(refusal))
        return 1


def read(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./nwd demo", description="An invented place in your browser.")
    parser.add_argument(
        "--port", type=int, default=PORT, help=f"where to answer ({PORT}; a free one when taken)"
    )
    parser.add_argument("--host", default="127.0.0.1", help="the address to answer on (this machine only)")
    parser.add_argument(
        "--people", type=int, default=150, help="how many invented people a new place has (150)"
    )
    parser.add_argument("--reset", action="store_true", help="throw the invented place away and make it anew")
    asked = parser.parse_args(arguments)
    if not 0 <= asked.port <= 65535:
        parser.error("a port is a number from 0 to 65535")
    if asked.people < 1:
        parser.error("a place has at least one person")
    return asked


def start_afresh(directory: Path) -> None:
    """Only ever our own private database. One that DATABASE_URL names is not ours to destroy."""
    if os.environ.get("DATABASE_URL"):
        raise embedded.CannotStart(
            "--reset destroys only the demo's private database, and DATABASE_URL names another: "
            "nothing was changed."
        )
    embedded.destroy(directory)
    sealing.default_anchor().unlink(missing_ok=True)  # of a place that is no more


def name_our_host(host: str) -> None:
    """Answer to the name we are reached by; beyond this machine, say that we can be reached."""
    if host in ("127.0.0.1", "localhost", "::1"):
        return
    os.environ.setdefault("NWD_HOSTS", "*" if host in ("0.0.0.0", "::") else f"{host},localhost,127.0.0.1")
    on_screen("Other machines can reach this demo. It holds invented people only; put nobody real into it.")


def keep_packs(directory: Path) -> None:
    """A demonstration writes its downtime packs beside its data, locked with a key of its own."""
    if "NWD_DOWNTIME_FOLDER" not in os.environ:
        os.environ.setdefault("NWD_DOWNTIME_KEY", keep_secret(directory / "downtime-key"))
        os.environ["NWD_DOWNTIME_FOLDER"] = str(directory / "downtime")


def keep_sign_ins(directory: Path) -> None:
    """Sessions are signed with a key: a second start keeps it, so nobody is signed out by it."""
    if not os.environ.get("NWD_SECRET_KEY"):
        os.environ["NWD_SECRET_KEY"] = keep_secret(directory / "session-key")


def fill(people: int) -> None:
    """Tables and invented people, once: made by one start at a time, and made anew when cut short."""
    import django

    django.setup()
    from nowrongdoor.console import filling

    filling.bring_up_to_date(people, say=on_screen)


def listen(host: str, port: int) -> socket.socket:
    """The asked port, else the next free one. Bound here and handed on, so nobody can take it between."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for tried in range(port, min(port + PORTS_TRIED, 65536)):
        bound = socket.socket(family, socket.SOCK_STREAM)
        if os.name != "nt":  # there it would let two programs share a port
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            bound.bind((host, tried))
            bound.listen(128)
        except PermissionError as error:
            bound.close()
            raise embedded.CannotStart(
                f"Port {tried} is for the system's own use: choose one from 1024."
            ) from error
        except socket.gaierror as error:
            bound.close()
            raise embedded.CannotStart(f"'{host}' is no address of this machine.") from error
        except OSError as error:
            bound.close()
            if error.errno not in TAKEN:
                raise embedded.CannotStart(f"Cannot answer on {host}: {error.strerror}.") from error
            continue
        if tried != port:
            on_screen(f"Port {port} is taken; using {tried}.")
        return bound
    raise embedded.CannotStart(f"Ports {port} to {tried} are all taken. Choose another with --port.")


def serve(host: str, port: int, began: float) -> int:
    """Serve until Ctrl+C or SIGTERM: uvicorn raises it again after its own stop, and we unwind on that."""
    import uvicorn

    bound = listen(host, port)
    server = uvicorn.Server(
        uvicorn.Config(
            "nowrongdoor.site.asgi:application",
            log_config=None,  # what it says goes the way of all logs, which leaves rows out
            log_level="warning",
            access_log=False,  # addresses of pages stay out of logs
            lifespan="off",
            timeout_graceful_shutdown=GRACE,
        )
    )
    logging.getLogger("uvicorn.error").addFilter(lambda said: not is_only_our_ending(said, server))
    first = FirstPage(server, bound, began)
    first.start()
    try:
        with stopping_on_hang_up(server), sealing.meanwhile(), watching.meanwhile():
            server.run(sockets=[bound])
    except KeyboardInterrupt:
        pass
    finally:
        bound.close()
        on_screen("Stopping …")
    return 1 if first.failure else 0


def is_only_our_ending(said: logging.LogRecord, server) -> bool:
    """An open stream is cut off when we stop. That is no error, and nobody has to read about it."""
    cut_off = said.exc_info is not None and said.exc_info[0] is asyncio.CancelledError
    return server.should_exit and (cut_off or str(said.msg).startswith("Cancel %s running task"))


@contextlib.contextmanager
def stopping_on_hang_up(server):
    """The terminal was closed: uvicorn knows Ctrl+C and SIGTERM only, so we end it in the same way."""
    if not hasattr(signal, "SIGHUP"):
        yield
        return
    heard = []

    def hung_up(number: int, frame: object) -> None:
        heard.append(number)
        server.should_exit = True

    before = signal.signal(signal.SIGHUP, hung_up)
    try:
        yield
    finally:
        signal.signal(signal.SIGHUP, before)
    if heard:
        raise SystemExit(128 + signal.SIGHUP)


class FirstPage(threading.Thread):
    """Asks for the first page, and says that we are ready only when it really answers."""

    def __init__(self, server, bound: socket.socket, began: float) -> None:
        super().__init__(daemon=True)
        self.server = server
        self.began = began
        host, port = bound.getsockname()[:2]
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
        self.address = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
        self.failure: str | None = None

    def run(self) -> None:
        self.failure = self.ask()
        if self.failure is None:
            seconds = max(1, round(now().timestamp() - self.began))
            print(f"Ready in {seconds} s: open {self.address} – press Ctrl+C to stop", flush=True)
        elif not self.server.should_exit:
            on_screen(f"The first page does not answer: {self.failure}")
            self.server.should_exit = True

    def ask(self) -> str | None:
        """None when the page came, else why it did not."""
        direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # never through a proxy
        until = time.monotonic() + FIRST_PAGE_WITHIN
        while not self.server.started and not self.server.should_exit and time.monotonic() < until:
            time.sleep(0.02)
        try:
            with direct.open(self.address, timeout=max(1.0, until - time.monotonic())) as page:
                page.read()
        except urllib.error.HTTPError as error:
            return f"it answered {error.code}."
        except OSError as error:
            return f"{getattr(error, 'reason', error)}."
        return None
