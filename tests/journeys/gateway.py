"""A gateway for texts on this machine, that answers as a test tells it to and keeps what it was sent."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import sleep
from typing import Any


@dataclass
class Fake:
    """`answers` is the status of each answer; `slow` seconds before it comes."""

    answers: int = 200
    slow: float = 0.0
    where: str = ""
    got: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    url: str = ""

    @property
    def ids(self) -> list[str]:
        return [one["id"] for one in self.got]


@contextmanager
def gateway() -> Iterator[Fake]:
    fake = Fake()

    class Answers(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            fake.got.append(body)
            fake.headers.append({name.lower(): value for name, value in self.headers.items()})
            sleep(fake.slow)
            told = json.dumps({"id": f"theirs-{len(fake.got)}"}).encode()
            self.send_response(fake.answers)
            if fake.where:
                self.send_header("Location", fake.where)
            self.send_header("Content-Length", str(len(told)))
            self.end_headers()
            self.wfile.write(told)

        do_GET = do_POST

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    fake.url = f"http://127.0.0.1:{server.server_port}/texts"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield fake
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
