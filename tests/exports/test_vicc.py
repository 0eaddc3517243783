"""VICC assayed fusions, and VRS digests that the GA4GH library computes again."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from ga4gh.core import ga4gh_identify
from ga4gh.vrs import models as vrs
from pydantic import ValidationError
from tests.exports.shapes import end, positive, shapes, with_fusion, with_joint

from nutfusion.exports import vicc_models as vicc
from nutfusion.exports.breakends import Breakend
from nutfusion.exports.vicc import vicc_document, vicc_files
from nutfusion.exports.vrs import sequence_location
from nutfusion.model.junction import Junction
from nutfusion.model.terms import FusionDetection, ReadingFrame, Strand

if TYPE_CHECKING:
    from nutfusion.model.dossier import Dossier

PLUS, MINUS = Strand.PLUS, Strand.MINUS


def only(dossier: Dossier) -> dict[str, Any]:
    """The first assayed fusion of a dossier."""
    found: dict[str, Any] = vicc_document(dossier)["fusions"][0]
    return found


def test_the_canonical_fusion() -> None:
    """BRD4 exon 11, minus strand, then NUTM1 MANE exon 3, plus strand; inter-residue places."""
    fusion = only(positive())["assayedFusion"]
    brd4, nutm1 = fusion["structure"]
    assert fusion["viccNomenclature"] == positive().fusions[0].synonyms[0]
    assert brd4["gene"]["primaryCoding"]["id"] == "hgnc:13575"
    assert (brd4["exonEnd"], brd4["exonEndOffset"], brd4["strand"]) == (11, 0, -1)
    assert (nutm1["exonStart"], nutm1["exonStartOffset"], nutm1["strand"]) == (3, 0, 1)
    # what stays of BRD4 starts at residue 15254152, NUTM1's part at 34347969
    assert brd4["elementGenomicEnd"]["start"] == 15254151
    assert nutm1["elementGenomicStart"]["start"] == 34347968
    assert "exonStart" not in brd4
    assert fusion["readingFramePreserved"] is True
    assert fusion["assay"]["fusionDetection"] == "observed"
    assert fusion["readData"]["split"]["splitReads"] == 8
    assert fusion["readData"]["spanning"]["spanningReads"] == 3
    assert "causativeEvent" not in fusion, "RNA does not prove that DNA was rearranged"


def test_every_digest_is_the_one_that_the_ga4gh_library_computes() -> None:
    """Locations and adjacencies of every shape, read into the library's own models."""
    adjacencies = locations = 0
    for dossier in shapes().values():
        for fusion in vicc_document(dossier)["fusions"]:
            for entry in fusion["adjacencies"]:
                made = vrs.Adjacency(**entry["adjacency"])
                assert ga4gh_identify(made, in_place="never") == entry["adjacency"]["id"]
                for place in entry["adjacency"]["adjoinedSequences"]:
                    location = vrs.SequenceLocation(**place)
                    assert ga4gh_identify(location, in_place="never") == place["id"]
                    locations += 1
                adjacencies += 1
    assert adjacencies > 30
    assert locations == 2 * adjacencies


def test_a_published_identifier_comes_out() -> None:
    """BCR's breakpoint of FUSOR's example bcr_abl1.json, GRCh38 chromosome 22."""
    location = sequence_location(Breakend("five_prime", "chr22", 23254162, 23254162, PLUS, None))
    assert location is not None
    assert location["id"] == "ga4gh:SL.pnPf51mTZVzI1teagtWwA4RY7ptcmbbt"
    # ABL1's of the same example, chromosome 9, the base after
    location = sequence_location(Breakend("three_prime", "chr9", 130853891, 130853891, PLUS, None))
    assert location is not None
    assert location["id"] == "ga4gh:SL.eL43aHf8T0t_0WIsQE5PeWQH1V3_ZKEC"


@pytest.mark.parametrize(
    ("five", "three", "places"),
    [
        # a 5' part on plus ends at its last base; a 3' part on plus starts before its first
        (PLUS, PLUS, ({"end": 100}, {"start": 199})),
        (MINUS, PLUS, ({"start": 99}, {"start": 199})),
        (PLUS, MINUS, ({"end": 100}, {"end": 200})),
        (MINUS, MINUS, ({"start": 99}, {"end": 200})),
    ],
)
def test_what_stays_of_a_side_by_strand(
    five: Strand, three: Strand, places: tuple[dict[str, int], ...]
) -> None:
    dossier = with_joint(end("chr19", 100, five), end("chr15", 200, three))
    (entry,) = only(dossier)["adjacencies"]
    found = entry["adjacency"]["adjoinedSequences"]
    assert [{k: one[k] for k in ("start", "end") if k in one} for one in found] == list(places)


def test_a_linker_stands_between_the_parts_and_in_the_adjacency() -> None:
    found = only(shapes()["case linker"])
    kinds = [element["type"] for element in found["assayedFusion"]["structure"]]
    assert kinds[1] == "LinkerSequenceElement"
    assert found["assayedFusion"]["structure"][1]["linkerSequence"]["sequence"] == "ACGT"
    assert found["adjacencies"][0]["adjacency"]["linker"]["sequence"] == "ACGT"


def test_a_bounded_joint_has_ranges_that_are_not_homology() -> None:
    """Pairs alone name the genes, and no exon."""
    found = only(shapes()["case bounded"])
    kinds = [element["type"] for element in found["assayedFusion"]["structure"]]
    assert kinds == ["GeneElement", "GeneElement"]
    adjacency = found["adjacencies"][0]["adjacency"]
    assert adjacency["homology"] is False
    assert adjacency["adjoinedSequences"][0]["start"] == [15254151, 15255591]


