"""What the packaged starter says about the genes, checked against biology."""

from __future__ import annotations

import pytest

from nutfusion.model.terms import Strand
from nutfusion.reference import load_panel
from nutfusion.reference.exons import coding_bounds
from nutfusion.reference.sequence import translate

PANEL = load_panel()


def test_the_canonical_joint_lies_where_the_literature_has_it() -> None:
    # NM_058243.2:r.1_2380::NM_001284292.2:r.483_4109, PMID 36265509
    brd4 = PANEL.transcripts["ENST00000263377.6"]
    nutm1 = PANEL.transcripts["ENST00000537011.6"]
    assert brd4.genomic_position(2380) == 15254152
    assert nutm1.genomic_position(483) == 34347969
    assert brd4.sequence is not None
    assert nutm1.sequence is not None
    assert brd4.sequence[:2380].endswith("CTCTGACAGCGAAGACTCCGAAACAG")
    assert nutm1.sequence[482:].startswith("CATCTGCATTGCCGGGACCGGATATGAG")


# transcript, exon, GRCh38 donor or acceptor, GRCh37, phase
JOINTS = [
    ("BRD4", 10, 15255297, 15366108, 1),
    ("BRD4", 11, 15254152, 15364963, 1),  # canonical
    ("BRD4", 13, 15244231, 15355042, 1),
    ("BRD4", 14, 15242900, 15353711, 1),
    ("BRD3", 9, 134040034, 136905156, 2),  # ET lost, out of frame
    ("BRD3", 10, 134036032, 136901154, 1),
    ("NSD3", 7, 38326730, 38184248, 1),
]


@pytest.mark.parametrize(("gene", "number", "grch38", "grch37", "phase"), JOINTS)
def test_donors_of_known_fusions(
    gene: str, number: int, grch38: int, grch37: int, phase: int
) -> None:
    mane = PANEL.mane(gene)
    assert mane is not None
    exon = mane.exons[number - 1]
    assert mane.strand is Strand.MINUS
    assert (exon.start, exon.start_grch37, exon.end_phase) == (grch38, grch37, phase)


def test_a_first_exon_that_differs_stays_unplaced() -> None:
    # ENST00000263377.6 starts with 188 nt that MANE Select does not have
    transcript = PANEL.transcripts["ENST00000263377.6"]
    mane = PANEL.mane("BRD4")
    assert mane is not None
    assert transcript.exons == ()
    assert transcript.genomic_position(188) is None
    assert transcript.genomic_position(189) == mane.exons[1].end
    assert len(transcript.blocks) == 19


def test_genes_without_rows_or_lift_are_null_not_absent() -> None:
    assert "MGA" in PANEL.genes
    assert PANEL.mane("MGA") is None
    for gene in ("BCORL1", "IKZF1"):
        mane = PANEL.mane(gene)
        assert mane is not None
        assert all(exon.start_grch37 is None and exon.grch37_check is None for exon in mane.exons)


def test_exon_rows_stay_where_no_sequence_is_known() -> None:
    brd3 = PANEL.mane("BRD3")
    assert brd3 is not None
    assert (brd3.sequence, brd3.refget, brd3.blocks) == (None, None, ())
    assert len(brd3.exons) == 12


@pytest.mark.parametrize("gene", [g for g in PANEL.genes if PANEL.mane(g) is not None])
def test_the_lift_is_one_offset_per_gene_and_phases_follow_the_coding_part(gene: str) -> None:
    mane = PANEL.mane(gene)
    assert mane is not None
    assert mane.strand is not None
    offsets = {e.start_grch37 - e.start for e in mane.exons if e.start_grch37 is not None}
    assert len(offsets) <= 1
    bases = 0
    for exon in mane.exons:
        if exon.cds_start is None or exon.cds_end is None:
            continue
        assert exon.start_phase == bases % 3
        bases += exon.cds_end - exon.cds_start + 1
        assert exon.end_phase == bases % 3
    assert mane.protein_length is not None
    assert bases == 3 * (mane.protein_length + 1)


@pytest.mark.parametrize("accession", [a for a, t in PANEL.transcripts.items() if t.sequence])
def test_sequences_read_from_atg_to_a_stop(accession: str) -> None:
    transcript = PANEL.transcripts[accession]
    assert transcript.sequence is not None
    assert transcript.cds_start is not None
    protein = translate(transcript.sequence[transcript.cds_start - 1 : transcript.cds_end])
    assert protein.startswith("M")
    assert protein.index("*") == len(protein) - 1 == transcript.protein_length
    if transcript.exons and transcript.strand is not None:
        assert coding_bounds(transcript.exons, transcript.strand) == (
            transcript.cds_start,
            transcript.cds_end,
        )


def test_bromodomain_landmarks_lie_inside_the_bromodomains() -> None:
    brd4 = PANEL.mane("BRD4")
    assert brd4 is not None
    assert brd4.sequence is not None
    assert brd4.cds_start is not None
    protein = translate(brd4.sequence[brd4.cds_start - 1 : brd4.cds_end])
    # acetyl-lysine pocket: WPF shelf and the conserved asparagine of each bromodomain
    assert protein[80:83] == "WPF"
    assert protein[139] == "N"
    assert protein[373:376] == "WPF"
    assert protein[432] == "N"
    # ET ends with exon 10, so that an exon 10 fusion keeps all of it: 2047 nt are 682 residues
    ends = {d.name: d.aa_end for d in PANEL.domains if d.gene == "BRD4"}
    assert ends == {"BD1": 147, "BD2": 440, "ET": 682}


def test_only_residues_that_a_paper_gives_are_verified() -> None:
    verified = [(d.gene, d.name, d.aa_start, d.aa_end) for d in PANEL.domains if d.verified]
    assert verified == [("NSD3", "ET-binding", 148, 184)]
    assert all("not verified" in d.source for d in PANEL.domains if not d.verified)
    assert all("PMID" in d.source for d in PANEL.domains if d.verified)


def test_the_acidic_domain_is_numbered_in_the_mane_protein() -> None:
    # 346-593 of 1132 residues, 28 more in the 1160-residue protein
    domain = next(d for d in PANEL.domains if d.gene == "NUTM1")
    assert (domain.aa_start, domain.aa_end) == (374, 621)
