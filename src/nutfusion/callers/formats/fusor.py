"""FUSOR, the JSON of the VICC gene fusion specification.

Source: cancervariants/fusor@04a1599, src/fusor/models.py and src/fusor/examples; VICC Gene Fusion
Specification, information model.

==============================  ================================================================
VICC                            nutfusion
==============================  ================================================================
structure[]                     the parts, 5' first; linker and templated sequences between them
                                are passed over, with the reason ``sequence_between_parts``
TranscriptSegmentElement        gene, transcript, exon (with its offset) and strand
elementGenomicEnd (5' part)     junction: inter-residue, 0-based. Plus strand: ``end``; minus
                                strand: ``start`` + 1
elementGenomicStart (3' part)   plus strand: ``start`` + 1; minus strand: ``end``
GeneElement                     gene only
UnknownGeneElement,             no gene
MultiplePossibleGenesElement
AssayedFusion                   seen; RNA when assay.fusionDetection is ``observed`` or reads are
                                counted, else inferred
CategoricalFusion               a class of fusions of a knowledge base, not one of this sample:
                                says ``not_assessed``, reason ``categorical_fusion``
regulatoryElement               joined to its gene without a transcript of both: reason
                                ``regulatory_fusion``, order unknown
readData.split, .spanning       split_reads, discordant_pairs ("pairs of reads")
readingFramePreserved           reading_frame; null not stated
causativeEvent.eventType        is_read_through; kept as stated, as is ``type``
==============================  ================================================================

Order: always stated. The assembly is in the RefSeq accession of the sequence. Labels, domains and
contigs are not read. More than two parts make one finding for each joint.
"""

from __future__ import annotations

import json
import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from nutfusion.callers.statement import (
    CallerFormat,
    CallerReport,
    Recognised,
    RowError,
    SideStatement,
    Statement,
    Tells,
    Unreadable,
)
from nutfusion.callers.structured import as_count, as_dict, as_list, as_text, json_value
from nutfusion.callers.table import one_of, word
from nutfusion.model.remarks import remark
from nutfusion.model.terms import ReadingFrame, SourceSays

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Literal

    from nutfusion.callers.text import CallerText, Head

_KINDS: Final = ("AssayedFusion", "CategoricalFusion", "InternalTandemDuplication")
_TYPE: Final = re.compile(rf'"type"\s*:\s*"({"|".join(_KINDS)})"')
_BETWEEN: Final = ("LinkerSequenceElement", "TemplatedSequenceElement")
_NO_GENE: Final = ("UnknownGeneElement", "MultiplePossibleGenesElement")
_PARTS: Final = ("TranscriptSegmentElement", "GeneElement", *_NO_GENE)
_DETECTIONS: Final = ("observed", "inferred")


def recognise(head: Head) -> Recognised | None:
    """By the type of the first fusion."""
    match = _TYPE.search(head.text)
    if head.text.lstrip()[:1] not in ("{", "[") or match is None or '"structure"' not in head.text:
        return None
    return Recognised(match[1], f"JSON of type {match[1]} with a structure")


def read(text: CallerText, recognised: Recognised) -> CallerReport:  # noqa: ARG001
    """Read every fusion: one object, or a list of them."""
    value = json_value(text)
    items = value if isinstance(value, list) else [value]
    found: list[Statement] = []
    unreadable: list[Unreadable] = []
    for number, item in enumerate(items, start=1):
        try:
            found += _statements(number, as_dict(item, "a fusion"))
        except RowError as error:
            unreadable.append(Unreadable(number, json.dumps(item), str(error)))
    return CallerReport(len(items), tuple(found), tuple(unreadable))


def _statements(number: int, item: dict[str, object]) -> Iterator[Statement]:
    """One statement for each joint of a fusion."""
    kind = one_of(as_text(item.get("type"), "type") or "", "type", _KINDS)
    elements = [as_dict(e, "an element") for e in as_list(item.get("structure"), "structure")]
    kinds = [
        one_of(as_text(e.get("type"), "type") or "", "type", (*_PARTS, *_BETWEEN)) for e in elements
    ]
    parts = [e for e, k in zip(elements, kinds, strict=True) if k in _PARTS]
    problems: list[str] = []
    if len(parts) < len(elements):
        problems.append(remark("sequence_between_parts"))
    if kind == "CategoricalFusion":
        problems.append(remark("categorical_fusion"))
    sides = [(_side(part, five_prime=True), _side(part, five_prime=False)) for part in parts]
    joints = [(left[0], right[1]) for left, right in pairwise(sides)]
    regulatory = item.get("regulatoryElement")
    if regulatory is not None and len(parts) == 1:
        element = as_dict(regulatory, "regulatoryElement")
        problems.append(remark("regulatory_fusion"))
        joints = [(SideStatement(gene=_gene(element.get("associatedGene"))), sides[0][1])]
    if not joints:
        raise RowError(f"expected two parts in structure, found {len(parts)}")
    molecule, why = _molecule(item)
    reads = as_dict(item.get("readData") or {}, "readData")
    event = as_dict(item.get("causativeEvent") or {}, "causativeEvent")
    event_type = word(as_text(event.get("eventType"), "eventType"))
    for first, second in joints:
        yield Statement(
            line=number,
            first=first,
            second=second,
            ordered=regulatory is None or len(parts) > 1,
            molecule=molecule,
            says=SourceSays.NOT_ASSESSED if kind == "CategoricalFusion" else SourceSays.SEEN,
            split_reads=_reads(reads, "split", "splitReads"),
            discordant_pairs=_reads(reads, "spanning", "spanningReads"),
            reading_frame=_frame(item.get("readingFramePreserved")),
            read_through=None if event_type is None else event_type == "read-through",
            fields=(
                ("type", kind),
                *((("eventType", event_type),) if event_type is not None else ()),
            ),
            problems=(*problems, *why),
        )