def test_a_joint_inside_an_exon_says_how_far_from_its_edge() -> None:
    """Ten bases before the end of BRD4 exon 11; an intron has no exon to name."""
    inside = only(shapes()["case inside an exon"])["assayedFusion"]["structure"][0]
    assert (inside["exonEnd"], inside["exonEndOffset"]) == (11, -10)
    nameless = with_fusion(shapes()["case inside an exon"], synonyms=())
    assert only(nameless)["assayedFusion"]["structure"][0]["type"] == "GeneElement"
    intron = only(shapes()["case in an intron"])["assayedFusion"]["structure"][0]
    assert intron["type"] == "GeneElement"


@pytest.mark.parametrize(
    ("name", "nomenclature"),
    [
        ("unknown-partner", "?::ENST00000537011.6(NUTM1):e.3"),
        ("case inferred", "?(::)NUTM1(hgnc:29919)"),
        ("dna pair", "BRD4(hgnc:13575)(::)NUTM1(hgnc:29919)"),
        ("case linker", "ENST00000679869.1(BRD4):e.11::ACGT::ENST00000537011.6(NUTM1):e.3"),
        ("five prime", "ENST00000537011.6(NUTM1):e.3-708::ENST00000679869.1(BRD4):e.11+110"),
    ],
)
def test_nomenclature(name: str, nomenclature: str) -> None:
    assert only(shapes()[name])["assayedFusion"]["viccNomenclature"] == nomenclature


def test_counts_that_nobody_gave_are_left_out() -> None:
    counted = only(shapes()["case counts unknown"])["assayedFusion"]["readData"]
    assert counted["split"]["splitReads"] == 4
    assert "spanning" not in counted
    assert "readData" not in only(shapes()["case inferred"])["assayedFusion"]


@pytest.mark.parametrize(
    ("frame", "preserved"),
    [
        (ReadingFrame.IN_FRAME, True),
        (ReadingFrame.OUT_OF_FRAME, False),
        (ReadingFrame.STOP_CODON, None),
        (ReadingFrame.NOT_PREDICTED, None),
    ],
)
def test_a_frame_that_is_not_known_is_left_out(frame: ReadingFrame, preserved: bool | None) -> None:
    fusion = only(with_fusion(reading_frame=frame))["assayedFusion"]
    assert fusion.get("readingFramePreserved") is preserved


def test_a_break_of_dna_is_a_rearrangement_with_an_adjacency_of_its_own() -> None:
    broken = Junction(
        exact=True,
        five_prime=end("chr19", 15253500, MINUS),
        three_prime=end("chr15", 34346500, PLUS),
        homology=0,
        linker_sequence="",
    )
    dossier = with_fusion(genomic_breakpoint=broken, fusion_detection=FusionDetection.INFERRED)
    found = only(dossier)
    assert [entry["kind"] for entry in found["adjacencies"]] == ["rna_junction", "dna_break"]
    assert found["assayedFusion"]["causativeEvent"]["eventType"] == "rearrangement"
    through = only(with_fusion(is_read_through=True))["assayedFusion"]["causativeEvent"]
    assert through["eventType"] == "read-through"


def test_genes_in_no_order_are_named_as_not_expressed() -> None:
    document = vicc_document(shapes()["pair only"])
    assert document["fusions"] == []
    (missing,) = document["notExpressed"]
    assert (missing["name"], missing["reason"]) == ("BRD4::NUTM1", "order_unknown")


def test_a_contig_without_an_accession_has_no_adjacency() -> None:
    """An alternate locus: the genes are still named."""
    dossier = with_joint(end("chr19_KI270938v1_alt", 5, PLUS), end("chr15", 9, PLUS))
    assert only(dossier)["adjacencies"] == []
    assert len(only(dossier)["assayedFusion"]["structure"]) == 2


def test_files_are_json_with_the_state_of_the_sample() -> None:
    content = vicc_files([shapes()["negative"]])["EX-NEG-04.vicc.json"]
    document = json.loads(content)
    assert (document["molecularState"], document["fusions"]) == ("not_detected", [])


GENE = vicc.GenePart(gene=vicc.Gene(name="BRD4", primary_coding=None))
LINKER = vicc.Linker(linker_sequence=vicc.Literally(id="sequence:A", sequence="A"))
BASE: dict[str, Any] = {
    "vicc_nomenclature": "x",
    "reading_frame_preserved": None,
    "causative_event": None,
    "assay": vicc.Assay(assay_name="x", fusion_detection="observed"),
    "contig": None,
    "read_data": None,
}


@pytest.mark.parametrize(
    ("structure", "says"),
    [
        ((GENE,), "at least 2 items"),
        ((GENE, GENE), "two genes, or one and an unknown one"),
        ((LINKER, GENE, vicc.UnknownGene()), "a linker stands between two parts"),
        ((vicc.UnknownGene(), vicc.UnknownGene()), "two genes, or one and an unknown one"),
    ],
)
def test_the_specification_s_rules_are_kept(structure: tuple[Any, ...], says: str) -> None:
    with pytest.raises(ValidationError, match=says):
        vicc.AssayedFusion(structure=structure, **BASE)


def test_a_segment_has_one_end_with_all_that_belongs_to_it() -> None:
    with pytest.raises(ValidationError, match="expected exon, offset and genomic place of one end"):
        vicc.TranscriptSegment(transcript="ensembl:ENST1.1", strand=1, exon_end=3, gene=GENE.gene)
