"""How much likelier the evidence of a fusion is under a real one than under each artefact."""

from __future__ import annotations

from typing import Literal

from nutfusion.model.base import Record

ArtefactName = Literal["sequencing_error", "template_switching", "paralogue", "carry_over"]
"""What else makes a joint: bases read wrongly, a fragment made of two molecules, reads of another
gene, fragments of another sample."""


class ScorePart(Record):
    """One piece of evidence.

    Attributes:
        id: ``counts``, ``place``, ``five_prime_bases``, ``three_prime_bases``, ``errors`` or
            ``private_joint``.
        log10_likelihood_ratio: Its share of the artefact's ratio; parts add up.
    """

    id: str
    log10_likelihood_ratio: float


class ArtefactScore(Record):
    """The evidence under a real fusion against one artefact.

    Attributes:
        artefact: Which.
        log10_likelihood_ratio: Before calibration, not cut; ``None``: there is a reason.
        expected_fragments: Fragments that the artefact is expected to leave in this sample;
            ``None`` where that is not how it is judged.
        parts: What the ratio is made of; empty without one.
        reason: Why there is none, as ``code``; ``None`` when there is.
    """

    artefact: ArtefactName
    log10_likelihood_ratio: float | None
    expected_fragments: float | None
    parts: tuple[ScorePart, ...]
    reason: str | None


class ScoreBasis(Record):
    """What the score of a fusion rests on.

    Attributes:
        likeliest_artefact: The artefact with the smallest ratio, which the score is held against;
            ``None`` without a score.
        is_cut: The score is the largest or smallest there is; the model's own ratio goes beyond.
        times: How many times likelier the evidence is under the likelier of the two, 10 to the
            size of the score, to one significant figure; ``None`` without a score.
        artefacts: All of them, in a fixed order; empty without a score.
        reason: Why there is no score, as ``code``; ``None`` when there is one.
    """

    likeliest_artefact: ArtefactName | None
    is_cut: bool
    times: int | None
    artefacts: tuple[ArtefactScore, ...]
    reason: str | None
