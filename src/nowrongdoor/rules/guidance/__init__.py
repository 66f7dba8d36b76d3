"""
Guidance anyone can read: decision tables in the open standard DMN.

`read` takes a file, or its text, and answers with a `Model`; `model.decide` says what it says of one case and
why, `model.decide_columns` says the same of as many cases as there are. What cannot be read is refused with
`Unreadable`, in plain words that name the place.
"""

from nowrongdoor.rules.guidance.columns import Answers, Coded
from nowrongdoor.rules.guidance.model import Outcome
from nowrongdoor.rules.guidance.reading import read
from nowrongdoor.rules.guidance.values import Months, Range
from nowrongdoor.rules.guidance.whole import Model
from nowrongdoor.rules.guidance.work import Unreadable

__all__ = ["Answers", "Coded", "Model", "Months", "Outcome", "Range", "Unreadable", "read"]