def _molecule(item: dict[str, object]) -> tuple[Literal["rna", "dna"], tuple[str, ...]]:
    """Observed in RNA, or inferred."""
    assay = as_dict(item.get("assay") or {}, "assay")
    stated = as_text(assay.get("fusionDetection"), "fusionDetection")
    if stated is not None:
        observed = one_of(stated, "fusionDetection", _DETECTIONS) == "observed"
        return "rna" if observed else "dna", ()
    if item.get("readData"):
        return "rna", ()
    return "dna", (remark("molecule_not_stated"),)


def _reads(reads: dict[str, object], kind: str, name: str) -> int | None:
    return as_count(as_dict(reads.get(kind) or {}, kind).get(name), name)


def _frame(preserved: object) -> ReadingFrame | None:
    if preserved is None:
        return None
    if not isinstance(preserved, bool):
        raise RowError("expected readingFramePreserved as true, false or null")
    return ReadingFrame.IN_FRAME if preserved else ReadingFrame.OUT_OF_FRAME


def _gene(value: object) -> str | None:
    """The symbol of a gene concept, else its HGNC identifier."""
    concept = as_dict(value or {}, "gene")
    coding = as_dict(concept.get("primaryCoding") or {}, "primaryCoding")
    return as_text(concept.get("name"), "name") or as_text(coding.get("code"), "code")


def _side(part: dict[str, object], *, five_prime: bool) -> SideStatement:
    """A part as the 5' side of a joint, or as the 3' one."""
    if part["type"] != "TranscriptSegmentElement":
        return SideStatement(gene=_gene(part.get("gene")))
    strand = part.get("strand")
    if strand is not None and strand not in (1, -1):
        raise RowError("expected strand as 1 or -1")
    edge = "End" if five_prime else "Start"
    contig, position = _place(part.get(f"elementGenomic{edge}"), plus=strand == 1, last=five_prime)
    accession = as_text(part.get("transcript"), "transcript") or ""
    exon = as_count(part.get(f"exon{edge}"), f"exon{edge}")
    offset = part.get(f"exon{edge}Offset") or 0
    if isinstance(offset, bool) or not isinstance(offset, int):
        raise RowError(f"expected exon{edge}Offset as a whole number")
    return SideStatement(
        gene=_gene(part.get("gene")),
        contig=contig,
        position=position,
        strand=None if strand is None else "+" if strand == 1 else "-",
        transcript=accession.rpartition(":")[2] or None,
        exon=None if exon is None else f"{exon}{offset:+d}" if offset else str(exon),
    )


def _place(value: object, *, plus: bool, last: bool) -> tuple[str | None, int | None]:
    """Contig and 1-based residue of one end of a segment.

    Inter-residue positions stand between bases: residue n lies between n - 1 and n. A segment that
    ends at a residue (``last``, in the sense of the transcript) states the position after it on the
    plus strand and before it on the minus strand::

        plus     ...n|      end = n        minus    |n...      start = n - 1
    """
    if value is None:
        return None, None
    location = as_dict(value, "a location")
    reference = as_dict(location.get("sequenceReference") or {}, "sequenceReference")
    contig = (as_text(reference.get("id"), "id") or "").rpartition(":")[2] or None
    after = plus is last
    number = as_count(location.get("end" if after else "start"), "end" if after else "start")
    if number is None:
        raise RowError(f"expected {'end' if after else 'start'} in the location of a segment")
    residue = number if after else number + 1
    if residue < 1:
        raise RowError("expected a residue of 1 or more in the location of a segment")
    return (contig, residue) if contig is not None else (None, None)


FORMAT: Final = CallerFormat(
    name="fusor",
    title="FUSOR (VICC gene fusion JSON)",
    versions="FUSOR 0.3 and later: AssayedFusion, CategoricalFusion",
    files=("*.fusor.json", "fusor*.json"),
    tells=Tells(
        order="always",
        position="junction",
        strand=True,
        split_reads=True,
        discordant_pairs=True,
        reading_frame=True,
    ),
    seen_on_real_file=True,
    expects="JSON of type AssayedFusion or CategoricalFusion with a structure",
    recognise=recognise,
    read=read,
)
"""FUSOR."""
