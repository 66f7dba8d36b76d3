"""A database as Django names one, from the postgresql:// address it is given as."""

from urllib.parse import parse_qsl, unquote, urlsplit

# No request waits for ever for a row another holds, and none holds one for ever.
PATIENCE = "-c lock_timeout=5s -c statement_timeout=30s -c idle_in_transaction_session_timeout=60s"
# The walls make short statements look costly, and compiling one takes longer than it runs.
UNCOMPILED = "-c jit=off"

# Whoever finds none free for so long is told that the records cannot be reached, as when they cannot.
WAIT = 5.0


def database(url: str, *, connections: int = 0) -> dict[str, object]:
    """
    A database alias from a postgresql:// address, its options included. With `connections`, this process
    keeps so many at most and lends them from request to request; without, each makes and ends its own.
    """
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query))
    host = options.pop("host", "") or parts.hostname or ""
    port = options.pop("port", "") or str(parts.port or "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(host),
        "PORT": port,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            **options,
            "options": f"{PATIENCE} {UNCOMPILED}",
            **(_kept(connections) if connections else {}),
        },
    }


def _kept(connections: int) -> dict[str, object]:
    """Kept by this process, so that what is asked of one again need not be planned again."""
    return {"pool": {"min_size": 1, "max_size": connections, "timeout": WAIT}, "prepare_threshold": 0}
