"""The files of others are the ones we read, carry no brand of the NHS, and nothing names an outside host."""

import hashlib
import json
import re
from pathlib import Path

import pytest

from nowrongdoor import nhsuk
from nowrongdoor.nhsuk import vendoring, vendoring_editor

SOURCE = Path(nhsuk.__file__).parent.parent
FURNITURE = SOURCE / "nhsuk"
STATIC = FURNITURE / "static/nhsuk"
TESTS_VENDOR = Path(__file__).parent.parent / "vendor"
OWN_SCRIPTS = ("draft.js", "keys.js", "live.js", "timer.js")
# On one page alone, where nothing else is done.
SCRIPTS_OF_ONE_PAGE = {"editor.js": 3 * 1024}
# The editor of guidance is taken as it is: it names its makers, whose mark stays, and brings a font of signs.
EDITOR = STATIC / "dmn"
SEEN = sorted(
    path
    for path in [*FURNITURE.rglob("*"), *(SOURCE / "pages").rglob("*")]
    if path.suffix in {".jinja", ".html", ".css", ".js", ".svg"} and path.parent != EDITOR
)
TEMPLATES = [path for path in SEEN if path.suffix in {".jinja", ".html"}]
# Kept as files and opened from a disk, each under a policy of its own: they bring what they need with them.
ALONE = {FURNITURE / "templates/nhsuk" / name for name in ("sealed_file.jinja", "opened_file.jinja")}
SERVED = [path for path in TEMPLATES if path not in ALONE]
OUTSIDE = re.compile(r"(?:https?:)?//(?!www\.w3\.org/)[\w-]+\.[\w.-]+", re.I)


def names(paths: list[Path]) -> list[str]:
    return [str(path.relative_to(SOURCE)) for path in paths]


@pytest.mark.parametrize(
    ("listing", "folder"), [(FURNITURE / "vendor.json", STATIC), (TESTS_VENDOR / "vendor.json", TESTS_VENDOR)]
)
def test_each_vendored_file_is_the_one_that_was_read(listing, folder):
    packages = json.loads(listing.read_text())
    for package in packages:
        assert (listing.parent / package["licence_text"]).read_text().strip(), package["name"]
        for name, fingerprint in package["files"].items():
            assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == fingerprint, name


def test_versions_and_licences_are_the_ones_decided_on():
    listed = [*json.loads((FURNITURE / "vendor.json").read_text())]
    listed += json.loads((TESTS_VENDOR / "vendor.json").read_text())
    assert {one["name"]: (one["version"], one["licence"]) for one in listed} == {
        "nhsuk-frontend": ("10.6.1", "MIT"),
        "htmx.org": ("4.0.1", "0BSD"),
        "dmn-js": ("17.10.2", "bpmn.io"),
        "axe-core": ("4.14.1", "MPL-2.0"),
    }


def test_what_was_not_vendored_was_written_here_to_be_read():
    vendored = {name for one in json.loads((FURNITURE / "vendor.json").read_text()) for name in one["files"]}
    files = [path for path in STATIC.rglob("*") if path.is_file()]
    ours = [path for path in files if path.relative_to(STATIC).as_posix() not in vendored]
    assert {path.name for path in ours} >= {"nowrongdoor.css", "icon.svg", "keys.js"}
    for path in ours:
        assert max(len(line) for line in path.read_text().splitlines()) < 700, path.name


@pytest.mark.parametrize("path", SEEN, ids=names(SEEN))
def test_nothing_a_browser_reads_names_an_outside_host(path):
    assert OUTSIDE.findall(path.read_text()) == []


@pytest.mark.parametrize(
    "planted",
    ["url(https://fonts.example.org/a.woff)", '<script src="//cdn.example.org/x.js">', "HTTP://example.org"],
)
def test_the_search_for_outside_hosts_can_find_one(planted):
    assert OUTSIDE.findall(planted)


@pytest.mark.parametrize("path", SEEN, ids=names(SEEN))
def test_no_nhs_typeface_logo_or_blue(path):
    text = path.read_text().lower()
    assert not re.search(r"frutiger|logo|#005eb8|@font-face", text)


@pytest.mark.parametrize("path", SERVED, ids=names(SERVED))
def test_templates_hold_nothing_the_policy_would_drop(path):
    text = re.sub(r"\{#.*?#\}", "", path.read_text(), flags=re.S)
    assert not re.search(r"\sstyle=|\son[a-z]+=|javascript:|<style|hx-on|\bjs:", text)
    assert re.findall(r"<script(?![^>]*\bsrc=)", text) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=names(TEMPLATES))
