"""Names: fixed order, accession.version everywhere, legacy numbers marked as such."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from tests.builders import (
    NUTM1,
    acceptor_end,
    bounded_junction,
    donor_end,
    end,
    fusion_call,
    gene,
    junction,
    partner_call,
    sample_calls,
    starter_panel,
    unknown_partner_call,
)

from nutfusion.annotation import annotate, annotate_call
from nutfusion.annotation.nomenclature import synonyms
from nutfusion.model.terms import FusionDetection, Strand

if TYPE_CHECKING:
    from nutfusion.model.call import FusionCall


def test_canonical_fusion_has_every_name_in_a_fixed_order() -> None:
    assert synonyms(fusion_call(), starter_panel()) == (
        "ENST00000679869.1(BRD4):e.11::ENST00000537011.6(NUTM1):e.3",
        "ENST00000263377.6(BRD4):e.11::ENST00000537011.6(NUTM1):e.3",
        "NM_001379291.1(BRD4):e.11::NM_001284292.2(NUTM1):e.3",
        "NM_058243.3(BRD4):e.11::NM_001284292.2(NUTM1):e.3",
        "ENST00000679869.1:r.1_2442::ENST00000537011.6:r.483_4109",
        "ENST00000263377.6:r.1_2380::ENST00000537011.6:r.483_4109",
        "NM_001379291.1:r.1_2442::NM_001284292.2:r.483_4109",
        "NM_058243.3:r.1_2380::NM_001284292.2:r.483_4109",  # PMID 36265509, figure 2
        "NM_001379291.1:r.?_2442::NM_001284292.2:r.483_?",
        "NM_058243.3(BRD4):e.11::NM_175741.2(NUTM1):e.2 (legacy numbering)",
        "ENST00000263377.6(BRD4):e.11::ENST00000333756.4(NUTM1):e.2 (legacy numbering)",
    )


def test_mid_exon_offsets_count_from_the_segment_boundary() -> None:
    # VICC: negative towards the 5' end, positive towards the 3' end of the transcript.
    call = fusion_call(
        junction=junction(
            five_prime=donor_end("BRD4", 11, 3),
            three_prime=acceptor_end("NUTM1", 3, 12),
            linker_sequence="ACT",
        )
    )
    names = synonyms(call, starter_panel())
    assert "NM_001379291.1(BRD4):e.11-3::ACT::NM_001284292.2(NUTM1):e.3+12" in names
    assert "NM_058243.3:r.1_2377::acu::NM_001284292.2:r.495_4109" in names  # HGVS writes RNA
    legacy = "NM_058243.3(BRD4):e.11-3::ACT::NM_175741.2(NUTM1):e.2+12 (legacy numbering)"
    assert legacy in names


@pytest.mark.parametrize(
    ("acceptor", "legacy"),
    [(3, "e.2"), (4, "e.3"), (5, "e.4"), (6, "e.5"), (7, "e.6"), (8, "e.7")],
)
def test_legacy_number_is_one_less_from_exon_3_on(acceptor: int, legacy: str) -> None:
    names = synonyms(partner_call("BRD4", 11, acceptor), starter_panel())
    assert f"NM_058243.3(BRD4):e.11::NM_175741.2(NUTM1):{legacy} (legacy numbering)" in names


@pytest.mark.parametrize("acceptor", [1, 2])
def test_exons_that_the_legacy_transcript_lacks_have_no_legacy_number(acceptor: int) -> None:
    names = synonyms(partner_call("BRD4", 11, acceptor), starter_panel())
    assert not any("legacy" in name for name in names)


def test_refseq_and_ensembl_are_never_mixed_in_one_name() -> None:
    # The starter has no RefSeq accession of BRD3: no name is made up from NUTM1's alone.
    names = synonyms(partner_call("BRD3", 10), starter_panel())
    assert names[0] == "ENST00000303407.12(BRD3):e.10::ENST00000537011.6(NUTM1):e.3"
    assert not any("NM_" in name and "ENST" in name for name in names)
    pair = "ENST00000303407.12(BRD3):e.10::ENST00000333756.4(NUTM1):e.2 (legacy numbering)"
    assert [name for name in names if "legacy" in name] == [pair]


@pytest.mark.parametrize(
    ("call", "name"),
    [
        (fusion_call(), "BRD4::NUTM1"),
        (unknown_partner_call(), "v::NUTM1"),
        (fusion_call(fusion_detection=FusionDetection.INFERRED), "BRD4(::)NUTM1"),
        (fusion_call(five_prime_gene=NUTM1, three_prime_gene=gene("BRD4")), "NUTM1::BRD4"),
        (fusion_call(five_prime_gene=NUTM1, three_prime_gene=None), "NUTM1::v"),
        (
            # A gene 40 kb before NUTM1 on its strand runs on into it: nothing is rearranged.
            fusion_call(
                five_prime_gene=gene("CHRM5"),
                junction=junction(five_prime=end("chr15", 34_300_000, Strand.PLUS)),
            ),
            "CHRM5-NUTM1",
        ),
        (
            # The same place on the other strand needs an inversion.
            fusion_call(
                five_prime_gene=gene("SLC12A6"),
                junction=junction(five_prime=end("chr15", 34_300_000, Strand.MINUS)),
            ),
            "SLC12A6::NUTM1",
        ),
        (
            # CHRM5 itself ends 276 kb before NUTM1, with other genes between.
            fusion_call(
                five_prime_gene=gene("CHRM5"),
                junction=junction(five_prime=end("chr15", 34_067_458, Strand.PLUS)),
            ),
            "CHRM5::NUTM1",
        ),
        (
            # NUTM1 before itself: the order of the transcript is not that of the genome.
            fusion_call(
                five_prime_gene=gene("LPCAT4"),
                junction=junction(five_prime=end("chr15", 34_360_000, Strand.PLUS)),
            ),
            "LPCAT4::NUTM1",
        ),
    ],
)
def test_gene_level_name(call: FusionCall, name: str) -> None:
    fusion = annotate_call(call, starter_panel())
    assert fusion.name == name
    assert fusion.is_read_through is ("-" in name)


def test_unknown_partner_keeps_the_side_that_is_known() -> None:
    names = synonyms(unknown_partner_call(), starter_panel())
    assert names[0] == "v::ENST00000537011.6(NUTM1):e.3"
    assert "v::NM_175741.2(NUTM1):e.2 (legacy numbering)" in names
    assert not any(":r." in name for name in names)


def test_bounded_junction_has_no_exon_level_name() -> None:
    assert synonyms(fusion_call(junction=bounded_junction()), starter_panel()) == ()


def test_every_exon_level_name_carries_accession_and_version() -> None:
    calls = sample_calls(fusion_call(), partner_call("NSD3", 7), unknown_partner_call())
    for fusion in annotate(calls, starter_panel()).fusions:
        for name in fusion.synonyms:
            accessions = re.findall(r"(?:ENST|NM_)\d+(\S?)", name)
            assert accessions
            assert set(accessions) == {"."}


def test_annotation_keeps_every_call_in_its_order() -> None:
    calls = sample_calls(unknown_partner_call(), fusion_call(), partner_call("BRD4", 9))
    annotated = annotate(calls, starter_panel())
    assert tuple(fusion.call for fusion in annotated.fusions) == calls.calls
    assert (annotated.qc, annotated.panel_digest) == (calls.qc, calls.panel_digest)
