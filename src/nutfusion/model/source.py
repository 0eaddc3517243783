"""Where a number that decides something comes from."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import Field, model_validator

from nutfusion.model.base import Record


class Source(Record):
    """Who says a number.

    Attributes:
        kind: Published by others, measured by us, or chosen by us.
        reference: Document and place in it; for a choice, why and where it is written down.
        date: When the document was read, the measurement made or the choice taken.
        command: What made the measurement, from the project's root; ``None`` for other kinds.
    """

    kind: Literal["published", "measured", "chosen"]
    reference: str = Field(min_length=1, description="Document and place in it")
    date: dt.date = Field(description="When it was read, measured or chosen: YYYY-MM-DD")
    command: str | None = Field(default=None, min_length=1, description="What measured it")

    @model_validator(mode="after")
    def _measured_by_a_command(self) -> Source:
        if (self.kind == "measured") is not (self.command is not None):
            raise ValueError("a measured number names the command that measured it, others do not")
        return self

    @property
    def text(self) -> str:
        """One phrase, as it stands in a dossier."""
        if self.kind == "measured":
            return f"{self.reference} ({self.command})"
        return f"Chosen by us, {self.reference}" if self.kind == "chosen" else self.reference
