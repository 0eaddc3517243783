"""The tables of the literature, base by base: matching is by coordinate, numbers are printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.builders import donor_end, end, gene, mane_exon, starter_panel

from nutfusion.annotation.coding import coding_site
from nutfusion.annotation.exons import exon_label
from nutfusion.annotation.lift import lifted_position
from nutfusion.annotation.sides import Side
from nutfusion.model.terms import Strand

if TYPE_CHECKING:
    from nutfusion.model.junction import JunctionEnd

BRD4 = ("BRD4", "chr19", Strand.MINUS, "ENST00000679869.1")
BRD3 = ("BRD3", "chr9", Strand.MINUS, "ENST00000303407.12")
NSD3 = ("NSD3", "chr8", Strand.MINUS, "ENST00000317025.13")


@pytest.mark.parametrize(
    ("where", "exon", "grch38", "grch37", "coded", "residues", "phase"),
    [
        (BRD4, 4, 15267416, 15378227, 559, 186, 1),  # in frame, but lacks BD2 and ET
        (BRD4, 9, 15256064, 15366875, 1751, 583, 2),
        (BRD4, 10, 15255297, 15366108, 2047, 682, 1),  # the older papers' other "exon 10"
        (BRD4, 11, 15254152, 15364963, 2158, 719, 1),  # canonical
        (BRD4, 12, 15244710, 15355521, 2211, 737, 0),
        (BRD4, 13, 15244231, 15355042, 2581, 860, 1),
        (BRD4, 14, 15242900, 15353711, 3169, 1056, 1),  # the Perth group's "exon 15"
        (BRD4, 15, 15239910, 15350721, 3282, 1094, 0),
        (BRD4, 16, 15239659, 15350470, 3445, 1148, 1),
        (BRD3, 9, 134040034, 136905156, None, 547, 2),
        (BRD3, 10, 134036032, 136901154, None, 645, 1),
        (BRD3, 11, 134034701, 136899823, None, 688, 1),
        (NSD3, 7, 38326730, 38184248, None, 569, 1),  # TCGA-60-2716
    ],
)
def test_donor_table(
    where: tuple[str, str, Strand, str],
    exon: int,
    grch38: int,
    grch37: int,
    coded: int | None,
    residues: int,
    phase: int,
) -> None:
    symbol, contig, strand, transcript = where
    side = end(contig, grch38, strand)
    label = exon_label(starter_panel(), gene(symbol), side, Side.FIVE_PRIME)
    assert label is not None
    assert (label.transcript, label.exon, label.boundary) == (transcript, exon, True)
    lifted = lifted_position(starter_panel(), gene(symbol), side)
    assert (None if lifted is None else lifted.position) == grch37
    site = coding_site(starter_panel(), gene(symbol), side)
    assert site is not None
    through = site.before + 1
    assert coded is None or through == coded
    assert divmod(through, 3) == (residues, phase)
    assert mane_exon(symbol, exon).end_phase == phase


@pytest.mark.parametrize(
    ("exon", "grch38", "grch37", "first_residue", "phase"),
    [
        (2, 34345942, 34638143, 3, 0),
        (3, 34347969, 34640170, 34, 1),  # canonical; legacy exon 2
        (4, 34350704, 34642905, 270, 2),
        (5, 34353736, 34645937, 313, 2),
        (6, 34354446, 34646647, 359, 1),
        (7, 34355021, 34647222, 455, 0),
        (8, 34355488, 34647689, 494, 0),
    ],
)
def test_acceptor_table(
    exon: int, grch38: int, grch37: int, first_residue: int, phase: int
) -> None:
    side = end("chr15", grch38, Strand.PLUS)
    label = exon_label(starter_panel(), gene("NUTM1"), side, Side.THREE_PRIME)
    assert label is not None
    assert (label.transcript, label.exon, label.boundary) == ("ENST00000537011.6", exon, True)
    lifted = lifted_position(starter_panel(), gene("NUTM1"), side)
    assert (None if lifted is None else lifted.position) == grch37
    site = coding_site(starter_panel(), gene("NUTM1"), side)
    assert site is not None
    assert (site.before // 3 + 1, site.before % 3) == (first_residue, phase)
    assert mane_exon("NUTM1", exon).start_phase == phase


def test_one_base_inside_the_exon_is_not_a_boundary() -> None:
    label = exon_label(starter_panel(), gene("BRD4"), donor_end("BRD4", 11, 1), Side.FIVE_PRIME)
    assert label is not None
    assert (label.exon, label.boundary) == (11, False)


def test_the_first_base_of_an_exon_is_no_donor_boundary() -> None:
    # NUTM1 exon 3 starts here; as the end of a 5' part it is one base into the exon.
    side = end("chr15", 34347969, Strand.PLUS)
    label = exon_label(starter_panel(), gene("NUTM1"), side, Side.FIVE_PRIME)
    assert label is not None
    assert (label.exon, label.boundary) == (3, False)


@pytest.mark.parametrize(
    "side",
    [
        end("chr19", 15254151, Strand.MINUS),  # first intronic base after exon 11
        end("chr19", 15254152, Strand.PLUS),  # antisense
        end("chr15", 15254152, Strand.MINUS),  # another contig
        end("chr19", None, Strand.MINUS, (15254152, 15255592)),  # bounded
    ],
)
def test_no_exon_is_guessed(side: JunctionEnd) -> None:
    assert exon_label(starter_panel(), gene("BRD4"), side, Side.FIVE_PRIME) is None
    assert lifted_position(starter_panel(), gene("BRD4"), side) is None


@pytest.mark.parametrize("symbol", ["BCORL1", "IKZF1"])
def test_an_exon_without_a_shipped_lift_has_no_grch37_position(symbol: str) -> None:
    side = donor_end(symbol, 2)
    assert exon_label(starter_panel(), gene(symbol), side, Side.FIVE_PRIME) is not None
    assert lifted_position(starter_panel(), gene(symbol), side) is None


def test_a_gene_without_exons_has_no_label() -> None:
    side = end("chr15", 41_700_000, Strand.PLUS)  # MGA has no MANE entry in the starter
    assert exon_label(starter_panel(), gene("MGA"), side, Side.FIVE_PRIME) is None


def test_coding_offsets_agree_with_the_stored_phases_of_every_exon() -> None:
    checked = 0
    for transcript in starter_panel().transcripts.values():
        for exon in transcript.exons:
            if exon.start_phase is None or exon.cds_start is None or exon.cds_end is None:
                continue
            assert transcript.contig is not None
            assert transcript.strand is not None
            plus = transcript.strand is Strand.PLUS
            first = exon.cds_start if plus else exon.cds_end
            last = exon.cds_end if plus else exon.cds_start
            owner = gene(transcript.gene)
            opening = coding_site(
                starter_panel(), owner, end(transcript.contig, first, transcript.strand)
            )
            closing = coding_site(
                starter_panel(), owner, end(transcript.contig, last, transcript.strand)
            )
            assert opening is not None
            assert closing is not None
            assert opening.before % 3 == exon.start_phase
            assert (closing.before + 1) % 3 == exon.end_phase
            checked += 1
    assert checked > 500


@pytest.mark.parametrize(
    ("check", "verified"), [("both", True), ("one", True), ("none", False), ("offset", False)]
)
def test_a_lift_by_offset_alone_is_not_verified(check: str, verified: bool) -> None:
    panel = starter_panel()
    found = [
        lifted_position(panel, gene(each.gene), end(each.contig, exon.start, each.strand))
        for each in panel.transcripts.values()
        if each.contig is not None and each.strand is not None
        for exon in each.exons
        if each.is_mane and exon.grch37_check == check
    ]
    assert {lifted.verified for lifted in found if lifted is not None} <= {verified}
