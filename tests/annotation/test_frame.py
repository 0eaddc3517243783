"""Reading frame, stop codons at the joint, and the length of the fusion protein."""

from __future__ import annotations

import dataclasses
from types import MappingProxyType
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.builders import (
    BRD4_EXON_11,
    NUTM1,
    NUTM1_EXON_3,
    acceptor_end,
    bounded_junction,
    donor_end,
    end,
    fusion_call,
    gene,
    junction,
    mane_exon,
    partner_call,
    starter_panel,
    unknown_partner_call,
)

from nutfusion.annotation.coding import translate
from nutfusion.annotation.frame import FRAME_REASONS, predict_frame
from nutfusion.model.terms import ReadingFrame, Strand

if TYPE_CHECKING:
    from nutfusion.model.call import FusionCall
    from nutfusion.model.panel import Panel

IN, OUT = ReadingFrame.IN_FRAME, ReadingFrame.OUT_OF_FRAME
STOP, UNKNOWN = ReadingFrame.STOP_CODON, ReadingFrame.NOT_PREDICTED


def without_sequences(panel: Panel) -> Panel:
    """The same panel as a laboratory without any sequence has it."""
    bare = {
        name: dataclasses.replace(transcript, sequence=None, blocks=())
        for name, transcript in panel.transcripts.items()
    }
    return dataclasses.replace(panel, transcripts=MappingProxyType(bare))


def test_canonical_fusion_protein_has_1846_residues() -> None:
    # 719 whole BRD4 residues, the split codon G|CA read as Ala, 1126 NUTM1 residues.
    found = predict_frame(fusion_call(), starter_panel())
    assert (found.reading_frame, found.reason, found.protein_length) == (IN, None, 1846)


def test_length_without_sequences_is_the_translated_length() -> None:
    found = predict_frame(fusion_call(), without_sequences(starter_panel()))
    assert (found.reading_frame, found.protein_length) == (IN, 1846)
    assert found.reason == "joint_codon_not_seen"


@pytest.mark.parametrize(
    ("call", "frame", "length"),
    [
        (partner_call("BRD4", 10), IN, 682 + 1 + 1126),
        (partner_call("BRD4", 13), IN, 860 + 1 + 1126),
        (partner_call("BRD4", 14), IN, 1056 + 1 + 1126),  # PER-624
        (partner_call("BRD4", 15), OUT, None),  # why the Perth "exon 15" is exon 14
        (partner_call("BRD4", 9), OUT, None),
        (partner_call("BRD4", 12), OUT, None),
        (partner_call("BRD4", 12, acceptor=7), IN, 737 + 706),  # phase 0 to phase 0
        (partner_call("BRD4", 11, acceptor=6), IN, 719 + 1 + 801),  # the other phase-1 acceptor
        (partner_call("BRD4", 11, acceptor=4), OUT, None),
        (partner_call("BRD3", 9), OUT, None),  # legacy "exon 9" is exon 10
        (partner_call("BRD3", 10), IN, 645 + 1 + 1126),
        (partner_call("BRD3", 11), IN, 688 + 1 + 1126),
        (partner_call("NSD3", 7), IN, 569 + 1 + 1126),
    ],
)
def test_exon_boundary_junctions(call: FusionCall, frame: ReadingFrame, length: int | None) -> None:
    found = predict_frame(call, starter_panel())
    assert (found.reading_frame, found.protein_length) == (frame, length)


@pytest.mark.parametrize(
    ("inside_donor", "inside_acceptor", "linker", "frame"),
    [
        (1, 0, "", OUT),
        (3, 0, "", IN),  # one codon of BRD4 lost
        (0, 3, "", IN),
        (1, 1, "", OUT),  # two bases lost
        (1, 2, "", IN),  # three bases lost, one codon
        (0, 0, "A", OUT),  # a linker shifts the frame
        (0, 0, "GGC", IN),
        (1, 0, "C", IN),  # a linker mends it
        (0, 0, "ATGACC", IN),  # G|AT GAC C|CA: a stop out of frame stops nothing
    ],
)
def test_mid_exon_junctions_and_linkers(
    inside_donor: int, inside_acceptor: int, linker: str, frame: ReadingFrame
) -> None:
    call = fusion_call(
        junction=junction(
            five_prime=donor_end("BRD4", 11, inside_donor),
            three_prime=acceptor_end("NUTM1", 3, inside_acceptor),
            linker_sequence=linker,
        )
    )
    assert predict_frame(call, starter_panel()).reading_frame is frame


@pytest.mark.parametrize("stop", ["TAA", "TAG", "TGA"])
def test_an_in_frame_stop_in_the_linker_ends_the_protein(stop: str) -> None:
    # The split codon begins with G: two linker bases fill it, then the stop codon follows.
    call = fusion_call(junction=junction(linker_sequence="CC" + stop + "C"))
    found = predict_frame(call, starter_panel())
    assert (found.reading_frame, found.reason) == (STOP, "stop_at_joint")
    assert found.protein_length is None


