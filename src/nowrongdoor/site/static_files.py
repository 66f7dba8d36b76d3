"""What the static files say beside themselves."""

from collections.abc import MutableMapping

WORKER = "nhsuk/without-signal.js"


def headers(found: MutableMapping[str, str], path: str, url: str) -> None:
    """The worker of visits lies among them, and looks at every address: at who comes and who goes."""
    if url.endswith(WORKER):
        found["Service-Worker-Allowed"] = "/"
