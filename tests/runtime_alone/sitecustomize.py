"""
Only what `./nwd demo` installs can be imported by a Python that starts with this folder on its path: every
other package that happens to be installed here for tests is as if it were not.
"""

import re
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

LOCK = Path(__file__).parents[2] / "requirements.lock"


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


INSTALLED = {_plain(one) for one in re.findall(r"^([\w.-]+)==", LOCK.read_text(encoding="utf-8"), re.M)}
NOT_HERE = {
    module
    for module, brought_by in packages_distributions().items()
    if not INSTALLED & {_plain(one) for one in brought_by}
}


class Alone:
    """Stands before every other finder, and finds that these are not there."""

    @staticmethod
    def find_spec(name: str, path: object = None, target: object = None) -> None:
        if name.partition(".")[0] in NOT_HERE:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)


sys.meta_path.insert(0, Alone)  # type: ignore[arg-type]