def stop_making_position() -> int:
    """A base in BRD4 whose codon is T|.. or T.|. and that joins NUTM1 as a stop codon."""
    nutm1 = starter_panel().transcripts["ENST00000537011.6"].sequence
    brd4 = starter_panel().transcripts["ENST00000679869.1"]
    assert nutm1 is not None
    assert brd4.sequence is not None
    assert brd4.cds_start is not None
    for coded in range(1, 2158):
        cut = brd4.cds_start - 1 + coded
        split = coded % 3
        if split == 1 and translate(brd4.sequence[cut - 1 : cut] + "AA") == "*":
            position = brd4.genomic_position(cut)
            assert position is not None
            return position
    raise AssertionError("BRD4 has a codon that starts with T")


def test_a_stop_codon_made_by_the_joint_itself() -> None:
    # T|AA: the first base from BRD4, the next two from NUTM1 with start phase 1.
    nutm1 = starter_panel().transcripts["ENST00000537011.6"]
    assert nutm1.sequence is not None
    assert nutm1.cds_start is not None
    before = next(
        before
        for before in range(100, 3000, 3)
        if nutm1.sequence[nutm1.cds_start - 1 + before :][:2] in {"AA", "AG", "GA"}
    )
    position = nutm1.genomic_position(nutm1.cds_start + before)
    call = fusion_call(
        junction=junction(
            five_prime=end("chr19", stop_making_position(), Strand.MINUS),
            three_prime=end("chr15", position, Strand.PLUS),
        )
    )
    found = predict_frame(call, starter_panel())
    assert (found.reading_frame, found.reason) == (STOP, "stop_at_joint")


@pytest.mark.parametrize(
    ("consensus", "offset", "frame", "reason"),
    [
        ("CCGAAACAGCATCTGC", 9, IN, None),  # G|CA, seen
        ("CCGAAACAATAATCTG", 9, IN, None),  # A|TA, then ATC: the TAA is out of frame
        ("CCGAAACATAATCTGC", 9, STOP, "stop_at_joint"),  # T|AA, in the reads alone
        ("CATCTGC", 0, IN, "joint_codon_not_seen"),  # the consensus starts at the joint
        ("CCGAAACAGC", 9, IN, "joint_codon_not_seen"),  # and here it ends too early
        (None, None, IN, "joint_codon_not_seen"),
    ],
)
def test_without_partner_sequence_the_reads_show_the_split_codon(
    consensus: str | None, offset: int | None, frame: ReadingFrame, reason: str | None
) -> None:
    call = partner_call("BRD3", 10, consensus_sequence=consensus, consensus_junction_offset=offset)
    found = predict_frame(call, starter_panel())
    assert (found.reading_frame, found.reason) == (frame, reason)


@pytest.mark.parametrize(
    ("call", "frame", "reason"),
    [
        (unknown_partner_call(), UNKNOWN, "partner_unknown"),
        (fusion_call(junction=bounded_junction()), UNKNOWN, "joint_not_exact"),
        # A program places the joint to the base inside an exon, and says nothing of inserted bases.
        (fusion_call(junction=junction(linker_sequence=None)), UNKNOWN, "linker_not_known"),
        (
            # Exon 1 of BRD4 is not translated, whatever bases stand between the parts.
            fusion_call(
                junction=junction(
                    five_prime=end("chr19", 15332462, Strand.MINUS), linker_sequence=None
                )
            ),
            UNKNOWN,
            "five_prime_untranslated",
        ),
        (
            # Behind NUTM1's stop codon.
            fusion_call(
                junction=junction(
                    three_prime=end("chr15", 34357700, Strand.PLUS), linker_sequence=None
                )
            ),
            UNKNOWN,
            "three_prime_untranslated",
        ),
        # BRD4 exon 1 is all 5'UTR: the product holds no BRD4 residue.
        (partner_call("BRD4", 1), UNKNOWN, "five_prime_untranslated"),
        # 3'UTR of NUTM1: nothing of NUT is translated.
        (
            fusion_call(junction=junction(three_prime=end("chr15", 34357600, Strand.PLUS))),
            UNKNOWN,
            "three_prime_untranslated",
        ),
        # 3'UTR of BRD4: its own stop codon comes first.
        (
            fusion_call(junction=junction(five_prime=end("chr19", 15236000, Strand.MINUS))),
            STOP,
            "five_prime_stop",
        ),
        # Intron 11 of BRD4.
        (
            fusion_call(junction=junction(five_prime=end("chr19", 15250000, Strand.MINUS))),
            UNKNOWN,
            "five_prime_not_in_coding_exon",
        ),
        # Intron 2 of NUTM1.
        (
            fusion_call(junction=junction(three_prime=end("chr15", 34347900, Strand.PLUS))),
            UNKNOWN,
            "three_prime_not_in_coding_exon",
        ),
        # A gene without exons in the panel.
        (
            fusion_call(
                five_prime_gene=gene("MGA"),
                junction=junction(five_prime=end("chr15", 41_700_000, Strand.PLUS)),
            ),
            UNKNOWN,
            "five_prime_not_in_coding_exon",
        ),
        # A coding part that was only derived weakens the prediction, and says so.
        (partner_call("SLC12A6", 2), IN, "coding_part_unchecked"),
        (partner_call("CIC", 20), IN, "coding_part_unchecked"),
        (partner_call("ZMYND8", 4), OUT, "coding_part_unchecked"),
    ],
)
def test_what_cannot_be_predicted_says_why(
    call: FusionCall, frame: ReadingFrame, reason: str
) -> None:
    found = predict_frame(call, starter_panel())
    assert (found.reading_frame, found.reason) == (frame, reason)
    assert reason in FRAME_REASONS


