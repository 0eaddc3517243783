"""Partner classes: by HGNC id from the list, neighbours by distance, nothing by spelling."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.builders import (
    NUTM1,
    donor_end,
    end,
    fusion_call,
    gene,
    junction,
    starter_panel,
    unknown_partner_call,
)

from nutfusion.annotation import annotate_call
from nutfusion.annotation.partner_class import classify, read_partners, shipped_partners
from nutfusion.errors import ConfigError
from nutfusion.model.gene import GeneRef
from nutfusion.model.terms import PartnerClass, Strand

if TYPE_CHECKING:
    from pathlib import Path

    from nutfusion.model.junction import JunctionEnd


@pytest.mark.parametrize(
    ("symbol", "partner_class"),
    [
        ("BRD4", "bet"),
        ("BRD3", "bet"),
        ("BRD2", "bet"),
        ("BRDT", "bet"),
        ("BRD9", "leukaemia"),  # a bromodomain protein, not BET: no string rule on BRD*
        ("NSD3", "bet_complex"),
        ("ZNF532", "bet_complex"),
        ("ZNF592", "bet_complex"),  # on chr15 as well, but 50 Mb away
        ("ZMYND8", "bet_complex"),
        ("ZNF618", "leukaemia"),  # a zinc finger, not of the Z4 complex
        ("YAP1", "carcinoma_disputed"),
        ("WWTR1", "carcinoma_disputed"),
        ("CIC", "sarcoma"),
        ("MXD4", "sarcoma"),
        ("MGA", "sarcoma"),  # on chr15, 7 Mb away, without exons in the panel
        ("ACIN1", "leukaemia"),
        ("BPTF", "leukaemia"),
        ("SPTBN4", "other_entity"),
        ("SLC12A6", "neighbour_15q14"),  # listed under B-ALL: the neighbour rule wins
        ("AVEN", "neighbour_15q14"),
        ("CHRM5", "neighbour_15q14"),
        ("EMC7", "neighbour_15q14"),
        ("KATNBL1", "neighbour_15q14"),
        ("LPCAT4", "neighbour_15q14"),
        ("AZIN1", "unclassified"),  # in the panel, in no list
        ("NUTM1", "unclassified"),  # joined to itself
    ],
)
def test_class_of_panel_genes(symbol: str, partner_class: str) -> None:
    found = classify(gene(symbol), None, starter_panel())
    assert found.partner_class is PartnerClass(partner_class)


@pytest.mark.parametrize(
    ("place", "partner_class"),
    [
        (end("chr15", 34_225_000, Strand.PLUS), "neighbour_15q14"),  # EMC4, not in the panel
        (end("chr15", 34_400_000, Strand.MINUS), "neighbour_15q14"),  # GOLGA8A, either strand
        (end("chr15", None, Strand.PLUS, (34_000_000, 34_100_000)), "neighbour_15q14"),  # bounded
        (end("chr15", 33_343_314, Strand.PLUS), "neighbour_15q14"),  # gap of exactly 1 Mb
        (end("chr15", 33_343_313, Strand.PLUS), "unclassified"),  # one base further
        (end("chr15", 90_000_000, Strand.PLUS), "unclassified"),  # same chromosome, far away
        (end("chr1", 34_225_000, Strand.PLUS), "unclassified"),  # same number, other contig
        (None, "unclassified"),
    ],
)
def test_a_gene_outside_the_panel_is_placed_by_its_joint(
    place: JunctionEnd | None, partner_class: str
) -> None:
    stranger = GeneRef(symbol="EMC4-LIKE", hgnc_id=None)
    found = classify(stranger, place, starter_panel())
    assert found.partner_class is PartnerClass(partner_class)


def test_a_name_that_looks_like_a_bet_gene_is_none() -> None:
    pretender = GeneRef(symbol="BRD4", hgnc_id="HGNC:99999")
    assert classify(pretender, None, starter_panel()).partner_class is PartnerClass.UNCLASSIFIED


def test_a_symbol_without_an_id_is_matched_whole() -> None:
    assert (
        classify(GeneRef(symbol="BRD4", hgnc_id=None), None, starter_panel()).partner_class
        is PartnerClass.BET
    )
    assert (
        classify(GeneRef(symbol="BRD41", hgnc_id=None), None, starter_panel()).partner_class
        is PartnerClass.UNCLASSIFIED
    )


def test_an_unknown_partner_is_unknown_and_has_no_source() -> None:
    fusion = annotate_call(unknown_partner_call(), starter_panel())
    assert fusion.partner_class is PartnerClass.UNKNOWN
    assert (fusion.partner_class_source, fusion.partner_class_verified) == (None, False)


def test_class_of_the_partner_when_nutm1_is_five_prime() -> None:
    call = fusion_call(
        five_prime_gene=NUTM1,
        three_prime_gene=gene("BRD4"),
        junction=junction(five_prime=donor_end("NUTM1", 2), three_prime=donor_end("BRD4", 12)),
    )
    fusion = annotate_call(call, starter_panel())
    assert fusion.partner_class is PartnerClass.BET
    assert fusion.nutm1_is_three_prime is False


def test_brdt_says_that_no_fusion_was_found() -> None:
    brdt = next(partner for partner in shipped_partners() if partner.symbol == "BRDT")
    assert brdt.is_reported is False
    assert "no NUTM1 fusion" in brdt.source


def test_listed_symbols_and_ids_are_those_of_the_panel() -> None:
    for partner in shipped_partners():
        assert starter_panel().genes[partner.symbol].hgnc_id == partner.hgnc_id
        assert partner.source


HEADER = "symbol\thgnc_id\tclass\tnutm1_fusion\tverified\tkind\tdate\tsource\n"
BRD4_ROW = "BRD4\tHGNC:13575\tbet\treported\tyes\tpublished\t2026-11-23\tx\n"
CLASSES = "bet, bet_complex, carcinoma_disputed, leukaemia, other_entity, sarcoma"


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("symbol\tclass\n", 1, "expected the columns"),
        ("", 1, "expected the columns"),
        (HEADER + "BRD4\tHGNC:13575\tbet\n", 2, "expected 8 tab-separated cells, found 3"),
        (
            HEADER + BRD4_ROW.replace("bet", "BET"),
            2,
            f"expected class as one of {CLASSES}, found 'BET'",
        ),
        (HEADER + BRD4_ROW.replace("bet", "neighbour_15q14"), 2, "expected class as one of"),
        (HEADER + BRD4_ROW.replace("yes", "maybe"), 2, "expected verified as one of no, yes"),
        (HEADER + BRD4_ROW * 2, 3, "HGNC:13575 stands twice"),
        # a class without somebody who says so, and when it was read
        (HEADER + BRD4_ROW.replace("published", "heard"), 2, "key kind: "),
        (HEADER + BRD4_ROW.replace("2026-11-23", "lately"), 2, "key date: "),
        (HEADER + BRD4_ROW.replace("\tx\n", "\t\n"), 2, "key reference: "),
        (HEADER + BRD4_ROW.replace("published", "measured"), 2, "names the command"),
    ],
)
def test_a_broken_partner_list_is_refused_with_its_line(
    tmp_path: Path, text: str, line: int, message: str
) -> None:
    path = tmp_path / "partners.tsv"
    path.write_text(text)
    with pytest.raises(ConfigError) as caught:
        read_partners(path)
    assert (caught.value.path, caught.value.line) == (str(path), line)
    assert message in caught.value.message
    assert caught.value.exit_code == 2


def test_an_unverified_row_keeps_its_tag(tmp_path: Path) -> None:
    path = tmp_path / "partners.tsv"
    path.write_text(HEADER + "BRD4\tHGNC:13575\tbet\treported\tno\tpublished\t2026-11-23\tmemory\n")
    assert read_partners(path)[0].verified is False


@pytest.mark.parametrize(
    ("symbol", "listed"),
    [
        ("SLC12A6", "(leukaemia): B-ALL"),
        ("AVEN", "(leukaemia): AML"),
        ("EMC7", "(other_entity): Adnexal"),
        ("KATNBL1", None),
    ],
)
def test_a_neighbour_says_where_else_it_is_listed(symbol: str, listed: str | None) -> None:
    place = end("chr15", 34_300_000, Strand.MINUS)
    found = classify(GeneRef(symbol=symbol, hgnc_id=None), place, starter_panel())
    assert found.partner_class is PartnerClass.NEIGHBOUR_15Q14
    assert found.source is not None
    assert "ADR 0004" in found.source
    assert (listed or "Also listed") in found.source or listed is None
    assert ("Also listed" in found.source) is (listed is not None)