def test_htmx_attributes_come_from_one_file_and_text_is_always_escaped(path):
    text = path.read_text()
    if path.name != "live.jinja":
        assert not re.search(r"\bhx-[a-z]+\s*=", text)
    assert not re.search(r"\|\s*safe\b|autoescape false", text)


def test_our_own_scripts_stay_under_12_kilobytes_together():
    assert sum((STATIC / name).stat().st_size for name in OWN_SCRIPTS if (STATIC / name).exists()) < 12 * 1024


def test_what_keeps_a_note_without_signal_stays_under_6_kilobytes():
    """Only on pages of whoever goes on visits, and counted apart (ADR-0045)."""
    assert (STATIC / "kept.js").stat().st_size < 6 * 1024


def test_what_keeps_the_pages_of_visits_stays_under_5_kilobytes():
    """A worker, and what asks for it on pages of one's own visits alone: counted apart (ADR-0051)."""
    assert sum((STATIC / name).stat().st_size for name in ("without-signal.js", "visits.js")) < 5 * 1024
    assert [path.name for path in TEMPLATES if "visits.js" in path.read_text()] == ["_parts.jinja"]


@pytest.mark.parametrize(("name", "most"), SCRIPTS_OF_ONE_PAGE.items())
def test_a_script_of_one_page_stays_small_and_is_named_by_one_template(name, most):
    assert (STATIC / name).stat().st_size < most
    assert len([path for path in TEMPLATES if name in path.read_text()]) == 1


def test_the_editor_is_named_by_one_template_and_its_licences_come_with_it():
    assert [path.name for path in TEMPLATES if "dmn-modeler" in path.read_text()] == ["edit.jinja"]
    licences = (FURNITURE / "licences/dmn-js.txt").read_text()
    for words in ("the watermark must stay fully visible", "codemirror", "inferno", "SIL OPEN FONT LICENSE"):
        assert words in licences


def test_the_editor_asks_by_itself_for_no_file_but_its_font():
    """What its script names are namespaces, pages to read and its makers; a browser test watches it."""
    css = (EDITOR / "dmn-js.css").read_text()
    assert re.findall(r"url\(([^)]*)\)|@import", css) == ['"dmn.woff2"']
    script = (EDITOR / "dmn-modeler.production.min.js").read_text()
    assert not re.search(r"\bfetch\(|XMLHttpRequest|sendBeacon|WebSocket\(|importScripts|EventSource", script)


def test_of_the_fonts_of_the_editor_one_file_is_named():
    css = "@font-face {\n  src: url('dmn.eot?1');\n  src: url('a.woff2?1') format('woff2'),\n url(b);\n}/**/"
    assert vendoring_editor.one_font(css) == '@font-face {\n  src: url("dmn.woff2") format("woff2");\n}'


@pytest.mark.parametrize("name", ["draft.js", "keys.js", "timer.js", "editor.js"])
def test_nothing_typed_is_left_in_the_browser(name):
    assert not re.search(r"localStorage|sessionStorage|indexedDB|caches\.", (STATIC / name).read_text())


def test_the_vendoring_script_takes_out_fonts_brand_and_parts_that_are_not_ours():
    css = (
        '@charset "UTF-8";@font-face{font-family:"Frutiger W01";src:url(https://assets.nhs.uk/a.woff)}'
        'body{font-family:"Frutiger W01",arial,sans-serif;color:#005EB8}'
        ".nhsuk-header__logo,.nhsuk-button{color:#005eb8}"
        "@media print{.nhsuk-header{color:red}}"
        "@media print{.nhsuk-label,.nhsuk-hero{color:red}}"
        '.nhsuk-icon{background:url("/assets/images/nhsuk-icon-cross.svg")}'
    )
    assert vendoring.without_brand(css) == (
        '@charset "UTF-8";'
        f"body{{font-family:{vendoring.SYSTEM_FONT};color:#0b5f6b}}"
        ".nhsuk-button{color:#0b5f6b}"
        "@media print{.nhsuk-label{color:red}}"
        '.nhsuk-icon{background:url("nhsuk-icon-cross.svg")}'
    )


@pytest.mark.parametrize(
    "css", [".a{background:url(https://x.example/y.svg)}", ".a{font-family:Frutiger}", ".my-logo{color:red}"]
)
def test_the_vendoring_script_refuses_what_it_could_not_clean(css):
    with pytest.raises(SystemExit, match="Still there"):
        vendoring.without_brand(css)
