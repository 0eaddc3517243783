"""A fusion's identifier is what it is, and not how well it was seen."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import pytest
from tests.builders import (
    BRD4,
    NUTM1,
    acceptor_end,
    bounded_junction,
    donor_end,
    end,
    gene,
    junction,
)
from tests.reads.builders import fusion, only, tiled

from nutfusion.calls import fusion_id
from nutfusion.model.terms import Strand

if TYPE_CHECKING:
    from nutfusion.model.junction import Junction

GOLDEN = "nf1.52bb9d7458c2259c37e907f9"
"""BRD4 exon 11 :: NUTM1 exon 3. It stands in dossiers: a change needs another prefix."""

UNKNOWN: dict[str, Any] = {
    "exact": False,
    "five_prime": None,
    "homology": None,
    "linker_sequence": None,
}


def identifier(**changes: Any) -> str:
    return fusion_id(junction(**changes), BRD4, NUTM1)


def test_the_canonical_joint_has_its_identifier_for_ever() -> None:
    assert identifier() == GOLDEN


def test_the_identifier_is_the_digest_of_a_readable_line() -> None:
    line = "GRCh38|chr19:-:15254152:HGNC:13575||chr15:+:34347969:HGNC:29919"
    assert hashlib.sha256(line.encode()).hexdigest()[:24] == GOLDEN.removeprefix("nf1.")


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"five_prime": donor_end("BRD4", 11, inside=1)}, id="one base of BRD4"),
        pytest.param({"three_prime": acceptor_end("NUTM1", 3, inside=1)}, id="one base of NUTM1"),
        pytest.param({"five_prime": donor_end("BRD4", 10)}, id="another exon"),
        pytest.param({"five_prime": end("chr19", 15254152, Strand.PLUS)}, id="the other strand"),
        pytest.param({"five_prime": end("chr9", 15254152, Strand.MINUS)}, id="another contig"),
        pytest.param({"linker_sequence": "T"}, id="a linker"),
        pytest.param({"linker_sequence": "TT"}, id="a longer linker"),
    ],
)
def test_what_a_fusion_is_makes_another_identifier(changes: dict[str, Any]) -> None:
    assert identifier(**changes) != GOLDEN


def test_the_order_of_the_genes_belongs_to_it() -> None:
    turned = junction(five_prime=junction().three_prime, three_prime=junction().five_prime)
    assert fusion_id(turned, NUTM1, BRD4) != GOLDEN


def test_the_gene_belongs_to_it_by_its_hgnc_number_and_not_by_its_symbol() -> None:
    renamed = BRD4.model_copy(update={"symbol": "OTHER"})
    assert fusion_id(junction(), renamed, NUTM1) == GOLDEN
    assert fusion_id(junction(), gene("BRD3"), NUTM1) != GOLDEN
    assert fusion_id(junction(), None, NUTM1) != GOLDEN


@pytest.mark.parametrize("changes", [{"homology": 2}, {"exact": False}])
def test_how_it_was_seen_does_not_belong_to_it(changes: dict[str, Any]) -> None:
    assert identifier(**changes) == GOLDEN


def test_a_consensus_does_not_change_a_joint_with_two_places() -> None:
    assert fusion_id(junction(), BRD4, NUTM1, "ACGT" * 20, 40) == GOLDEN


def test_reads_give_the_canonical_joint_its_identifier() -> None:
    few, many = only(tiled(fusion(), 3)), only(tiled(fusion(), 9, 75))
    for found in (few, many):
        assert (
            fusion_id(
                found.junction,
                found.five_prime_gene,
                found.three_prime_gene,
                found.consensus_sequence,
                found.consensus_junction_offset,
            )
            == GOLDEN
        )


def unknown(consensus: str | None, offset: int | None, joint: Junction | None = None) -> str:
    return fusion_id(joint or junction(**UNKNOWN), None, NUTM1, consensus, offset)


def test_two_unknown_partners_at_one_exon_stay_two() -> None:
    three = "GGTACC" * 10
    assert unknown("A" * 30 + three, 30) != unknown("C" * 30 + three, 30)


def test_an_unknown_partner_is_known_by_the_twenty_bases_at_the_joint() -> None:
    three = "GGTACC" * 10
    near = "ACGTTGCAACGGTTAACCGT"
    expected = unknown(near + three, 20)
    assert unknown("TTTTTTTT" + near + three, 28) == expected  # a longer contig
    assert unknown(near + three[:21], 20) == expected  # fewer bases of NUTM1
    assert unknown("T" + near[1:] + three, 20) != expected
    assert unknown(near[:-1] + "A" + three, 20) != expected


def test_an_unknown_three_prime_part_is_known_by_its_bases_as_well() -> None:
    joint = junction(
        exact=False,
        five_prime=donor_end("NUTM1", 2),
        three_prime=None,
        homology=None,
        linker_sequence=None,
    )
    identifiers = {
        fusion_id(joint, NUTM1, None, five + three, len(five))
        for five in ("ACGT" * 10, "ACGT" * 12)
        for three in ("GATTACA" * 5, "CATTAGA" * 5)
    }
    assert len(identifiers) == 2


def test_an_unknown_partner_without_a_consensus_has_an_identifier() -> None:
    assert unknown(None, None) == unknown(None, None)
    assert unknown(None, None) != unknown("A" * 20 + "C" * 20, 20)


def test_a_bounded_joint_is_known_by_its_ranges() -> None:
    bounded = fusion_id(bounded_junction(), BRD4, NUTM1)
    other = bounded_junction(five_prime=end("chr19", None, Strand.MINUS, (15254152, 15255593)))
    assert bounded != GOLDEN
    assert fusion_id(other, BRD4, NUTM1) != bounded


def test_a_range_is_not_taken_for_a_position() -> None:
    one = bounded_junction(five_prime=end("chr19", None, Strand.MINUS, (15254152, 15254152)))
    exact = bounded_junction(five_prime=end("chr19", 15254152, Strand.MINUS))
    assert fusion_id(one, BRD4, NUTM1) != fusion_id(exact, BRD4, NUTM1)


def test_a_side_without_a_place_on_the_genome_is_known_by_its_bases() -> None:
    # A panel made from transcripts alone names the partner and cannot place it.
    off = junction(
        exact=False,
        five_prime=donor_end("BRD4", 11).model_copy(
            update={"contig": None, "position": None, "strand": None}
        ),
    )
    assert fusion_id(off, BRD4, NUTM1, "A" * 40, 20) != fusion_id(off, BRD4, NUTM1, "C" * 40, 20)
