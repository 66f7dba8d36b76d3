"""
Documents printed from the code, so that they cannot say anything else than the code does.

`./nwd check` fails when one is stale and shows the difference; `./nwd check --write` prints them anew.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from difflib import unified_diff
from pathlib import Path

from nowrongdoor.console.documents import clocks, dictionary, states

DOCUMENTS: Mapping[str, Callable[[], str]] = {
    **{f"docs/states/{name}.md": states.page(name) for name in states.PAGES},
    "docs/clocks.md": clocks.page,
    "docs/data-dictionary.md": dictionary.page,
}


def stale(root: Path, documents: Mapping[str, Callable[[], str]] = DOCUMENTS) -> str:
    """How the documents on disk differ from what the code says now; empty when they do not."""
    found = []
    for name, printed in documents.items():
        path = root / name
        on_disk = path.read_text(encoding="utf-8") if path.exists() else ""
        found += unified_diff(
            on_disk.splitlines(),
            printed().splitlines(),
            f"{name} (on disk)",
            f"{name} (from the code)",
            lineterm="",
        )
    return "\n".join(found)


def write(root: Path, documents: Mapping[str, Callable[[], str]] = DOCUMENTS) -> list[str]:
    """Print every document that is stale; answers with their names."""
    written = []
    for name, printed in documents.items():
        path, text = root / name, printed()
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            written.append(name)
    return written
