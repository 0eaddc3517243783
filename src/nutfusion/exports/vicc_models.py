"""The parts of the VICC Gene Fusion Specification that an assayed fusion of ours needs.

Source: VICC Gene Fusion Specification, information model; cancervariants/fusor@1743495,
src/fusor/models.py, whose rules the validators here restate (the library itself needs a gene
database). A key without a value is left out.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, model_validator
from pydantic.alias_generators import to_camel

from nutfusion.model.base import Record

Curie = Annotated[str, Field(pattern=r"^\w[^:]*:.+$")]
Count = Annotated[int, Field(ge=0)]
Bases = Annotated[str, Field(pattern=r"^[ACGTN]+$")]


class ViccRecord(Record):
    """A record that is written with camelCase keys."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)

    def document(self) -> dict[str, Any]:
        """As JSON holds it."""
        return self.model_dump(mode="json", by_alias=True, exclude_none=True)


class Coding(ViccRecord):
    """A gene's HGNC code."""

    id: Curie
    code: str
    system: str


class Gene(ViccRecord):
    """A gene; without a code when HGNC does not have it."""

    concept_type: Literal["Gene"] = "Gene"
    name: str
    primary_coding: Coding | None


class TranscriptSegment(ViccRecord):
    """A part that ends or begins in a known exon."""

    type: Literal["TranscriptSegmentElement"] = "TranscriptSegmentElement"
    transcript: Curie
    transcript_status: Literal["mane_select"] = "mane_select"
    strand: Literal[1, -1]
    exon_start: int | None = None
    exon_start_offset: int | None = None
    exon_end: int | None = None
    exon_end_offset: int | None = None
    gene: Gene
    element_genomic_start: dict[str, Any] | None = None
    element_genomic_end: dict[str, Any] | None = None

    @model_validator(mode="after")
    def _one_end(self) -> TranscriptSegment:
        start = (self.exon_start, self.exon_start_offset, self.element_genomic_start)
        stop = (self.exon_end, self.exon_end_offset, self.element_genomic_end)
        for part, other in ((start, stop), (stop, start)):
            if None not in part and other == (None, None, None):
                return self
        raise ValueError("expected exon, offset and genomic place of one end, found otherwise")


class GenePart(ViccRecord):
    """A part of which no more than the gene is known."""

    type: Literal["GeneElement"] = "GeneElement"
    gene: Gene


class UnknownGene(ViccRecord):
    """A part whose gene is not identified."""

    type: Literal["UnknownGeneElement"] = "UnknownGeneElement"


class Literally(ViccRecord):
    """Bases, written out."""

    id: Curie
    type: Literal["LiteralSequenceExpression"] = "LiteralSequenceExpression"
    sequence: Bases


class Linker(ViccRecord):
    """Untemplated bases between the parts."""

    type: Literal["LinkerSequenceElement"] = "LinkerSequenceElement"
    linker_sequence: Literally


class SplitReads(ViccRecord):
    """Fragments with a read across the joint."""

    type: Literal["SplitReads"] = "SplitReads"
    split_reads: Count


class SpanningReads(ViccRecord):
    """Fragments with a mate on either side."""

    type: Literal["SpanningReads"] = "SpanningReads"
    spanning_reads: Count


class ReadData(ViccRecord):
    """Counts; what nobody counted is left out."""

    type: Literal["ReadData"] = "ReadData"
    split: SplitReads | None
    spanning: SpanningReads | None


class Contig(ViccRecord):
    """The consensus across the joint."""

    type: Literal["ContigSequence"] = "ContigSequence"
    contig: Bases


class Assay(ViccRecord):
    """What the fusion was found with."""

    type: Literal["Assay"] = "Assay"
    assay_name: str
    fusion_detection: Literal["observed", "inferred"]


class CausativeEvent(ViccRecord):
    """What made the transcript."""

    type: Literal["CausativeEvent"] = "CausativeEvent"
    event_type: Literal["rearrangement", "read-through"]


Element = Annotated[
    TranscriptSegment | GenePart | UnknownGene | Linker, Field(discriminator="type")
]


class AssayedFusion(ViccRecord):
    """A fusion of a sample, 5' part first."""

    type: Literal["AssayedFusion"] = "AssayedFusion"
    vicc_nomenclature: str
    structure: tuple[Element, ...] = Field(min_length=2)
    reading_frame_preserved: bool | None
    causative_event: CausativeEvent | None
    assay: Assay
    contig: Contig | None
    read_data: ReadData | None

    @model_validator(mode="after")
    def _ends_and_genes(self) -> AssayedFusion:
        first, last = self.structure[0], self.structure[-1]
        if isinstance(first, TranscriptSegment) and first.exon_end is None:
            raise ValueError("the 5' part says in which exon it ends")
        if isinstance(last, TranscriptSegment) and last.exon_start is None:
            raise ValueError("the 3' part says in which exon it begins")
        if isinstance(first, Linker) or isinstance(last, Linker):
            raise ValueError("a linker stands between two parts")
        genes = [e.gene.name for e in self.structure if isinstance(e, TranscriptSegment | GenePart)]
        unknown = any(isinstance(element, UnknownGene) for element in self.structure)
        if len(set(genes)) < 2 and not (genes and unknown):
            raise ValueError("a fusion has two genes, or one and an unknown one")
        return self
