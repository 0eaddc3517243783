"""What stands beside a dossier: its reviews, as far as they may be repeated (ADR 0017).

An export states the automatic statement. What a biologist says is added only where the review is
as it was signed and somebody vouches for its key; anything else is warned of and never repeated.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from nutfusion.review.model import ReviewField, ReviewVerdict

if TYPE_CHECKING:
    from nutfusion.model.dossier import DossierFusion
    from nutfusion.review.check import FolderCheck, FolderStatus
    from nutfusion.review.model import Decision, Review

_WHAT_IS_JOINED: Final = frozenset(
    {
        ReviewField.STATE,
        ReviewField.NAME,
        ReviewField.FIVE_PRIME_GENE,
        ReviewField.THREE_PRIME_GENE,
    }
)
"""Corrections after which the automatic statement of a fusion is not the biologist's."""


@dataclass(frozen=True, slots=True)
class Beside:
    """The reviews beside one dossier.

    Attributes:
        status: What is known of dossier, reviews and signatures.
        review: The one that holds, by a key that somebody vouches for; ``None`` for any other
            status than ``SIGNED``: nothing of it may be repeated.
        key_label: Name under which the key is vouched for; ``None`` as before.
    """

    status: FolderStatus
    review: Review | None
    key_label: str | None

    @classmethod
    def of(cls, found: FolderCheck) -> Beside:
        """What may be repeated of a checked folder."""
        from nutfusion.review.check import FolderStatus

        last = found.last if found.status is FolderStatus.SIGNED else None
        if last is None:
            return cls(found.status, None, None)
        return cls(found.status, last.review, last.key_label)

    @property
    def accepts_all(self) -> bool:
        """Whether the biologist says what the dossier says, and nothing else."""
        return self.review is not None and self.review.sample_state.basis == "accepted"

    def decision(self, fusion_id: str) -> Decision | None:
        """What is said of one fusion; ``None`` without a review that may be repeated."""
        decisions = () if self.review is None else self.review.decisions
        return next((one for one in decisions if one.fusion_id == fusion_id), None)


Reviews = Mapping[str, Beside]
"""By pseudonym; a dossier that is not there was not looked at for reviews."""

NO_REVIEWS: Final[Reviews] = {}


def is_contradicted(fusion: DossierFusion, beside: Beside | None) -> bool:
    """Whether the biologist rejects a fusion, or corrects its state, name or genes."""
    decision = None if beside is None else beside.decision(fusion.fusion_id)
    if decision is None:
        return False
    if decision.verdict is ReviewVerdict.REJECTED:
        return True
    return any(one.field in _WHAT_IS_JOINED for one in decision.corrections)
