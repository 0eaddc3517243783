"""pizzly: joints on transcripts, many isoforms in one row."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from tests.builders import BRD4_EXON_11, NUTM1_EXON_3
from tests.callers.given import ends, one_given, positions, read_given, symbols

from nutfusion.errors import CallerFormatError

if TYPE_CHECKING:
    from pathlib import Path

HEADER = "geneA.name\tgeneA.id\tgeneB.name\tgeneB.id\tpaircount\tsplitcount\ttranscripts.list"
BRD4_ID, NUTM1_ID = "ENSG00000141867.17", "ENSG00000184507.15"
EXON_11 = "ENST00000263377.6_0:2380"
EXON_3 = "ENST00000537011.6_482:4102"
CANONICAL = f"{EXON_11}_{EXON_3}"


def row(records: str, *, pairs: str = "3", splits: str = "9", genes: str = "BRD4 NUTM1") -> str:
    left, right = genes.split()
    ids = (BRD4_ID, NUTM1_ID) if left == "BRD4" else (NUTM1_ID, BRD4_ID)
    return "\t".join([left, ids[0], right, ids[1], pairs, splits, records])


@pytest.mark.parametrize(
    ("records", "exact"),
    [
        # the panel knows one of three isoform pairs, wherever it stands
        (f"ENST00000371835.8_0:2380_ENST00000333756.4_171:3795;{CANONICAL}", True),
        (f"{CANONICAL};ENST00000371835.8_0:2380_ENST00000333756.4_171:3795", True),
        # two of a gene's own isoforms, one joint: BRD4's MANE transcript ends exon 11 at 2442
        (f"{CANONICAL};ENST00000679869.1_0:2442_{EXON_3}", True),
        # an older version of the transcript, at an exon edge
        (f"{EXON_11}_ENST00000537011.5_482:4102", True),
        # RefSeq accessions hold underscores
        ("NM_058243.3_0:2380_NM_001284292.2_482:4102", True),
    ],
)
def test_the_joint_comes_from_a_pair_the_panel_knows(
    tmp_path: Path, records: str, exact: bool
) -> None:
    fusion = one_given(tmp_path, "table.tsv", HEADER, row(records))
    assert positions(fusion) == (BRD4_EXON_11, NUTM1_EXON_3)
    assert fusion.junction is not None
    assert fusion.junction.exact is exact


def test_isoforms_joined_at_different_exons_bound_the_joint(tmp_path: Path) -> None:
    # NUTM1 exon 2 (34345942) and exon 3 (34347969) behind the same BRD4 exon 11
    exon_2 = "ENST00000537011.6_388:4102"
    fusion = one_given(tmp_path, "table.tsv", HEADER, row(f"{CANONICAL};{EXON_11}_{exon_2}"))
    five, three = ends(fusion)
    assert five.position == BRD4_EXON_11
    assert three.position is None
    assert three.position_range == (34345942, NUTM1_EXON_3)
    assert fusion.junction is not None
    assert not fusion.junction.exact
    assert "several_joints_stated(joints=2)" in fusion.problems


def test_without_split_reads_the_joint_is_not_exact(tmp_path: Path) -> None:
    # pizzly then takes the exon ends that fit its pairs best
    fusion = one_given(tmp_path, "table.tsv", HEADER, row(CANONICAL, splits="0"))
    assert (fusion.split_reads, fusion.discordant_pairs) == (0, 3)
    assert fusion.junction is not None
    assert not fusion.junction.exact


def test_transcripts_unknown_to_the_panel_leave_genes_without_positions(tmp_path: Path) -> None:
    unknown = "ENST00000371835.8_0:2380_ENST00000333756.4_171:3795"
    fusion = one_given(tmp_path, "table.tsv", HEADER, row(unknown))
    assert symbols(fusion) == ("BRD4", "NUTM1")
    assert fusion.junction is None
    assert "transcript_not_in_panel" in fusion.problems


def test_nutm1_as_five_prime_gene_stays_so(tmp_path: Path) -> None:
    # the reciprocal: NUTM1 exon 2 (ends at 482) joined to BRD4 exon 12 (begins after 2380)
    records = "ENST00000537011.6_0:482_ENST00000263377.6_2380:5000"
    fusion = one_given(tmp_path, "table.tsv", HEADER, row(records, genes="NUTM1 BRD4"))
    assert symbols(fusion) == ("NUTM1", "BRD4")
    five, three = ends(fusion)
    assert (five.contig, three.contig) == ("chr15", "chr19")


def gene(**changes: Any) -> dict[str, Any]:
    sides = [{"id": BRD4_ID, "name": "BRD4"}, {"id": NUTM1_ID, "name": "NUTM1"}]
    left = {"id": "ENST00000263377.6", "startPos": 0, "endPos": 2380, "strand": True}
    right = {"id": "ENST00000537011.6", "startPos": 482, "endPos": 4102, "strand": True}
    made = {
        "geneA": sides[0],
        "geneB": sides[1],
        "paircount": 3,
        "splitcount": 9,
        "transcripts": [{"transcriptA": left, "transcriptB": right | changes.pop("right", {})}],
        "readpairs": [],
    }
    return made | changes


def test_a_transcript_used_backwards_is_not_placed(tmp_path: Path) -> None:
    content = json.dumps({"genes": [gene(right={"strand": False})]})
    assert positions(one_given(tmp_path, "out.json", content)) == (BRD4_EXON_11, None)


def test_a_json_without_fusions_has_no_rows(tmp_path: Path) -> None:
    result = read_given(tmp_path, "out.json", '{\n  "genes" : [\n  ]\n}')
    assert (result.file.caller, result.file.rows, result.fusions) == ("pizzly", 0, ())


def test_fusions_under_another_name_are_not_a_silent_zero(tmp_path: Path) -> None:
    (fusion,) = read_given(tmp_path, "out.json", json.dumps({"fusions": [gene()]})).fusions
    assert not fusion.is_readable


@pytest.mark.parametrize(
    "change",
    [
        {"splitcount": "many"},
        {"transcripts": []},
        {"transcripts": [{"transcriptA": {}, "transcriptB": {}}]},
        {"transcripts": ["ENST00000263377.6"]},
    ],
)
def test_an_unreadable_nutm1_gene_pair_is_a_finding(tmp_path: Path, change: dict[str, Any]) -> None:
    fusion = one_given(tmp_path, "out.json", json.dumps({"genes": [gene(**change)]}))
    assert fusion.touches_nutm1
    assert not fusion.is_readable


@pytest.mark.parametrize("records", ["BRD4::NUTM1", "", f"ENST00000263377.6_5:2380_{EXON_3}"])
def test_an_unreadable_nutm1_row_is_a_finding(tmp_path: Path, records: str) -> None:
    fusion = one_given(tmp_path, "table.tsv", HEADER, row(records))
    assert fusion.touches_nutm1
    assert not fusion.is_readable


def test_an_unreadable_row_of_other_genes_stops_with_its_line(tmp_path: Path) -> None:
    other = "EML4\tENSG00000143924.19\tALK\tENSG00000171094.18\t2\tx\tENST1_0:4_ENST2_3:9"
    with pytest.raises(CallerFormatError) as caught:
        read_given(tmp_path, "table.tsv", HEADER, row(CANONICAL), other)
    assert str(caught.value) == (
        f"{tmp_path}/table.tsv:3: not pizzly output: expected splitcount as a whole number of 0 or"
        " more, found 'x'"
    )
