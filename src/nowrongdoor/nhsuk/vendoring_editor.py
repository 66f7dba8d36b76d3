"""Takes the open editor of decision tables into this package: its own files, unchanged but for its font.

Run by hand, where dmn-js was installed with all it is made of:

    python -m nowrongdoor.nhsuk.vendoring_editor FOLDER_OF_MODULES

Its licence asks that the mark of its makers stays, which leads to their site when it is pressed. Of its font
one file of five is taken, the one that every browser we know reads.
"""

import json
import re
import sys
from pathlib import Path

from nowrongdoor.nhsuk.vendoring import HERE, STATIC, fingerprint, note

SCRIPT = "dmn-modeler.production.min.js"
STYLES = ("dmn-js-shared.css", "dmn-js-decision-table.css", "dmn-js-decision-table-controls.css")
FONT = "dmn.woff2"
LICENCE = "licences/dmn-js.txt"


def one_font(css: str) -> str:
    """The style sheet of its signs, with one file for its font, beside it."""
    source = re.compile(r"(?:\s*src: url\([^;]*;)+")
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.S)
    return source.sub(f'\n  src: url("{FONT}") format("woff2");', css)


def licences(modules: Path) -> str:
    """Its licence, and those of all it is made of, by name and version."""
    folders = [one for one in [*modules.glob("*"), *modules.glob("@*/*")] if (one / "package.json").is_file()]
    parts = []
    for folder in sorted(folders, key=lambda one: (one.name != "dmn-js", str(one))):
        about = json.loads((folder / "package.json").read_text())
        texts = sorted(one for one in folder.glob("*") if one.name.lower().startswith(("licen", "copying")))
        text = texts[0].read_text().strip() if texts else f"Licence: {about.get('license', 'MIT')}"
        parts.append(f"{about['name']} {about['version']}\n\n{text}\n")
    return f"\n{'-' * 80}\n\n".join(parts)


def take_in(modules: Path) -> None:
    """Writes its files, its licences and its place in vendor.json."""
    package = modules / "dmn-js"
    version = json.loads((package / "package.json").read_text())["version"]
    assets = package / "dist/assets"
    signs = one_font((assets / "dmn-font/css/dmn.css").read_text())
    css = "\n".join([*((assets / name).read_text() for name in STYLES), signs])
    folder = STATIC / "dmn"
    folder.mkdir(exist_ok=True)
    (folder / SCRIPT).write_bytes((package / "dist" / SCRIPT).read_bytes())
    (folder / "dmn-js.css").write_text(f"/* dmn-js {version}, see its licence */\n{css}\n")
    (folder / FONT).write_bytes((assets / "dmn-font/font" / FONT).read_bytes())
    (HERE / LICENCE).write_text(licences(modules))
    files = (f"dmn/{name}" for name in (SCRIPT, "dmn-js.css", FONT))
    entry = {
        "name": "dmn-js",
        "version": version,
        "licence": "bpmn.io",
        "licence_text": LICENCE,
        "files": {name: fingerprint(STATIC / name) for name in files},
    }
    note([entry])


if __name__ == "__main__":
    take_in(Path(sys.argv[1]))
