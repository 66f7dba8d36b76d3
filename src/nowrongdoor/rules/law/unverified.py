"""
What nobody has verified at its source yet: of every file of law, and of the guidance we ship.
"""

from nowrongdoor.rules import law
from nowrongdoor.rules.guidance import shelf

# What a row is of and what it says, where a file has more than one list or its rows no label.
WORDS_OF = {
    "code_lists": ("list", "label"),
    "disciplines": ("need", "discipline"),
    "match_values": ("part", "value"),
    "match_weights": ("part", "agreement"),
    "need_words": ("need", "word"),
    "questions": ("set", "question"),
    "role_sees": ("role", "elements"),
    "roles": ("role", "act"),
    "service_kind_words": ("kind", "word"),
    "short_names": ("name", "forms"),
    "travel_times": ("mode", "from_hour"),
}


def listed() -> list[tuple[str, str, str]]:
    """Every row nobody has verified: file, what it is, source. Shown to people as such."""
    found = []
    # Whatever file is laid beside this module is shown, whether or not anybody thought of it here.
    for name in sorted(path.stem for path in law.HERE.glob("*.csv")):
        of, what = WORDS_OF.get(name, ("", "label"))
        unsure = (row for row in law.rows(name) if row["verified"] == "no")
        found += [(f"{name}/{row[of]}" if of else name, row[what], row["source"]) for row in unsure]
    found += [(f"guidance/{one.name}", one.label, one.source) for one in shelf.shipped() if not one.verified]
    return found
