"""Takes the front-end files of others into this package, without their brand.

Run by hand, from unpacked packages:

    python -m nowrongdoor.nhsuk.vendoring NHSUK_FRONTEND HTMX

The NHS letters, logo, blue and typeface belong to the NHS and to nhs.uk. What is left is MIT code:
tested patterns for forms, in our own colours and the reader's own system font.
"""

import hashlib
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
STATIC = HERE / "static" / "nhsuk"

SYSTEM_FONT = '"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif'

# NHS blue and its shades, and the pink of a link under the pointer, become shades of our own teal.
OUR_COLOURS = {
    "#005eb8": "#0b5f6b",
    "#004b93": "#094d57",
    "#0055a6": "#0a5560",
    "#002f5c": "#062f36",
    "#003087": "#0f4a52",
    "#337ec6": "#3c7f89",
    "#d9e7f4": "#dcebed",
    "#c7dcef": "#cbe1e4",
    "#7c2855": "#062f36",
}

# Parts of a public website, or parts that we draw ourselves.
NOT_OURS = re.compile(
    r"\.nhsuk-(header|footer|hero|images?|do-dont-list|action-link|contents-list|file-upload|password-input"
    r"|search-input|character-count|task-list|card|pagination|breadcrumb|back-link|tabs|table|tables|panel"
    r"|notification-banner|warning-callout|button--login|tag|code|back-to-top)(?![a-z])"
)


def statements(css: str) -> Iterator[tuple[str, str]]:
    """The top-level statements of a style sheet: (selector or at-rule, block), block "" when it has none."""
    start = depth = opened = 0
    for place, sign in enumerate(css):
        if sign == "{":
            depth += 1
            if depth == 1:
                opened = place
        elif sign == "}":
            depth -= 1
            if depth == 0:
                yield css[start:opened], css[opened + 1 : place]
                start = place + 1
        elif sign == ";" and depth == 0:
            yield css[start:place], ""
            start = place + 1


def our_part(css: str) -> str:
    """The style sheet without fonts, without components that are not ours, and without rules this empties."""
    kept = []
    for head, block in statements(css):
        if head.startswith("@font-face"):
            continue
        if head.startswith("@") and "{" in block:
            if inner := our_part(block):
                kept.append(f"{head}{{{inner}}}")
        elif not block:
            kept.append(f"{head};")
        elif selectors := [each for each in head.split(",") if not NOT_OURS.search(each)]:
            kept.append(f"{','.join(selectors)}{{{block}}}")
    return "".join(kept)


def without_brand(css: str) -> str:
    """Our font stack and colours; refuses to answer while any other host or the typeface is still named."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.S)
    css = our_part(css)
    css = re.sub(r'"?Frutiger W01"?,\s*arial,\s*sans-serif', SYSTEM_FONT, css, flags=re.I)
    for theirs, ours in OUR_COLOURS.items():
        css = re.sub(theirs, ours, css, flags=re.I)
    css = css.replace("/assets/images/", "")
    if left := re.search(r"https?:|//|frutiger|logo|/assets/", css, flags=re.I):
        raise SystemExit(f"Still there: {css[max(0, left.start() - 60) : left.end() + 60]}")
    return css


def fingerprint(path: Path) -> str:
    """The SHA-256 of one file, as written in vendor.json."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def take_in(nhsuk: Path, htmx: Path) -> None:
    """Writes the files and vendor.json. The licence text of nhsuk-frontend is not in its package."""
    nhsuk_version = json.loads((nhsuk / "package.json").read_text())["version"]
    htmx_version = json.loads((htmx / "package.json").read_text())["version"]
    css = without_brand((nhsuk / "dist/nhsuk/nhsuk-frontend.min.css").read_text())
    (STATIC / "nhsuk-frontend.css").write_text(
        f"/* nhsuk-frontend {nhsuk_version}, MIT, without its brand */\n{css}\n"
    )
    pictures = sorted(set(re.findall(r"url\(\"?([\w-]+\.svg)", css)))
    for picture in pictures:
        (STATIC / picture).write_bytes((nhsuk / "dist/nhsuk/assets/images" / picture).read_bytes())
    (STATIC / "htmx.js").write_bytes((htmx / "dist/htmx.min.js").read_bytes())
    (HERE / "licences/htmx.txt").write_bytes((htmx / "LICENSE").read_bytes())
    entries = [
        (
            "nhsuk-frontend",
            nhsuk_version,
            "MIT",
            "licences/nhsuk-frontend.txt",
            ["nhsuk-frontend.css", *pictures],
        ),
        ("htmx.org", htmx_version, "0BSD", "licences/htmx.txt", ["htmx.js"]),
    ]
    listed = [
        {
            "name": name,
            "version": version,
            "licence": licence,
            "licence_text": text,
            "files": {file: fingerprint(STATIC / file) for file in files},
        }
        for name, version, licence, text, files in entries
    ]
    note(listed)


def note(listed: list[dict[str, Any]]) -> None:
    """Writes these packages into vendor.json, in the place of what it says of them; all others stay."""
    listing = HERE / "vendor.json"
    new = {one["name"] for one in listed}
    others = [one for one in json.loads(listing.read_text()) if one["name"] not in new]
    listing.write_text(json.dumps([*others, *listed], indent=2) + "\n")


if __name__ == "__main__":
    take_in(Path(sys.argv[1]), Path(sys.argv[2]))