def test_a_retained_intron_with_a_stop_in_the_reads_is_a_stop_codon() -> None:
    call = fusion_call(
        junction=junction(three_prime=end("chr15", 34347900, Strand.PLUS)),
        consensus_sequence="CCGAAACAG" + "GTTAACCC",  # G|GT TAA
        consensus_junction_offset=9,
    )
    assert predict_frame(call, starter_panel()).reading_frame is STOP


def test_reading_through_the_5_prime_utr_of_nutm1_is_part_of_the_joint() -> None:
    # The last six bases of NUTM1 exon 1 are coding; joining three bases before them adds a codon.
    exon = mane_exon("NUTM1", 1)
    three = end("chr15", exon.end - 6 - 2, Strand.PLUS)
    call = fusion_call(junction=junction(five_prime=donor_end("BRD4", 12), three_prime=three))
    found = predict_frame(call, starter_panel())
    utr = starter_panel().transcripts["ENST00000537011.6"].sequence
    assert utr is not None
    expected = STOP if translate(utr[379:382]) == "*" else IN
    assert found.reading_frame is expected


def test_swapped_partners_are_not_the_same_fusion() -> None:
    swapped = fusion_call(
        five_prime_gene=NUTM1,
        three_prime_gene=gene("BRD4"),
        junction=junction(
            five_prime=end("chr15", NUTM1_EXON_3, Strand.PLUS),
            three_prime=end("chr19", BRD4_EXON_11, Strand.MINUS),
        ),
    )
    assert predict_frame(swapped, starter_panel()) != predict_frame(fusion_call(), starter_panel())


PARTNERS = [
    t.gene
    for t in starter_panel().transcripts.values()
    if t.is_mane and t.gene != "NUTM1" and any(e.end_phase is not None for e in t.exons)
]


@given(st.data())
def test_frame_from_phases_equals_frame_from_offsets(data: st.DataObject) -> None:
    symbol = data.draw(st.sampled_from(PARTNERS))
    mane = starter_panel().mane(symbol)
    assert mane is not None
    coding = [
        e.number for e in mane.exons[:-1] if e.cds_start is not None and e.end_phase is not None
    ]
    last = [e.number for e in mane.exons if e.cds_start is not None][-1]
    donors = [number for number in coding if number < last]
    if not donors:
        return
    donor = mane_exon(symbol, data.draw(st.sampled_from(donors)))
    acceptor = mane_exon("NUTM1", data.draw(st.integers(2, 8)))
    linker = data.draw(st.text(alphabet="ACG", max_size=7))
    call = partner_call(symbol, donor.number, acceptor.number)
    call = call.model_copy(
        update={"junction": call.junction.model_copy(update={"linker_sequence": linker})}
    )
    found = predict_frame(call, starter_panel()).reading_frame
    assert donor.end_phase is not None
    assert acceptor.start_phase is not None
    fits = (donor.end_phase + len(linker)) % 3 == acceptor.start_phase
    assert found in ((IN, STOP) if fits else (OUT,))


@given(
    st.integers(1, 4086),
    st.integers(0, 3482),
    st.text(alphabet="ACGT", max_size=8),
)
def test_frame_equals_a_translation_of_the_whole_fused_transcript(
    coded: int, before: int, linker: str
) -> None:
    """Any base of BRD4's coding part joined to any base of NUTM1's."""
    brd4 = starter_panel().transcripts["ENST00000679869.1"]
    nutm1 = starter_panel().transcripts["ENST00000537011.6"]
    assert brd4.sequence is not None
    assert nutm1.sequence is not None
    assert brd4.cds_start is not None
    assert nutm1.cds_start is not None
    call = fusion_call(
        junction=junction(
            five_prime=end(
                "chr19", brd4.genomic_position(brd4.cds_start - 1 + coded), Strand.MINUS
            ),
            three_prime=end("chr15", nutm1.genomic_position(nutm1.cds_start + before), Strand.PLUS),
            linker_sequence=linker,
        )
    )
    head = brd4.sequence[brd4.cds_start - 1 :][:coded] + linker
    protein = translate(head + nutm1.sequence[nutm1.cds_start - 1 + before :]).partition("*")[0]
    tail = translate(nutm1.sequence[nutm1.cds_start - 1 :]).partition("*")[0]
    whole = tail[-(-before // 3) :]
    found = predict_frame(call, starter_panel())
    if found.reading_frame is IN:
        assert found.protein_length == len(protein)
        assert protein.endswith(whole)
    elif found.reading_frame is STOP:
        assert len(protein) * 3 <= len(head)
    else:
        assert found.reading_frame is OUT
        assert (len(head) - before) % 3
