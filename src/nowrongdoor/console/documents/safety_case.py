"""The safety case, the page of each hazard and the checklist for a deployer, printed from the safety file."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

from nowrongdoor.console.documents import safety, safety_faults
from nowrongdoor.console.documents.safety import Case, Control, Hazard
from nowrongdoor.console.documents.text import document, table

_KINDS = {
    "design": "Controls in the design",
    "test": "Controls by test",
    "training": "Controls by training",
    "business process": "Controls by business process",
}


def pages(root: Path) -> Mapping[str, Callable[[], str]]:
    """Every page that is printed from the safety file, by its name in the tree."""
    return {
        **{
            f"{safety.FOLDER}/hazards/{path.stem}.md": partial(hazard_page, path)
            for path in safety.files(root)
        },
        f"{safety.FOLDER}/safety-case.md": partial(case_page, root),
        f"{safety.FOLDER}/deployment-checklist.md": partial(checklist_page, root),
        f"{safety.FOLDER}/faults.md": partial(safety_faults.page, root),
    }


def hazard_page(path: Path) -> str:
    """One hazard, with all its fields in the order of the template."""
    one = safety.hazard(path)
    texts = one.texts
    parts = [
        texts["description"],
        table(
            ("Field", "What it says"),
            (
                ("Hazard", texts["hazard"]),
                ("Causes", "<br>".join(one.causes)),
                ("Effect", texts["effect"]),
                ("Harm", texts["harm"]),
                ("Existing controls", texts["existing_controls"]),
                ("Owner", texts["owner"]),
                *((_in_words(name), one.scores[name]) for name in safety.SCORES),
                ("Status", texts["status"]),
                ("Signed by", _signature(one)),
            ),
        ),
    ]
    for kind, words in _KINDS.items():
        said = [line for control in one.of_kind(kind) for line in _control_lines(control)]
        parts += [f"## {words}", "\n".join(said) or "None."]
    parts += [
        "## Not built yet",
        "Open, and counted as no control:\n\n" + _list(one.not_built) if one.not_built else "Nothing known.",
    ]
    return document(f"{one.id}: {texts['name']}", f"hazards/{path.name}", *parts)


def case_page(root: Path) -> str:
    """The report of the safety case, in the sections that DCB0129 asks for."""
    case, known = safety.case(root), safety.hazards(root)
    sections = {
        "Scope and release": f"Release **{_release(root)}**. {case.texts['scope']}",
        "The system and its intended use": "\n\n".join(
            [
                case.texts["system"],
                case.texts["intended_use"],
                f"**What it is not.** {case.texts['not_intended']}",
            ]
        ),
        "The people of risk management": table(("Role", "Who"), case.people.items())
        + "\n\nWhere nobody is appointed, nobody has done that work.",
        "How hazards are identified": case.texts["identification"],
        "Summary of risk": _summary(known),
        "Controls and their evidence": _evidence(known),
        "Residual risk": case.texts["residual"],
        "Known defects, and what is not built yet": "\n\n".join(
            [_list(case.known_defects), "Hazard by hazard, open and counted as no control:", _open(known)]
        ),
        "Hazards transferred to the deployer": _transferred(case, known),
        "Monitoring": _list(case.monitoring),
        "Sign-off": _sign_off(case),
    }
    body = [part for n, (head, text) in enumerate(sections.items(), 1) for part in (f"## {n}. {head}", text)]
    return document("Clinical safety case", "case.toml, hazards/*.toml and faults.csv", *body)


def checklist_page(root: Path) -> str:
    """What a deployer must do before and while people are cared for with this (DCB0160)."""
    case, known = safety.case(root), safety.hazards(root)
    heads = ("Done", "What the deployer does", "Hazard", "Who", "Date", "Evidence")
    duties = [
        (_KINDS[control.kind].removeprefix("Controls by ").capitalize(), control.what, _link(hazard))
        for hazard, control in _deployers(known)
    ]
    parts = [
        "## Before anything else",
        table(heads, (("☐", what, "all", "", "", "") for what in case.duties)),
    ]
    for kind in ("Training", "Business process"):
        rows = [("☐", what, link, "", "", "") for of, what, link in duties if of == kind]
        parts += [f"## {kind}", table(heads, rows) if rows else "None."]
    return document(
        "Deployment checklist",
        "case.toml and hazards/*.toml",
        "An organisation that cares for people with this product answers for its deployment (DCB0160). What "
        "the software cannot do stands here, hazard by hazard; it is part of the "
        "[safety case](safety-case.md). Nothing here is done until somebody of the organisation has written "
        "their name beside it.",
        *parts,
    )


def _summary(known: list[Hazard]) -> str:
    rows = (
        (
            _link(one),
            one.texts["name"],
            *(one.scores[name] for name in ("severity", "likelihood", "risk", "residual_risk")),
            len(one.of_kind(*safety.IN_SOFTWARE)),
            len(one.of_kind(*safety.BY_PEOPLE)),
            len(one.not_built),
            one.texts["status"],
        )
        for one in known
    )
    heads = ("Hazard", "Name", "Severity", "Likelihood", "Risk", "Residual risk")
    counted = ("In the software", "By people", "Not built", "Status")
    scored = sum(any(value != safety.TBC for value in one.scores.values()) for one in known)
    return (
        f"{len(known)} hazards; {scored} scored. A score is made by a clinical safety officer and by nobody "
        "else: a score in a file that no appointed officer has signed fails `./nwd check`.\n\n"
        + table((*heads, *counted), rows)
    )


def _evidence(known: list[Hazard]) -> str:
    controls = [control for one in known for control in one.of_kind(*safety.IN_SOFTWARE)]
    tests = {node for control in controls for node in control.tests}
    said = [
        f"{len(controls)} controls in the software are bound to {len(tests)} tests, run by `./nwd test` at "
        "each landing. `./nwd check` fails when a hazard has no control, a control in the software no test, "
        "or when code, test or page is not there. That a test exists is checked; that it is the right one is "
        "judged by people, and by a safety officer when there is one.",
        "What may break and what may be tried, and what shows each, is in [faults and attacks](faults.md).",
    ]
    for one in known:
        rows = (
            (control.what, control.kind, _ticked(control.code), _ticked(control.tests))
            for control in one.of_kind(*safety.IN_SOFTWARE)
        )
        listed = list(rows)
        said += [
            f"### {one.id}: {one.texts['name']}",
            table(("Control", "Kind", "Code", "Tests"), listed)
            if listed
            else "No control in the software: held by people alone.",
        ]
    return "\n\n".join(said)


def _open(known: list[Hazard]) -> str:
    return table(
        ("Hazard", "Not built yet"),
        ((_link(one), words) for one in known for words in one.not_built),
    )


def _transferred(case: Case, known: list[Hazard]) -> str:
    rows = [(_link(hazard), control.kind, control.what) for hazard, control in _deployers(known)]
    return (
        f"These {len(rows)} duties, and {len(case.duties)} that belong to no single hazard, are the "
        "deployer's under DCB0160. They are printed as the "
        "[deployment checklist](deployment-checklist.md).\n\n"
        + table(("Hazard", "Kind", "What the deployer does"), rows)
    )


def _sign_off(case: Case) -> str:
    officer = case.people.get(safety.OFFICER, safety.NOT_APPOINTED)
    return (
        f"Clinical safety officer: {officer}. This case is **not signed**, and the product must not be used "
        "in the care of real people while it is not.\n\n"
        + table(
            ("Name", "Profession and registration", "Release", "Date", "Signature"), [("", "", "", "", "")]
        )
    )


def _control_lines(control: Control) -> Iterator[str]:
    yield f"- {control.what}"
    if control.code:
        yield f"  - code: {_ticked(control.code, ', ')}"
    if control.tests:
        yield f"  - tests: {_ticked(control.tests, ', ')}"
    if control.duty_of:
        shown = f", shown in [{Path(control.page).name}](../../{control.page.removeprefix('docs/')})"
        yield f"  - duty of the {control.duty_of}{shown if control.page else ''}"


def _deployers(known: list[Hazard]) -> list[tuple[Hazard, Control]]:
    return [(one, control) for one in known for control in one.controls if control.duty_of == "deployer"]


def _ticked(names: tuple[str, ...], between: str = "<br>") -> str:
    return between.join(f"`{name}`" for name in names)


def _link(one: Hazard) -> str:
    return f"[{one.id}](hazards/{one.stem}.md)"


def _list(lines: tuple[str, ...]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _in_words(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _signature(one: Hazard) -> str:
    return ", ".join(one.signed.values()) if one.signed else "nobody"


def _release(root: Path) -> str:
    return str(tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"])
