"""C-CAT JSON: ranges, mate pieces, ordered pairs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from tests.builders import BRD4, BRD4_EXON_11, NUTM1, NUTM1_EXON_3, starter_panel

from nutfusion.callers import read_caller_file
from nutfusion.errors import CallerFormatError
from nutfusion.model.reported import FusionOrder
from nutfusion.model.terms import FusionDetection

if TYPE_CHECKING:
    from pathlib import Path

    from nutfusion.callers import CallerResult


def end(
    chromosome: str, low: int, high: int, *symbols: str | None, mate: str | None = "upstream"
) -> dict[str, Any]:
    found: dict[str, Any] = {
        "chromosome": chromosome,
        "startPosition": low,
        "endPosition": high,
        "transcripts": [{"geneSymbol": symbol} for symbol in symbols],
    }
    return found if mate is None else {**found, "matePieceLocation": mate}


AT_NUTM1 = end("15", 34_347_000, 34_347_000, "NUTM1")
AT_BRD4 = end("19", 15_249_000, 15_249_000, "BRD4")


def event(*ends: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "itemId": "v",
        "breakends": list(ends),
        "rearrangementType": "gene fusion",
        "sampleItemId": "d",
        **more,
    }


def read(folder: Path, *events: dict[str, Any], release: str = "GRCh38") -> CallerResult:
    path = folder / "x.cats"
    value = {
        "metaData": {"schemaVersion": "1.3.0", "referenceGenome": {"grcRelease": release}},
        "testInfo": {},
        "sequencingSamples": [
            {"itemId": "d", "tumorOrNormal": "tumor", "nucleicAcid": "DNA"},
            {"itemId": "r", "tumorOrNormal": "tumor", "nucleicAcid": "RNA"},
        ],
        "variants": {"rearrangements": list(events)},
    }
    path.write_text(json.dumps(value, indent=1), encoding="utf-8")
    result = read_caller_file(path, starter_panel())
    assert result.file.caller == "ccat_json"
    return result


@pytest.mark.parametrize("turned", [False, True])
def test_the_mate_piece_tells_what_stays_and_so_the_order(tmp_path: Path, turned: bool) -> None:
    # upstream of both on the reference: the higher coordinates of both stay
    ends = (AT_NUTM1, AT_BRD4)
    (fusion,) = read(tmp_path, event(*(reversed(ends) if turned else ends))).fusions
    assert (fusion.five_prime.gene, fusion.three_prime.gene) == (BRD4, NUTM1)
    assert fusion.order is FusionOrder.FROM_STRANDS
    assert fusion.junction is not None
    assert fusion.junction.five_prime is not None
    assert fusion.junction.five_prime.position_range == (BRD4_EXON_11, BRD4_EXON_11)


def test_ordered_gene_pairs_state_the_order(tmp_path: Path) -> None:
    sides = (
        end("15", 34_347_000, 34_347_000, "NUTM1", mate=None),
        end("19", 15_249_000, 15_249_000, "BRD4", mate=None),
    )
    (fusion,) = read(tmp_path, event(*sides, orderedGenePairs=[["BRD4", "NUTM1"]])).fusions
    assert (fusion.five_prime.gene, fusion.order) == (BRD4, FusionOrder.STATED)
    # both directions, as in a bidirectional fusion, state none
    both = [["BRD4", "NUTM1"], ["NUTM1", "BRD4"]]
    (fusion,) = read(tmp_path, event(*sides, orderedGenePairs=both)).fusions
    assert fusion.order is FusionOrder.UNKNOWN


def test_a_range_is_a_range(tmp_path: Path) -> None:
    # 15254100 to 15254300 holds exon 11 whole, so exon 10 may be the last one as well
    (fusion,) = read(tmp_path, event(AT_NUTM1, end("19", 15_254_100, 15_254_300, "BRD4"))).fusions
    assert fusion.five_prime.position is None
    assert fusion.genomic_breakpoint is not None
    assert not fusion.genomic_breakpoint.exact
    assert fusion.genomic_breakpoint.five_prime is not None
    assert fusion.genomic_breakpoint.five_prime.position_range == (15_254_100, 15_254_300)
    assert fusion.junction is not None
    assert fusion.junction.five_prime is not None
    low, high = fusion.junction.five_prime.position_range or (0, 0)
    assert (low <= BRD4_EXON_11, high) == (True, 15_255_297)


@pytest.mark.parametrize("release", ["GRCh37", "GRCh37.p13"])
def test_the_assembly_is_stated(tmp_path: Path, release: str) -> None:
    sides = (
        end("15", 34_639_201, 34_639_201, "NUTM1"),
        end("19", 15_359_811, 15_359_811, "BRD4"),
    )
    result = read(tmp_path, event(*sides), release=release)
    (fusion,) = result.fusions
    assert (result.file.assembly, result.file.assembly_source) == ("GRCh37", "file")
    assert fusion.junction is not None
    assert fusion.junction.three_prime is not None
    assert fusion.junction.three_prime.position_range == (NUTM1_EXON_3, NUTM1_EXON_3)


def test_rna_and_dna_samples_are_told_apart(tmp_path: Path) -> None:
    rna = event(
        end("15", NUTM1_EXON_3, NUTM1_EXON_3, "NUTM1"),
        end("19", BRD4_EXON_11, BRD4_EXON_11, "BRD4"),
        sampleItemId="r",
    )
    seen, inferred = read(tmp_path, rna, event(AT_NUTM1, AT_BRD4)).fusions
    assert seen.fusion_detection is FusionDetection.OBSERVED
    assert seen.junction is not None
    assert seen.junction.exact
    assert inferred.fusion_detection is FusionDetection.INFERRED


def test_several_genes_at_an_end_are_candidates(tmp_path: Path) -> None:
    (fusion,) = read(
        tmp_path, event(AT_BRD4, end("15", 34_700_000, 34_700_000, "NUTM1", "X1"))
    ).fusions
    assert fusion.touches_nutm1
    assert "several_genes_stated" in fusion.problems


def test_reads_in_all_are_kept_and_are_neither_count(tmp_path: Path) -> None:
    (fusion,) = read(
        tmp_path, event(AT_NUTM1, AT_BRD4, supportingReadCount=21, reported=False)
    ).fusions
    assert (fusion.split_reads, fusion.discordant_pairs) == (None, None)
    assert [(f.name, f.value) for f in fusion.fields] == [
        ("rearrangementType", "gene fusion"),
        ("supportingReadCount", "21"),
        ("reported", "false"),
    ]


def test_a_test_without_rearrangements_has_no_rows(tmp_path: Path) -> None:
    assert read(tmp_path).file.rows == 0


@pytest.mark.parametrize(
    "broken",
    [
        event(AT_NUTM1),
        event(AT_NUTM1, {**AT_BRD4, "startPosition": 9_999_999_999}),
        event(AT_NUTM1, {**AT_BRD4, "matePieceLocation": "left"}),
        event(AT_NUTM1, AT_BRD4, rearrangementType="mystery"),
        event(AT_NUTM1, {**AT_BRD4, "transcripts": "BRD4"}),
    ],
    ids=["one end", "start after end", "mate left", "type", "transcripts as text"],
)
def test_a_broken_event_of_nutm1_is_a_finding(tmp_path: Path, broken: dict[str, Any]) -> None:
    (fusion,) = read(tmp_path, broken).fusions
    assert not fusion.is_readable
    assert fusion.touches_nutm1


def test_a_broken_event_of_other_genes_stops_with_its_number(tmp_path: Path) -> None:
    with pytest.raises(CallerFormatError) as caught:
        read(tmp_path, event(AT_NUTM1, AT_BRD4), event(end("1", 5, 6, "ERG")))
    assert str(caught.value) == (
        f"{tmp_path}/x.cats:2: not C-CAT CATS output: expected two breakends, found 1"
    )


def test_an_unknown_genome_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CallerFormatError, match="expected grcRelease as GRCh37 or GRCh38"):
        read(tmp_path, release="GRCm39")
