"""What a molecular report's words may mean: candidate junctions, and what is ambiguous."""

from __future__ import annotations

from enum import StrEnum

from nutfusion.model.annotated import ExonLabel
from nutfusion.model.base import Record
from nutfusion.model.gene import GeneRef
from nutfusion.model.junction import JunctionEnd
from nutfusion.model.terms import ReadingFrame


class NumberingTag(StrEnum):
    """How far a numbering can be trusted: read in its source, concluded here, or neither."""

    VERIFIED = "verified"
    INFERRED = "inferred"
    UNVERIFIED = "unverified"


class ExonNumbering(Record):
    """One way to number an exon.

    Attributes:
        numbering: Its name: ``MANE Select``, ``panel``, ``catalogue`` or a name of the shipped
            list.
        accession: accession.version, an accession whose version nobody stated, or ``None`` for a
            numbering without a transcript.
        exon: 1-based, in that numbering.
        tag: Shown wherever the numbering is, unless it is verified.
        source: Where the numbering comes from.
    """

    numbering: str
    accession: str | None
    exon: int
    tag: NumberingTag
    source: str


class NameRemark(Record):
    """Something the reader must know.

    Attributes:
        code: Kind of the remark in one word, for programs.
        says: One English sentence, or a few.
    """

    code: str
    says: str


class StatedSide(Record):
    """One gene as the text states it.

    Attributes:
        written: The gene, or the accession where no gene stands.
        gene: ``None`` for a gene that the panel does not know.
        exon: As written; ``None`` when the text gives none. Of several, the one at the joint.
        offset: VICC: bases from the exon's boundary at the joint, negative towards the 5' end.
        accession: Transcript as written, upper case; ``None`` when the text gives none.
    """

    written: str
    gene: GeneRef | None
    exon: int | None = None
    offset: int = 0
    accession: str | None = None


class NamedSide(Record):
    """One side of a candidate.

    Attributes:
        gene: The gene.
        end: GRCh38.
        position_grch37: 1-based residue; ``None`` when there is no lift.
        grch37_verified: An independent exon table confirms the exon; ``None`` without a position.
        mane: Exon of MANE Select at the position; ``None`` when it has none there.
        numberings: Every numbering in which the stated exon is this one, best first.
        transcript_stated: One of ``numberings`` is that of the transcript in the text, in this or
            another version.
        version_stated: In this version.
    """

    gene: GeneRef
    end: JunctionEnd
    position_grch37: int | None
    grch37_verified: bool | None
    mane: ExonLabel | None
    numberings: tuple[ExonNumbering, ...]
    transcript_stated: bool
    version_stated: bool


class NameCandidate(Record):
    """A junction that the text may mean.

    Attributes:
        fusion_id: The identifier that a dossier gives this junction.
        five_prime: Last base of the 5' part.
        three_prime: First base of the 3' part.
        names: Exon-level and ``r.`` names, each with accession.version, MANE Select first.
        reading_frame: Frame of the 3' gene after the joint.
        reading_frame_reason: As in ``AnnotatedFusion``.
        protein_length: Residues of the fusion protein; ``None`` unless in frame.
        reasons: Why it stands where it does, one phrase each.
    """

    fusion_id: str
    five_prime: NamedSide
    three_prime: NamedSide
    names: tuple[str, ...]
    reading_frame: ReadingFrame
    reading_frame_reason: str | None
    protein_length: int | None
    reasons: tuple[str, ...]


class FusionReading(Record):
    """One fusion of the text.

    Attributes:
        written: The words it was read from, without line breaks.
        five_prime: The gene that stands first; ``None`` when the text has only a 3' part.
        three_prime: ``None`` when the text names one gene only.
        candidates: Stated transcript first, then in frame, then MANE Select, then other
            numberings by how far they can be trusted. An order, not a decision.
        is_ambiguous: More than one candidate.
        remarks: What is ambiguous, was not used, or is not known.
    """

    written: str
    five_prime: StatedSide | None
    three_prime: StatedSide | None
    candidates: tuple[NameCandidate, ...]
    is_ambiguous: bool
    remarks: tuple[NameRemark, ...]


class NameReading(Record):
    """Everything a text may mean.

    Attributes:
        panel: Name of the panel.
        panel_digest: Its digest.
        fusions: In the order of the text; empty when it names none.
        remarks: About the whole text.
    """

    panel: str
    panel_digest: str
    fusions: tuple[FusionReading, ...]
    remarks: tuple[NameRemark, ...]
