"""FUSOR JSON: inter-residue positions, parts without genes, classes of fusions."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from tests.builders import (
    BRD4,
    BRD4_EXON_11,
    NUTM1,
    NUTM1_EXON_3,
    acceptor_end,
    donor_end,
    starter_panel,
)

from nutfusion.callers import read_caller_file
from nutfusion.errors import CallerFormatError
from nutfusion.model.reported import FusionOrder
from nutfusion.model.terms import FusionDetection, ReadingFrame, SourceSays, Strand

if TYPE_CHECKING:
    from pathlib import Path

    from nutfusion.callers import CallerResult

OBSERVED = {"type": "Assay", "fusionDetection": "observed"}


def concept(symbol: str | None, hgnc: str = "HGNC:1") -> dict[str, Any]:
    coded: dict[str, Any] = {"primaryCoding": {"code": hgnc}, "conceptType": "Gene"}
    return coded if symbol is None else {**coded, "name": symbol}


def location(accession: str, **ends: int) -> dict[str, Any]:
    reference = {"id": f"refseq:{accession}", "type": "SequenceReference"}
    return {"type": "SequenceLocation", "sequenceReference": reference, **ends}


def segment(symbol: str, strand: int, **more: Any) -> dict[str, Any]:
    return {
        "type": "TranscriptSegmentElement",
        "transcript": "refseq:NM_000000.1",
        "strand": strand,
        "gene": concept(symbol),
        **more,
    }


BRD4_PART = segment(
    "BRD4", -1, exonEnd=11, elementGenomicEnd=location("NC_000019.10", start=BRD4_EXON_11 - 1)
)
NUTM1_PART = segment(
    "NUTM1", 1, exonStart=3, elementGenomicStart=location("NC_000015.10", start=NUTM1_EXON_3 - 1)
)


def fusion(*parts: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "AssayedFusion", "structure": list(parts), "assay": OBSERVED, **more}


def read(folder: Path, value: object) -> CallerResult:
    path = folder / "x.json"
    path.write_text(json.dumps(value), encoding="utf-8")
    result = read_caller_file(path, starter_panel())
    assert result.file.caller == "fusor"
    return result


def positions(result: CallerResult) -> tuple[int | None, int | None]:
    (found,) = result.fusions
    assert found.junction is not None
    five, three = found.junction.five_prime, found.junction.three_prime
    assert five is not None
    assert three is not None
    return five.position, three.position


def test_positions_between_bases_are_residues_of_the_joint(tmp_path: Path) -> None:
    result = read(tmp_path, fusion(BRD4_PART, NUTM1_PART))
    assert positions(result) == (BRD4_EXON_11, NUTM1_EXON_3)
    assert result.file.assembly == "GRCh38"


def test_a_plus_strand_part_ends_at_end_and_a_minus_strand_part_begins_there(
    tmp_path: Path,
) -> None:
    # NUTM1 exon 2 as 5' part, plus:  ...n|   end = n
    # BRD4 exon 12 as 3' part, minus: ...n|   end = n, its first base in the transcript
    donor, acceptor = donor_end("NUTM1", 2), acceptor_end("BRD4", 12)
    assert donor.position is not None
    assert acceptor.position is not None
    nutm1 = segment(
        "NUTM1", 1, exonEnd=2, elementGenomicEnd=location("NC_000015.10", end=donor.position)
    )
    brd4 = segment(
        "BRD4",
        -1,
        exonStart=12,
        elementGenomicStart=location("NC_000019.10", end=acceptor.position),
    )
    result = read(tmp_path, fusion(nutm1, brd4))
    assert positions(result) == (donor.position, acceptor.position)
    (found,) = result.fusions
    assert (found.five_prime.gene, found.three_prime.gene) == (NUTM1, BRD4)
    assert found.five_prime.strand is Strand.PLUS


def test_a_segment_without_a_place_is_placed_by_its_exon(tmp_path: Path) -> None:
    brd4 = {**BRD4_PART, "transcript": "refseq:NM_001379291.1", "elementGenomicEnd": None}
    nutm1 = {**NUTM1_PART, "transcript": "refseq:NM_001284292.2", "elementGenomicStart": None}
    assert positions(read(tmp_path, fusion(brd4, nutm1))) == (BRD4_EXON_11, NUTM1_EXON_3)


def test_an_exon_with_an_offset_is_not_placed_by_its_number(tmp_path: Path) -> None:
    nutm1 = {
        **NUTM1_PART,
        "transcript": "refseq:NM_001284292.2",
        "exonStartOffset": -12,
        "elementGenomicStart": None,
    }
    (found,) = read(
        tmp_path, fusion({"type": "GeneElement", "gene": concept("BRD4")}, nutm1)
    ).fusions
    assert found.three_prime.exon == "3-12"
    assert found.junction is None


def test_what_lies_between_parts_is_passed_over(tmp_path: Path) -> None:
    linker = {"type": "LinkerSequenceElement", "linkerSequence": {"sequence": "ACG"}}
    result = read(tmp_path, fusion(BRD4_PART, linker, NUTM1_PART))
    assert positions(result) == (BRD4_EXON_11, NUTM1_EXON_3)
    assert "sequence_between_parts" in result.fusions[0].problems


def test_three_parts_have_two_joints(tmp_path: Path) -> None:
    middle = {"type": "GeneElement", "gene": concept("ERG")}
    result = read(tmp_path, fusion(BRD4_PART, middle, NUTM1_PART))
    assert [(f.five_prime.written, f.three_prime.written) for f in result.fusions] == [
        ("BRD4", "ERG"),
        ("ERG", "NUTM1"),
    ]
    assert result.file.panel_rows == 1


def test_an_unknown_partner_stays_unknown(tmp_path: Path) -> None:
    # a break-apart probe of NUTM1: inferred, no partner
    probe = {"type": "Assay", "fusionDetection": "inferred"}
    parts = ({"type": "UnknownGeneElement"}, {"type": "GeneElement", "gene": concept("NUTM1")})
    (found,) = read(tmp_path, fusion(*parts, assay=probe)).fusions
    assert (found.five_prime.gene, found.three_prime.gene) == (None, NUTM1)
    assert found.fusion_detection is FusionDetection.INFERRED


def test_a_gene_is_known_by_its_hgnc_id_alone(tmp_path: Path) -> None:
    part = {"type": "GeneElement", "gene": concept(None, "HGNC:29919")}
    (found,) = read(tmp_path, fusion(BRD4_PART, part)).fusions
    assert found.three_prime.gene == NUTM1


def test_a_class_of_fusions_is_not_a_finding_of_this_sample(tmp_path: Path) -> None:
    value = {**fusion(BRD4_PART, NUTM1_PART), "type": "CategoricalFusion", "assay": None}
    (found,) = read(tmp_path, value).fusions
    assert found.says is SourceSays.NOT_ASSESSED
    assert "categorical_fusion" in found.problems


def test_a_regulatory_fusion_is_no_transcript_of_both(tmp_path: Path) -> None:
    value = fusion(
        {"type": "GeneElement", "gene": concept("NUTM1")},
        regulatoryElement={"regulatoryClass": "enhancer", "associatedGene": concept("IGH")},
    )
    (found,) = read(tmp_path, value).fusions
    assert found.order is FusionOrder.UNKNOWN
    assert "regulatory_fusion" in found.problems


@pytest.mark.parametrize(
    ("more", "frame", "counts"),
    [
        ({"readingFramePreserved": True}, ReadingFrame.IN_FRAME, (None, None)),
        ({"readingFramePreserved": False}, ReadingFrame.OUT_OF_FRAME, (None, None)),
        ({"readData": {"split": {"splitReads": 9}}}, None, (9, None)),
        (
            {"readData": {"split": {"splitReads": 0}, "spanning": {"spanningReads": 3}}},
            None,
            (0, 3),
        ),
    ],
)
def test_what_is_not_stated_is_unknown(
    tmp_path: Path,
    more: dict[str, Any],
    frame: ReadingFrame | None,
    counts: tuple[int | None, int | None],
) -> None:
    (found,) = read(tmp_path, fusion(BRD4_PART, NUTM1_PART, **more)).fusions
    assert found.reading_frame is frame
    assert (found.split_reads, found.discordant_pairs) == counts


@pytest.mark.parametrize(
    ("more", "through"), [("read-through", True), ("rearrangement", False), (None, None)]
)
def test_the_event_tells_a_read_through(
    tmp_path: Path, more: str | None, through: bool | None
) -> None:
    value = fusion({"type": "GeneElement", "gene": concept("EMC7")}, NUTM1_PART)
    if more is not None:
        value["causativeEvent"] = {"eventType": more}
    (found,) = read(tmp_path, value).fusions
    assert found.is_read_through is through


@pytest.mark.parametrize(
    "broken",
    [
        fusion(NUTM1_PART),
        fusion(BRD4_PART, {**NUTM1_PART, "strand": 2}),
        fusion(BRD4_PART, {**NUTM1_PART, "elementGenomicStart": location("NC_000015.10", end=5)}),
        fusion(BRD4_PART, {"type": "SomethingElement", "gene": concept("NUTM1")}),
        fusion(BRD4_PART, NUTM1_PART, readingFramePreserved="yes"),
        fusion(BRD4_PART, NUTM1_PART, readData={"split": {"splitReads": "many"}}),
    ],
    ids=["one part", "strand 2", "no start", "unknown element", "frame as text", "count as text"],
)
def test_a_broken_fusion_of_nutm1_is_a_finding(tmp_path: Path, broken: dict[str, Any]) -> None:
    (found,) = read(tmp_path, broken).fusions
    assert not found.is_readable
    assert found.touches_nutm1


def test_a_broken_fusion_of_other_genes_stops_with_its_number(tmp_path: Path) -> None:
    erg = {"type": "GeneElement", "gene": concept("ERG")}
    with pytest.raises(CallerFormatError) as caught:
        read(tmp_path, [fusion(BRD4_PART, NUTM1_PART), fusion(erg)])
    assert str(caught.value) == (
        f"{tmp_path}/x.json:2: not FUSOR (VICC gene fusion JSON) output: expected two parts in"
        " structure, found 1"
    )


def test_a_file_that_is_cut_short_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text(json.dumps(fusion(BRD4_PART, NUTM1_PART))[:-20], encoding="utf-8")
    with pytest.raises(CallerFormatError, match="it may be cut short"):
        read_caller_file(path, starter_panel())
