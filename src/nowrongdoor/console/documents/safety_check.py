"""
What is wrong with the clinical safety file: `./nwd check` fails on any of it.

A hazard that nothing holds, a control that nothing shows, evidence that is not there, and a score that no
clinical safety officer has signed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from nowrongdoor.console.documents import safety, safety_faults
from nowrongdoor.console.documents.safety import Case, Control, Hazard, Unreadable
from nowrongdoor.console.documents.safety_evidence import dead_links, no_code, no_test

SEVERITIES = ("minor", "significant", "considerable", "major", "catastrophic")
LIKELIHOODS = ("very low", "low", "medium", "high", "very high")
RISKS = ("1", "2", "3", "4", "5")
HAZARD_NAMED = re.compile(r"\bH-\d+\b")


def problems(root: Path) -> list[str]:
    """Everything that is wrong, one line each; an empty list when nothing is."""
    found: list[str] = []
    known = []
    for path in safety.files(root):
        try:
            known.append(safety.hazard(path))
        except Unreadable as error:
            found.append(str(error))
    try:
        case = safety.case(root)
    except Unreadable as error:
        return [*found, str(error)]
    found += _numbering([path.stem for path in safety.files(root)])
    for hazard in known:
        found += [f"{hazard.stem}: {words}" for words in _of_one(root, hazard, case)]
    found += _named_elsewhere(root, {path.stem for path in safety.files(root)})
    found += dead_links(root, safety.FOLDER)
    return found + safety_faults.problems(root)


def _numbering(stems: list[str]) -> list[str]:
    """A gap is a hazard taken away without a word: one that no longer applies is closed, and stays."""
    wanted = [f"H-{number:03}" for number in range(1, len(stems) + 1)]
    if stems == wanted:
        return [] if stems else ["there is no hazard in docs/safety/hazards"]
    missing = sorted(set(wanted) - set(stems))
    return [f"the hazards are not numbered from H-001 without a gap: {', '.join(missing)} missing"]


def _of_one(root: Path, hazard: Hazard, case: Case) -> Iterator[str]:
    if hazard.id != hazard.stem:
        yield f"its id is {hazard.id}"
    status = hazard.texts["status"]
    if status not in safety.STATUSES:
        yield f"its status is {status!r}, and may be {', '.join(safety.STATUSES)}"
    if not hazard.controls:
        yield "nothing holds this hazard: it has no control (what is not built yet is none)"
    if status == "transferred" and not any(one.duty_of == "deployer" for one in hazard.controls):
        yield "it is transferred, and no control says what the deployer must do"
    for control in hazard.controls:
        yield from _of_control(root, control)
    yield from _scored(hazard, case)


def _of_control(root: Path, control: Control) -> Iterator[str]:
    what = f"“{control.what}”"
    if control.kind in safety.IN_SOFTWARE:
        if not control.code:
            yield f"the control {what} names no code"
        if not control.tests:
            yield f"the control {what} has no test"
        if control.duty_of:
            yield f"the control {what} is in the software and nobody's duty"
    else:
        if control.duty_of not in safety.DUTIES:
            yield f"the control {what} does not say whose duty it is: {' or '.join(safety.DUTIES)}"
        if control.duty_of == "project" and not control.page:
            yield f"the control {what} is the project's, and names no page that shows it"
        if control.code or control.tests:
            yield f"the control {what} is one by people: code and tests do not show it"
    yield from filter(None, (no_code(root, place) for place in control.code))
    yield from filter(None, (no_test(root, node) for node in control.tests))
    if control.page and not (root / control.page).is_file():
        yield f"{control.page}: there is no such page"


def _scored(hazard: Hazard, case: Case) -> Iterator[str]:
    """Neither a program nor a developer scores: only an appointed officer, by name, in the file itself."""
    filled = {name: value for name, value in hazard.scores.items() if value != safety.TBC}
    closed = hazard.texts["status"] == "closed"
    if not hazard.signed:
        for name, value in filled.items():
            yield f"{name} is {value!r}, and nobody has signed it: leave “{safety.TBC}”"
        if closed:
            yield "it is closed, and no clinical safety officer has signed that"
        return
    officer = case.people.get(safety.OFFICER, safety.NOT_APPOINTED)
    if officer == safety.NOT_APPOINTED:
        yield "it is signed, and the project has appointed no clinical safety officer (case.toml)"
    elif hazard.signed.get("name") != officer:
        yield f"it is signed by {hazard.signed.get('name', 'nobody')}, and the officer is {officer}"
    if not hazard.signed.get("registration", "").strip():
        yield "it is signed without a professional registration"
    if not _is_date(hazard.signed.get("on", "")):
        yield "it is signed without the date on which it was signed"
    for name, value in filled.items():
        allowed = _scale(name)
        if value not in allowed:
            yield f"{name} is {value!r}, and may be {', '.join(allowed)}"


def _scale(name: str) -> tuple[str, ...]:
    for part, scale in (("severity", SEVERITIES), ("likelihood", LIKELIHOODS)):
        if name.endswith(part):
            return scale
    return RISKS


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _named_elsewhere(root: Path, known: set[str]) -> list[str]:
    """Hazards that the acts, the plan or any other page of the safety file names, and that are not there."""
    found = []
    for path in sorted((root / safety.FOLDER).glob("*.md")):
        for name in sorted(set(HAZARD_NAMED.findall(path.read_text(encoding="utf-8"))) - known):
            found.append(f"{path.relative_to(root).as_posix()} names {name}, and there is no such hazard")
    return found
