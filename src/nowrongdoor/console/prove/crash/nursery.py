"""
Where web workers are born: a process that has loaded the product once, and forks a worker in an instant.

    python -m nowrongdoor.console.prove.crash.nursery

It is told on its standard input, and answers each line with one:

    start PORT KIND             the new worker's process id
    end PID SIGNAL SECONDS      sends it; 1 when the worker was gone by then, 0 when it had to be killed

When its input is closed, or it dies itself, its workers end: a proof that is killed leaves none behind.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time

from nowrongdoor.console.prove.crash import worker

LOOK_AGAIN = 0.002  # seconds


def main() -> None:
    worker.load()
    alive, kept = os.pipe()  # nothing is ever written: its other end closes when this process ends
    workers: set[int] = set()
    try:
        for line in sys.stdin:
            told, *rest = line.split()
            if told == "start":
                pid = start(alive, kept, int(rest[0]), kind=rest[1])
                workers.add(pid)
                answer = pid
            else:
                pid, moment, seconds = int(rest[0]), int(rest[1]), float(rest[2])
                answer = int(end(pid, moment, seconds)) if pid in workers else 1
                workers.discard(pid)
            print(answer, flush=True)
    finally:
        for pid in workers:
            end(pid, signal.SIGKILL, 10)


def start(alive: int, kept: int, port: int, *, kind: str) -> int:
    pid = os.fork()
    if pid:
        return pid
    try:
        os.close(kept)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(2, 1)  # what is said there is an answer of the nursery's
        threading.Thread(target=end_with_nursery, args=(alive,), daemon=True).start()
        worker.serve(port, kind=kind)
    finally:
        os._exit(1)


def end_with_nursery(alive: int) -> None:
    os.read(alive, 1)
    os._exit(0)


def end(pid: int, moment: int, seconds: float) -> bool:
    """A child that has not been collected is still ours: its number cannot be anybody else's."""
    os.kill(pid, moment)
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if os.waitpid(pid, os.WNOHANG)[0] == pid:
            return True
        time.sleep(LOOK_AGAIN)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    return False


if __name__ == "__main__":
    main()
