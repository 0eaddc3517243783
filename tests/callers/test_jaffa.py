"""JAFFA's words are swapped, its order is stated only in frame, its cells quoted and padded."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.builders import BRD4, NUTM1, starter_panel

from nutfusion.callers import CallerResult, read_caller_file
from nutfusion.errors import CallerFormatError
from nutfusion.model.reported import FusionOrder
from nutfusion.model.terms import ReadingFrame, Strand

if TYPE_CHECKING:
    from nutfusion.model.reported import ReportedFusion

GOLDEN = Path(__file__).parent / "golden"
V1 = (GOLDEN / "jaffa.v1_GRCh37.csv").read_text(encoding="utf-8")
V2 = (GOLDEN / "jaffa.v2.csv").read_text(encoding="utf-8")
COSMIC = (GOLDEN / "jaffa.cosmic.csv").read_text(encoding="utf-8")


def read(tmp_path: Path, text: str) -> CallerResult:
    path = tmp_path / "jaffa_results.csv"
    path.write_text(text, encoding="utf-8")
    return read_caller_file(path, starter_panel())


def nutm1(result: CallerResult) -> ReportedFusion:
    (fusion,) = [fusion for fusion in result.fusions if fusion.touches_nutm1]
    return fusion


def test_spanning_reads_are_split_and_spanning_pairs_discordant(tmp_path: Path) -> None:
    fusion = nutm1(read(tmp_path, V2))
    assert (fusion.split_reads, fusion.discordant_pairs) == (8, 3)


@pytest.mark.parametrize(
    "text",
    [
        V1,  # "-": too little sequence beside the break to align a mate to
        COSMIC,  # long or single reads: no row of the file has a pair
    ],
)
def test_pairs_that_could_not_be_seen_are_unknown(tmp_path: Path, text: str) -> None:
    fusion = nutm1(read(tmp_path, text))
    assert (fusion.split_reads, fusion.discordant_pairs) == (8, None)


def test_no_pair_in_paired_data_is_zero(tmp_path: Path) -> None:
    # another row has pairs, so the reads are paired
    assert nutm1(read(tmp_path, V2.replace("Inf,3,8", "Inf,0,8"))).discordant_pairs == 0


@pytest.mark.parametrize(
    ("inframe", "frame", "order"),
    [
        ("TRUE", ReadingFrame.IN_FRAME, FusionOrder.STATED),
        # out of frame, or not coding, or both genes with the same end: no frame is claimed
        ("FALSE", None, FusionOrder.FROM_EXON_EDGES),
        ("NA", None, FusionOrder.FROM_EXON_EDGES),
    ],
)
def test_the_order_is_stated_only_when_in_frame(
    tmp_path: Path, inframe: str, frame: ReadingFrame | None, order: FusionOrder
) -> None:
    fusion = nutm1(read(tmp_path, V2.replace("8,TRUE,TRUE", f"8,{inframe},TRUE")))
    assert (fusion.reading_frame, fusion.order) == (frame, order)
    assert (fusion.five_prime.gene, fusion.three_prime.gene) == (BRD4, NUTM1)


def test_a_reversed_pair_out_of_frame_is_turned_by_the_exon_edges(tmp_path: Path) -> None:
    text = V2.replace(
        "BRD4:NUTM1,chr19,15254152,-,chr15,34347969,+",
        "NUTM1:BRD4,chr15,34347969,+,chr19,15254152,-",
    ).replace("8,TRUE,TRUE", "8,FALSE,TRUE")
    fusion = nutm1(read(tmp_path, text))
    assert (fusion.five_prime.gene, fusion.three_prime.gene) == (BRD4, NUTM1)


def test_nutm1_as_the_five_prime_gene_stays_so_with_an_unknown_partner(tmp_path: Path) -> None:
    # NUTM1 exon 2 ends at 34346035 (GRCh38): one exon edge is enough, no strand is needed
    text = V2.replace(
        "BRD4:NUTM1,chr19,15254152,-,chr15,34347969,+",
        "ARIH1:NUTM1,chr15,72518067,+,chr15,34346035,+",
    ).replace("8,TRUE,TRUE", "8,FALSE,TRUE")
    fusion = nutm1(read(tmp_path, text))
    assert fusion.five_prime.gene == NUTM1
    assert fusion.order is FusionOrder.FROM_EXON_EDGES


def test_positions_beside_exon_edges_are_not_exact(tmp_path: Path) -> None:
    text = V2.replace("34347969", "34347975").replace("8,TRUE,TRUE", "8,NA,FALSE")
    fusion = nutm1(read(tmp_path, text))
    assert fusion.junction is not None
    assert not fusion.junction.exact


def test_padded_and_quoted_cells_are_read(tmp_path: Path) -> None:
    # aligned by hand for the eye
    padded = "\n".join(
        ",".join(f'"{cell}"   ' for cell in line.split(",")) for line in V2.splitlines()
    )
    fusion = nutm1(read(tmp_path, padded))
    assert (fusion.split_reads, fusion.discordant_pairs) == (8, 3)
    assert fusion.junction is not None
    assert fusion.junction.exact


def test_strands_that_version_1_lacks_come_from_the_exon_edges(tmp_path: Path) -> None:
    fusion = nutm1(read(tmp_path, V1))
    assert (fusion.five_prime.strand, fusion.three_prime.strand) == (Strand.MINUS, Strand.PLUS)


def test_a_read_through_is_said_so(tmp_path: Path) -> None:
    # LPCAT4 lies 1 kb after NUTM1, on the other strand
    text = V2.replace("HighConfidence", "PotentialReadThrough", 1)
    assert nutm1(read(tmp_path, text)).is_read_through is True
    assert nutm1(read(tmp_path, V2)).is_read_through is None


def test_the_oldest_layout_has_no_position_per_gene(tmp_path: Path) -> None:
    # version 0.x sorts the positions along the genome and the names along the transcript
    oldest = (
        "sample,fusion genes,chrom1,base1,chrom2,base2,gap (kb),spanning pairs,spanning reads,"
        "inframe,aligns,rearrangement,contig,contig break,classification\n"
        "S1,BRD4:C15orf55,chr15,34640170,chr19,15364963,Inf,3,8,TRUE,TRUE,TRUE,c1,40,HighConfidence\n"
    )
    fusion = nutm1(read(tmp_path, oldest))
    assert (fusion.five_prime.gene, fusion.three_prime.gene) == (BRD4, NUTM1)
    assert fusion.junction is None
    assert fusion.split_reads == 8
    assert "positions_in_genome_order" in fusion.problems


def test_names_of_samples_and_reads_are_not_kept(tmp_path: Path) -> None:
    fusion = nutm1(read(tmp_path, V2.replace("S1,BRD4", "Dupont_Jean,BRD4")))
    assert "Dupont" not in fusion.model_dump_json()
    assert "read1" not in fusion.model_dump_json()


@pytest.mark.parametrize(
    "text",
    [
        V2.replace("BRD4:NUTM1", "BRD4:NUTM1:MGA"),  # three genes stand in a file of their own
        V2.replace("34347969", "34347969.5"),
        V2.replace("8,TRUE,TRUE", "8,MAYBE,TRUE"),
        V2.replace("Inf,3,8", "Inf,3,eight"),
        V2.replace("read1/1,60,HighConfidence", "read1/1,60,Certain"),
    ],
)
def test_an_odd_nutm1_row_is_a_finding(tmp_path: Path, text: str) -> None:
    assert not nutm1(read(tmp_path, text)).is_readable


def test_an_odd_row_of_other_genes_stops_the_file(tmp_path: Path) -> None:
    with pytest.raises(CallerFormatError) as caught:
        read(tmp_path, V2.replace("TMPRSS2:ERG", "TMPRSS2-ERG"))
    assert str(caught.value).endswith(
        "jaffa_results.csv:3: not JAFFA output: expected fusion genes as A:B, found 'TMPRSS2-ERG'"
    )
