"""From words to junctions: what each numbering leads to, in which order, and what is said."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.builders import starter_panel

from nutfusion.annotation.exon_names import name_candidates
from nutfusion.annotation.exon_names_text import as_text
from nutfusion.annotation.report_text import LONGEST_TEXT, MOST_FUSIONS
from nutfusion.model.exon_names import FusionReading, NumberingTag
from nutfusion.model.terms import ReadingFrame

if TYPE_CHECKING:
    from pathlib import Path

    from nutfusion.model.exon_names import NameCandidate

BRD4 = {10: 15255297, 11: 15254152, 12: 15244710, 14: 15242900, 15: 15239910}
"""Last base of BRD4 exons, NM_058243, GRCh38 chr19."""
BRD3 = {9: 134040034, 10: 134036032, 11: 134034701}
"""The same of BRD3, chr9."""
NSD3_7 = 38326730
NUTM1 = {2: 34345942, 3: 34347969, 4: 34350704}
"""First base of NUTM1 exons, MANE Select, GRCh38 chr15."""


def read(text: str) -> FusionReading:
    """The reading of a text that names one fusion."""
    (fusion,) = name_candidates(text, starter_panel()).fusions
    return fusion


def places(fusion: FusionReading) -> list[tuple[int | None, int | None]]:
    return [(c.five_prime.end.position, c.three_prime.end.position) for c in fusion.candidates]


def in_frame(fusion: FusionReading) -> list[tuple[int | None, int | None]]:
    return [
        place
        for place, candidate in zip(places(fusion), fusion.candidates, strict=True)
        if candidate.reading_frame is ReadingFrame.IN_FRAME
    ]


def codes(fusion: FusionReading) -> list[str]:
    return [remark.code for remark in fusion.remarks]


def numbering(candidate: NameCandidate) -> tuple[str, str]:
    return (
        candidate.five_prime.numberings[0].numbering,
        candidate.three_prime.numberings[0].numbering,
    )


@pytest.mark.parametrize(
    ("text", "first"),
    [
        # Carcinoma papers: NUT exon 2 is the legacy number of the canonical acceptor.
        ("BRD4 exon 11 NUT exon 2", (BRD4[11], NUTM1[3])),
        # Leukaemia papers and MANE Select: the same base is exon 3.
        ("BRD4 e11 – NUTM1 e3", (BRD4[11], NUTM1[3])),
        ("BRD4-NUT (ex11:ex2)", (BRD4[11], NUTM1[3])),
        ("BRD4(11)-NUTM1(2)", (BRD4[11], NUTM1[3])),
        # Oncomine: first letters and exons behind the two genes.
        ("BRD4-NUTM1.B11N2", (BRD4[11], NUTM1[3])),
        ("exon 11 de BRD4 / exon 2 de NUT", (BRD4[11], NUTM1[3])),
        ("entre l'exon 11 du gène BRD4 et l'exon 2 du gène NUTM1", (BRD4[11], NUTM1[3])),
        ("Exon 7 of NSD3 fused to exon 2 of the NUT gene", (NSD3_7, NUTM1[3])),
        ("NSD3 ex7; NUTM1 ex3", (NSD3_7, NUTM1[3])),
        # WHSC1L1 is the previous symbol of NSD3, C15orf55 of NUTM1.
        ("WHSC1L1 exon 7::C15orf55 exon 2", (NSD3_7, NUTM1[3])),
        # Exons kept, from first to last: the joint is the last of the 5' and the first of the 3'.
        ("BRD4 ex1-11::NUTM1 ex3-8", (BRD4[11], NUTM1[3])),
        # The disease has the gene's name and is not the gene.
        ("NUT carcinoma, BRD4 exon 11 to NUT exon 2", (BRD4[11], NUTM1[3])),
        ("carcinome NUT : BRD4e11-NUTM1e3", (BRD4[11], NUTM1[3])),
        # A gene level name first, the exons further on.
        ("Fusion BRD4::NUTM1. BRD4 exon 11, NUTM1 exon 2", (BRD4[11], NUTM1[3])),
        ("BRD4-NUTM1 fusion (exon 11/exon 2), 41 reads", (BRD4[11], NUTM1[3])),
        ("BRD4_11-NUTM1_2", (BRD4[11], NUTM1[3])),
        # "of" leads to the gene only when it follows at once.
        ("exon 11 :: exon 2 of a fusion between BRD4 and NUT", (BRD4[11], NUTM1[3])),
        # Full-width digits, as a text copied from a PDF may have them.
        ("BRD4 exon １１ NUT exon 2", (BRD4[11], NUTM1[3])),
    ],
)
def test_the_in_frame_reading_stands_first(text: str, first: tuple[int, int]) -> None:
    fusion = read(text)
    assert places(fusion)[0] == first
    assert in_frame(fusion) == [first]
    assert fusion.is_ambiguous
    assert "ambiguous" in codes(fusion)


def test_a_candidate_has_both_assemblies_names_and_the_dossiers_identifier(project: Path) -> None:
    golden = project / "tests" / "workflow" / "golden" / "bet.dossier.json"
    dossier = json.loads(golden.read_text())
    candidate = read("BRD4 exon 11 NUT exon 2").candidates[0]
    assert candidate.fusion_id == dossier["fusions"][0]["fusion_id"]
    assert candidate.five_prime.position_grch37 == 15364963  # NM_058243 exon 11, GRCh37
    assert candidate.three_prime.position_grch37 == 34640170
    assert candidate.three_prime.grch37_verified
    assert "NM_058243.3(BRD4):e.11::NM_001284292.2(NUTM1):e.3" in candidate.names
    assert candidate.protein_length == 1846  # 719 + the split codon + 1126
    assert candidate.three_prime.mane is not None
    assert candidate.three_prime.mane.exon == 3
    legacy = [n for n in candidate.three_prime.numberings if n.accession == "NM_175741.2"]
    assert [(n.exon, n.tag) for n in legacy] == [(2, NumberingTag.VERIFIED)]


def test_out_of_frame_readings_are_kept_with_mane_before_the_others() -> None:
    # MANE exon 2 starts in phase 0, BRD4 exon 11 ends in phase 1; version 5 of the Ensembl
    # transcript has an exon 2 in the untranslated part.
    fusion = read("BRD4 exon 11 NUT exon 2")
    assert places(fusion) == [(BRD4[11], NUTM1[3]), (BRD4[11], NUTM1[2]), (BRD4[11], 34345857)]
    assert [numbering(c)[1] for c in fusion.candidates] == ["legacy", "MANE Select", "Ensembl 110"]
    assert [c.reading_frame for c in fusion.candidates[1:]] == [
        ReadingFrame.OUT_OF_FRAME,
        ReadingFrame.NOT_PREDICTED,
    ]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("NM_058243.3(BRD4):e.11::NM_001284292.2(NUTM1):e.3", (BRD4[11], NUTM1[3])),
        ("NM_058243.3:e.11::NM_001284292.2:e.3", (BRD4[11], NUTM1[3])),
        ("BRD4 (NM_058243.3) exon 11, NUTM1 (NM_175741.2) exon 2", (BRD4[11], NUTM1[3])),
        ("BRD4 exon 11 (NM_058243.3) - NUTM1 exon 2 (NM_001284292.2)", (BRD4[11], NUTM1[2])),
        # The same Ensembl id gives exon 2 or 3 by its version, which is the annotation's release.
        ("NM_058243.3(BRD4) ex11 / ENST00000333756.4(NUTM1) ex2", (BRD4[11], NUTM1[3])),
        ("NM_058243.3(BRD4) ex11 / ENST00000333756.5(NUTM1) ex3", (BRD4[11], NUTM1[3])),
        ("NM_058243.3(BRD4) ex11 / ENST00000438749.7(NUTM1) ex2", (BRD4[11], NUTM1[3])),
        ("NM_058243.3(BRD4) ex15 / NM_175741.2(NUTM1) ex2", (BRD4[15], NUTM1[3])),
        # VICC offsets: three bases before the end of exon 11, twelve into exon 3.
        (
            "NM_058243.3(BRD4):e.11-3::NM_001284292.2(NUTM1):e.3+12",
            (BRD4[11] + 3, NUTM1[3] + 12),
        ),
    ],
)
def test_a_transcript_with_a_known_version_decides(text: str, place: tuple[int, int]) -> None:
    fusion = read(text)
    assert places(fusion) == [place]
    assert not fusion.is_ambiguous
    assert fusion.candidates[0].three_prime.version_stated


@pytest.mark.parametrize(
    ("accession", "code"),
    [
        # Without its version the id means exon 2 or exon 3.
        ("ENST00000333756", "transcript_without_version"),
        ("NM_175741.1", "other_transcript_version"),
        ("NM_001284293.1", "transcript_unknown"),
        # A transcript of another gene.
        ("NM_058243.3", "transcript_unknown"),
    ],
)
def test_a_transcript_that_does_not_decide_is_said_and_all_are_tried(
    accession: str, code: str
) -> None:
    fusion = read(f"BRD4 exon 11::{accession}(NUTM1) exon 2")
    assert code in codes(fusion)
    assert {three for _, three in places(fusion)} == {NUTM1[3], NUTM1[2], 34345857}


@pytest.mark.parametrize("accession", ["NM_007371", "NM_007371.4"])
def test_an_accession_known_without_a_version_decides_nothing(accession: str) -> None:
    # The list has NM_007371 as its sources write it, without a version.
    fusion = read(f"{accession}(BRD3) exon 9::NM_001284292.2(NUTM1) exon 3")
    assert places(fusion) == [(BRD3[9], NUTM1[3]), (BRD3[10], NUTM1[3])]
    assert [c.five_prime.transcript_stated for c in fusion.candidates] == [True, False]
    assert not any(c.five_prime.version_stated for c in fusion.candidates)
    assert fusion.candidates[1].reading_frame is ReadingFrame.IN_FRAME


def test_the_stated_transcript_stands_before_a_reading_in_frame() -> None:
    # ENST00000333756 exon 2 of version 5 has no frame; MANE exon 2 is in frame with BRD4 exon 12.
    fusion = read("BRD4 exon 12::ENST00000333756(NUTM1) exon 2")
    stated = [c.three_prime.transcript_stated for c in fusion.candidates]
    assert stated == [True, True, False]
    assert fusion.candidates[2].reading_frame is ReadingFrame.IN_FRAME


def test_brd4_exon_10_of_older_papers_stays_ambiguous() -> None:
    # Exons 10 and 11 both end in phase 1: nothing but the paper's transcript can tell.
    fusion = read("BRD4 exon 10 NUT exon 2")
    assert in_frame(fusion) == [(BRD4[10], NUTM1[3]), (BRD4[11], NUTM1[3])]
    (unsure,) = [r for r in fusion.remarks if r.code == "numbering_unverified"]
    assert "frame cannot tell" in unsure.says
    assert "unverified" in fusion.candidates[1].reasons[0]


def test_the_perth_groups_exon_15_is_exon_14_and_marked_inferred() -> None:
    # PER-624: three exons more than exon 11, in frame. Exon 15 of NM_058243 ends in phase 0 and
    # fits no canonical acceptor, but MANE exon 2: both readings stay.
    fusion = read("BRD4 exon 15 :: NUT exon 2")
    assert in_frame(fusion) == [(BRD4[15], NUTM1[2]), (BRD4[14], NUTM1[3])]
    perth = fusion.candidates[1]
    assert numbering(perth) == ("Perth group", "legacy")
    assert perth.reasons[0] == ("BRD4 exon 15 (Perth group, inferred) = ENST00000679869.1 exon 14")
    assert "numbering_inferred" in codes(fusion)


def test_brd3_exon_9_of_the_first_report_is_exon_10() -> None:
    # PMID 17934517 keeps the ET domain, which exon 9 of NM_007371 loses, out of frame.
    fusion = read("BRD3 exon 9::NUTM1 exon 2")
    assert in_frame(fusion) == [(BRD3[10], NUTM1[3])]
    assert fusion.candidates[0].five_prime.numberings[0].tag is NumberingTag.INFERRED
    assert (BRD3[9], NUTM1[3]) in places(fusion)


def test_without_exons_every_catalogued_donor_is_tried_and_said() -> None:
    fusion = read("BRD4::NUTM1")
    assert {five for five, _ in places(fusion)} == {15254152, 15255297, 15244231, 15242900}
    assert {three for _, three in places(fusion)} == {NUTM1[3]}
    assert places(fusion)[0] == (BRD4[11], NUTM1[3])  # the one that was read in a report
    assert codes(fusion)[:2] == ["exon_not_stated", "exon_not_stated"]
    assert "exon 10, 11, 13, 14" in fusion.remarks[0].says


def test_one_exon_without_the_other_uses_what_is_there() -> None:
    assert places(read("BRD4 exon 14::NUTM1")) == [(BRD4[14], NUTM1[3])]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("YAP1::NUTM1", "exon_not_stated"),  # no joint of YAP1 is catalogued
        ("XYZ1 exon 3::NUTM1 exon 2", "gene_unknown"),
        ("NM_888888.1:e.4::NUTM1 exon 2", "transcript_unknown"),
        ("MGA exon 22::NUTM1 exon 3", "no_exons_in_panel"),  # a gene without exons in the starter
        ("BRD4 exon 99::NUTM1 exon 2", "exon_out_of_range"),
        ("BRD4 exon 0::NUTM1 exon 2", "exon_out_of_range"),
        ("BRD4 exon 11::NM_175741.2(NUTM1) exon 8", "exon_out_of_range"),  # it has seven
        ("BRD4 e.11+5::NUTM1 e.3", "offset_outside_exon"),  # into the intron
        ("c15orf55", "one_gene_only"),
        ("NUT exon 2", "one_gene_only"),
        ("EML4::ALK", "not_a_nutm1_fusion"),
        ("NUTM1::BRD4", "nutm1_is_five_prime"),
    ],
)
def test_what_has_no_candidate_says_why(text: str, code: str) -> None:
    fusion = read(text)
    assert fusion.candidates == ()
    assert code in codes(fusion)


def test_nutm1_as_five_prime_gene_is_not_turned_round() -> None:
    # The reciprocal transcript: NUTM1 exon ends, BRD4 exon starts.
    fusion = read("NUTM1 exon 3::BRD4 exon 12")
    assert codes(fusion)[0] == "nutm1_is_five_prime"
    assert {c.five_prime.gene.symbol for c in fusion.candidates} == {"NUTM1"}
    assert (34348677, 15244762) in places(fusion)  # end of MANE exon 3, start of BRD4 exon 12


def test_exon_1_as_three_prime_part_is_said_to_have_no_acceptor() -> None:
    assert "first_exon_as_three_prime" in codes(read("BRD4 exon 11::NUTM1 exon 1"))


def test_letters_alone_give_a_reading_for_each_catalogued_gene() -> None:
    fusions = name_candidates("B11N2", starter_panel()).fusions
    assert [f.five_prime.gene.symbol for f in fusions if f.five_prime and f.five_prime.gene] == [
        "BRD4",
        "BRD3",
    ]
    assert all("gene_from_letter" in codes(fusion) for fusion in fusions)


def test_several_fusions_of_one_text_stay_apart() -> None:
    text = "1) BRD4 exon 11::NUTM1 exon 2; 2) NSD3 exon 7 - NUTM1 exon 3. BRD3::NUTM1"
    fusions = name_candidates(text, starter_panel()).fusions
    assert [fusion.written for fusion in fusions] == [
        "BRD4 exon 11::NUTM1 exon 2",
        "NSD3 exon 7 - NUTM1 exon 3",
        "BRD3::NUTM1",
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        # DNA broke in the intron; RNA may still splice to another acceptor (PMID 12543779).
        ("BRD4 intron 11::NUTM1 intron 2", "intron_not_used"),
        ("BRD4::NUTM1 chr19:15254152 chr15:34347969", "coordinates_not_used"),
        # A number whose gene is not told is not guessed to a gene.
        ("exon 12 is skipped; BRD4::NUTM1", "exon_not_used"),
    ],
)
def test_what_was_not_used_is_said(text: str, code: str) -> None:
    reading = name_candidates(text, starter_panel())
    assert code in [remark.code for remark in reading.remarks]


def test_an_exon_of_a_gene_that_stands_alone_is_shown_beside_the_fusion() -> None:
    fusions = name_candidates("BRD4::NUTM1. " + "x " * 60 + "BRD4 exon 3.", starter_panel()).fusions
    assert [(f.written, codes(f)[0]) for f in fusions] == [
        ("BRD4::NUTM1", "exon_not_stated"),
        ("BRD4 exon 3", "one_gene_only"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "No fusion was found.",
        "H3K27M, P2X7, T2N1",  # a histone mark, a receptor, a tumour stage
        "NUT carcinoma",
        "NUT IHC positive",
        "a mad cat",  # MAD is a previous symbol of MXD1
    ],
)
def test_words_without_a_fusion_give_none_and_say_so(text: str) -> None:
    reading = name_candidates(text, starter_panel())
    assert reading.fusions == ()
    assert [remark.code for remark in reading.remarks] == ["no_fusion_named"]


def test_a_very_long_text_is_cut_and_said_to_be() -> None:
    reading = name_candidates("BRD4::NUTM1 " + "x " * LONGEST_TEXT, starter_panel())
    assert [remark.code for remark in reading.remarks] == ["text_cut"]
    many = " ".join(f"BRD4 exon {n}::NUTM1 exon 2." for n in range(100, 200))
    assert len(name_candidates(many, starter_panel()).fusions) == MOST_FUSIONS


WORDS = (
    "BRD4 NUT NUTM1 C15orf55 NSD3 XYZ1 exon ex e. 11 2 0 999 1-2 :: - -- / ( ) ; , . de of B11N2"
    " NM_058243.3 ENST00000333756 ENST00000333756.5 NM_1 HGNC:29919 ENSG00000184507 e11 +12 -3"
    " \ud800 é – ² ١١ carcinoma to"
)
PIECES = st.sampled_from([*WORDS.split(), "\n\n", " ", ". "])


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=24), st.sampled_from(["", " ", "  "]))
def test_any_mix_of_words_is_read_without_an_error(pieces: list[str], gap: str) -> None:
    reading = name_candidates(gap.join(pieces), starter_panel())
    as_text(reading).encode()
    reading.model_dump_json()
    for fusion in reading.fusions:
        assert fusion.is_ambiguous is (len(fusion.candidates) > 1)
        assert fusion.candidates or fusion.remarks


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_read_without_an_error(text: str) -> None:
    as_text(name_candidates(text, starter_panel())).encode()


@settings(max_examples=40, deadline=None)
@given(st.integers(2, 20), st.integers(2, 8), st.sampled_from(["exon ", "ex", "e.", "Exon "]))
def test_mane_numbers_always_lead_to_the_mane_exons(five: int, three: int, word: str) -> None:
    fusion = read(f"BRD4 {word}{five}::NUTM1 {word}{three}")
    labels = [
        (c.five_prime.mane.exon, c.three_prime.mane.exon)
        for c in fusion.candidates
        if c.five_prime.mane and c.three_prime.mane
    ]
    assert (five, three) in labels
