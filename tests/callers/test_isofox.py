"""Isofox: orientations of breakends, direction without splice sites, names in one column."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.callers.given import ends, one_given, read_given, symbols

from nutfusion.errors import CallerFormatError
from nutfusion.model.reported import FusionOrder
from nutfusion.model.terms import Strand

if TYPE_CHECKING:
    from pathlib import Path

CELLS = {
    "FusionId": "Id_1",
    "Valid": "true",
    "ChrUp": "chr19",
    "PosUp": "15254152",
    "OrientUp": "-1",
    "GeneIdUp": "ENSG00000141867",
    "GeneNameUp": "BRD4",
    "StrandUp": "-1",
    "JuncTypeUp": "KNOWN",
    "ChrDown": "chr15",
    "PosDown": "34347969",
    "OrientDown": "-1",
    "GeneIdDown": "ENSG00000184507",
    "GeneNameDown": "NUTM1",
    "StrandDown": "1",
    "JuncTypeDown": "KNOWN",
    "SVType": "BND",
    "SplitFrags": "7",
    "RealignedFrags": "2",
    "DiscordantFrags": "3",
    "Filter": "PASS",
    "KnownFusionType": "KNOWN_PAIR",
}


def lines(cells: dict[str, str]) -> list[str]:
    return ["\t".join(cells), "\t".join(cells.values())]


def test_split_and_realigned_fragments_both_cross_the_joint(tmp_path: Path) -> None:
    fusion = one_given(tmp_path, "a.isf.pass_fusions.tsv", *lines(CELLS))
    assert (fusion.split_reads, fusion.discordant_pairs) == (9, 3)


def test_a_joint_without_crossing_fragments_is_not_exact(tmp_path: Path) -> None:
    # known pairs are also looked for by discordant pairs alone
    cells = CELLS | {"SplitFrags": "0", "RealignedFrags": "0"}
    fusion = one_given(tmp_path, "a.tsv", *lines(cells))
    assert fusion.junction is not None
    assert not fusion.junction.exact
    assert fusion.split_reads == 0


def test_without_splice_sites_the_order_comes_from_the_strands(tmp_path: Path) -> None:
    # both UNKNOWN: Up and Down are only the order of the genome, here NUTM1 first
    up = {k.replace("Up", "Down"): v for k, v in CELLS.items() if k.endswith("Up")}
    down = {k.replace("Down", "Up"): v for k, v in CELLS.items() if k.endswith("Down")}
    unknown = {"JuncTypeUp": "UNKNOWN", "JuncTypeDown": "UNKNOWN"}
    fusion = one_given(tmp_path, "a.tsv", *lines(CELLS | up | down | unknown))
    assert symbols(fusion) == ("BRD4", "NUTM1")
    assert fusion.order is FusionOrder.FROM_STRANDS


def test_the_strand_is_the_transcripts_and_not_the_genes(tmp_path: Path) -> None:
    # NUTM1 read backwards: lower coordinates stay on the 3' side, whatever the gene's strand
    fusion = one_given(tmp_path, "a.tsv", *lines(CELLS | {"OrientDown": "1", "Valid": "false"}))
    assert ends(fusion)[1].strand is Strand.MINUS


@pytest.mark.parametrize(
    ("name", "genes"),
    [
        ("BRD4_NUTM1", ("BRD4", "NUTM1")),
        ("_NUTM1", ("BRD4", "NUTM1")),  # no gene named, but the position is an exon edge of BRD4
        ("Y_RNA_NUTM1", ("BRD4", "NUTM1")),
    ],
)
def test_both_names_may_stand_in_one_column(
    tmp_path: Path, name: str, genes: tuple[str, str]
) -> None:
    cells = {k: v for k, v in CELLS.items() if not k.startswith(("GeneName", "GeneId"))}
    assert symbols(one_given(tmp_path, "a.tsv", *lines({"Name": name} | cells))) == genes


@pytest.mark.parametrize(
    "change",
    [{"OrientUp": "+"}, {"JuncTypeUp": "SPLICE"}, {"SVType": "see mail"}, {"SplitFrags": "seven"}],
)
def test_an_unreadable_nutm1_row_is_a_finding(tmp_path: Path, change: dict[str, str]) -> None:
    fusion = one_given(tmp_path, "a.tsv", *lines(CELLS | change))
    assert fusion.touches_nutm1
    assert not fusion.is_readable


def test_an_unreadable_row_of_other_genes_stops_with_its_line(tmp_path: Path) -> None:
    other = CELLS | {"GeneNameUp": "EML4", "GeneIdUp": "", "GeneNameDown": "ALK", "GeneIdDown": ""}
    with pytest.raises(CallerFormatError) as caught:
        read_given(tmp_path, "a.tsv", *lines(other | {"OrientUp": "0"}))
    assert str(caught.value) == (
        f"{tmp_path}/a.tsv:2: not Isofox output: expected OrientUp as one of 1, -1, found '0'"
    )
