"""What an assay profile says in words of its own, in French and English."""

from __future__ import annotations

from nutfusion.model.base import Record


class BilingualText(Record):
    """One or a few sentences in both languages of a page.

    Attributes:
        fr: French.
        en: English.
    """

    fr: str
    en: str


class FailureMeaning(Record):
    """What a failed run of an assay means, and what to do next.

    Attributes:
        criterion: The quality criterion that is not met; ``None``: any failure of this assay.
        text: For a clinician.
    """

    criterion: str | None
    text: BilingualText


class LaboratoryCheck(Record):
    """Something the assay asks for that nobody can read out of its files.

    Attributes:
        text: What to look up in the laboratory's own report, with the figure asked for.
        source: Where the figure comes from.
    """

    text: BilingualText
    source: str
