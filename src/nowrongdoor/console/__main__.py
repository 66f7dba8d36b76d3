"""The verbs of ./nwd: each is one module here with a main(arguments) that answers with an exit code."""

from __future__ import annotations

import importlib
import importlib.util
import os
import sys

VERBS = {
    "demo": "serving",
    "test": "testing",
    "check": "checking",
    "prove": "proving",
    "bench": "benching",
    "plan": "planning",
    "tour": "touring",
    "manage": "managing",
}


def main(arguments: list[str] | None = None) -> int:
    """Carry out one verb. Modules load only when their verb is asked for, so each starts quickly."""
    arguments = sys.argv[1:] if arguments is None else arguments
    if not arguments or arguments[0] not in VERBS:
        print(f"Use one of: {', '.join(VERBS)}.", file=sys.stderr)
        return 2
    verb, rest = arguments[0], arguments[1:]
    module = f"nowrongdoor.console.{VERBS[verb]}"
    if importlib.util.find_spec(module) is None:
        print(f"'{verb}' is not part of this version yet.", file=sys.stderr)
        return 2
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nowrongdoor.site.settings")
    return importlib.import_module(module).main(rest)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
