"""Which line of which pack is keyed in."""

from datetime import datetime
from typing import Any

from nowrongdoor.nhsuk.fields import PlainText
from nowrongdoor.nhsuk.happened import Happened


class Line(Happened):
    """The code of a line, and when its pack was made."""

    code = PlainText(label="Code of the line", what="the code of the line", max_length=20)

    def __init__(self, *args: Any, at: datetime, **options: Any) -> None:
        super().__init__(*args, **options)
        self.at = at
        self.fields["code"].required = True
        self.fields["code"].error_messages["required"] = "Write the code of the line, like A3F-9C2"
        self.fields["happened_time"].label = "When was the pack made? It says so at its top"
        self.fields["happened_day"].label = "On which day, if not today?"
