"""What the parts of the paper are made of: the dossier, its words, and how much of it fits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nutfusion.dossier.headline import lead_fusion
from nutfusion.dossier.pdf_blocks import run, text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nutfusion.dossier.messages import Phrases
    from nutfusion.dossier.page import FusionView, LanguageView
    from nutfusion.dossier.pdf_blocks import Block
    from nutfusion.dossier.pdf_detail import Detail
    from nutfusion.model.dossier import Dossier


@dataclass(frozen=True, slots=True)
class Sheet:
    """One dossier in one language and amount of detail.

    Attributes:
        dossier: What is laid out.
        view: The same in words.
        detail: How much of it.
    """

    dossier: Dossier
    view: LanguageView
    detail: Detail

    @property
    def t(self) -> Phrases:
        """The words of the language."""
        return self.view.phrases

    @property
    def fusions(self) -> list[FusionView]:
        """The fusions, the one that the answer speaks of first."""
        lead = lead_fusion(self.dossier)
        return sorted(self.view.fusions, key=lambda fusion: fusion.data is not lead)

    def some(self, lines: Sequence[Any]) -> list[Any]:
        """As many lines as there is room for, and how many more there are."""
        kept = list(lines[: self.detail.lines])
        left = len(lines) - len(kept)
        if left == 1:  # the line that says so would be as long
            return list(lines)
        return [*kept, self.t.ui("paper_left_out", n=left)] if left else kept

    def rows(self, rows: Sequence[Any]) -> list[Any]:
        """As many rows of a table as there is room for."""
        return list(rows[: self.detail.lines])

    def left_out(self, n: int) -> Block:
        """How many rows more there are."""
        return text(run(self.t.ui("paper_left_out", n=n), "small"))
