"""EricScript: swapped words for the counts, places that are sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.callers.given import one_given, positions, read_given, symbols

from nutfusion.errors import CallerFormatError

if TYPE_CHECKING:
    from pathlib import Path

CELLS = {
    "GeneName1": "BRD4",
    "GeneName2": "NUTM1",
    "chr1": "19",
    "Breakpoint1": "15254152",
    "strand1": "-",
    "chr2": "15",
    "Breakpoint2": "34347969",
    "strand2": "+",
    "EnsemblGene1": "ENSG00000141867",
    "EnsemblGene2": "ENSG00000184507",
    "crossingreads": "3",
    "spanningreads": "9",
    "fusiontype": "inter-chromosomal",
    "InfoGene1": "bromodomain containing 4 [Source:HGNC Symbol;Acc:HGNC:13575]",
    "JunctionSequence": "acgtACGT",
    "EricScore": "0.97",
}
HEADER = "\t".join(CELLS)


def row(**changes: str) -> str:
    return "\t".join((CELLS | changes).values())


def test_spanning_reads_cross_the_joint_and_crossing_reads_do_not(tmp_path: Path) -> None:
    fusion = one_given(tmp_path, "a.tsv", HEADER, row())
    assert (fusion.split_reads, fusion.discordant_pairs) == (9, 3)


def test_a_place_that_is_a_sentence_is_unknown(tmp_path: Path) -> None:
    sentence = "Unable to predict breakpoint position"
    fusion = one_given(tmp_path, "a.tsv", HEADER, row(Breakpoint1=sentence, Breakpoint2=sentence))
    assert fusion.is_readable
    assert positions(fusion) == (None, None)
    assert symbols(fusion) == ("BRD4", "NUTM1")
    assert "no_position_stated" in fusion.problems


@pytest.mark.parametrize(
    ("kind", "read_through"),
    [
        ("Read-Through", True),  # for instance SLC12A6 into its neighbour NUTM1
        ("intra-chromosomal", False),
        ("inter-chromosomal", False),
        ("Cis", None),
        ("NA", None),
    ],
)
def test_only_read_through_is_a_read_through(
    tmp_path: Path, kind: str, read_through: bool | None
) -> None:
    fusion = one_given(tmp_path, "a.tsv", HEADER, row(fusiontype=kind))
    assert fusion.is_read_through is read_through


def test_descriptions_and_sequences_are_not_kept(tmp_path: Path) -> None:
    fusion = one_given(tmp_path, "a.tsv", HEADER, row())
    assert {field.name for field in fusion.fields} == {"fusiontype", "EricScore"}


def test_nutm1_as_five_prime_gene_stays_so(tmp_path: Path) -> None:
    # NUTM1 exon 5 into ARIH1, as simulated in several benchmarks
    changes = {"GeneName1": "NUTM1", "chr1": "15", "Breakpoint1": "34353872", "strand1": "+"}
    changes |= {"GeneName2": "ARIH1", "chr2": "15", "Breakpoint2": "72518067", "strand2": "+"}
    changes |= {"EnsemblGene1": "ENSG00000184507", "EnsemblGene2": "ENSG00000166233"}
    fusion = one_given(tmp_path, "a.tsv", HEADER, row(**changes))
    assert symbols(fusion) == ("NUTM1", "ARIH1")


@pytest.mark.parametrize(
    "change",
    [
        {"Breakpoint1": "near 15254152"},
        {"fusiontype": "trans"},
        {"strand2": "forward"},
        {"EricScore": "high, see mail of 3 May"},
        {"crossingreads": "-3"},
    ],
)
def test_an_unreadable_nutm1_row_is_a_finding(tmp_path: Path, change: dict[str, str]) -> None:
    fusion = one_given(tmp_path, "a.tsv", HEADER, row(**change))
    assert fusion.touches_nutm1
    assert not fusion.is_readable


def test_an_unreadable_row_of_other_genes_stops_with_its_line(tmp_path: Path) -> None:
    gone = dict.fromkeys(("EnsemblGene1", "EnsemblGene2", "InfoGene1"), "")
    other = row(GeneName1="EML4", GeneName2="ALK", strand1="?", **gone)
    with pytest.raises(CallerFormatError) as caught:
        read_given(tmp_path, "a.tsv", HEADER, row(), other)
    assert str(caught.value) == (
        f"{tmp_path}/a.tsv:3: not EricScript output: expected strand1 as + or -, found '?'"
    )
