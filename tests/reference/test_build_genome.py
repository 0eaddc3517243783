"""Panels from a genome and its annotation: what is kept, and what is refused."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from tests.reference.builders import (
    STARTER,
    World,
    legacy_nutm1,
    locus_of,
    mane,
    sequence_of,
    with_exon,
    world,
    write,
)

from nutfusion.errors import InputError, ReferenceDataError
from nutfusion.model.terms import Assembly, Strand
from nutfusion.reference import load_panel
from nutfusion.reference.build import BuildOptions, build_from_genome

if TYPE_CHECKING:
    from pathlib import Path

    from nutfusion.model.panel import Panel


def build(made: World, folder: Path, **options: Any) -> Panel:
    genome = made.write_genome(folder / "genome.fa")
    annotation = made.write_gtf(folder / "annotation.gtf")
    return build_from_genome(genome, annotation, BuildOptions(folder / "panel", **options))


def notes(panel: Panel) -> list[str]:
    source = panel.manifest["source"]
    assert isinstance(source, dict)
    return list(source["notes"])


def fact(panel: Panel, name: str) -> object:
    source = panel.manifest["source"]
    assert isinstance(source, dict)
    return source[name]


def test_a_build_gives_the_starters_own_transcripts(tmp_path: Path) -> None:
    panel = build(world(), tmp_path)
    for accession in ("ENST00000537011.6", "ENST00000679869.1"):
        assert panel.transcripts[accession] == STARTER.transcripts[accession]
    assert panel.name == "panel"
    assert fact(panel, "assembly") == {
        "name": "GRCh38",
        "shipped_introns_found": 26,
        "shipped_introns": 26,
    }
    assert fact(panel, "splice_sites") == {"GT/AG": 26}
    assert load_panel(tmp_path / "panel").digest == panel.digest


def test_a_partner_of_the_minus_strand_gets_its_sequence(tmp_path: Path) -> None:
    panel = build(world("NUTM1", "BRD3"), tmp_path)
    brd3 = panel.mane("BRD3")
    assert brd3 is not None
    assert brd3.sequence == sequence_of(mane("BRD3"))
    assert brd3.exons == mane("BRD3").exons
    # end of exon 10, the donor of BRD3::NUTM1
    last = sum(exon.length for exon in brd3.exons[:10])
    assert brd3.genomic_position(last) == 134036032
    # BRD4 is not in the files: the starter's sequence stays
    assert panel.transcripts["ENST00000679869.1"] == STARTER.transcripts["ENST00000679869.1"]


def test_without_the_starter_its_sequences_go_and_its_exons_stay(tmp_path: Path) -> None:
    panel = build(world("NUTM1", "BRD3"), tmp_path, with_starter=False)
    brd4 = panel.mane("BRD4")
    assert brd4 is not None
    assert brd4.sequence is None
    assert brd4.exons == mane("BRD4").exons
    assert "ENST00000263377.6" not in panel.transcripts
    assert panel.domains == STARTER.domains


WRITINGS: list[tuple[dict[str, Any], dict[str, Any], str, str]] = [
    # genome, annotation, names of the files
    ({"prefix": ""}, {"prefix": "chr"}, "genome.fa", "annotation.gtf"),
    ({"lower": True}, {"style": "gencode", "prefix": "chr"}, "genome.fa.gz", "annotation.gtf.gz"),
    ({"prefix": ""}, {"style": "gencode"}, "genome.fa", "annotation.gtf.gz"),
]


@pytest.mark.parametrize(("genome", "annotation", "fasta", "gtf"), WRITINGS)
def test_every_way_of_writing_the_files_gives_the_same_panel(
    tmp_path: Path, genome: dict[str, Any], annotation: dict[str, Any], fasta: str, gtf: str
) -> None:
    made = world("NUTM1", "BRD3")
    expected = build(made, tmp_path)
    panel = build_from_genome(
        made.write_genome(tmp_path / fasta, **genome),
        made.write_gtf(tmp_path / gtf, **annotation),
        BuildOptions(tmp_path / "other"),
    )
    assert panel.digest == expected.digest


def test_the_same_files_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        build(world("NUTM1"), tmp_path / name)
    files = sorted(path.name for path in (tmp_path / "one" / "panel").iterdir())
    for file in files:
        one, two = ((tmp_path / name / "panel" / file).read_bytes() for name in ("one", "two"))
        assert one == two, file


def test_grch37_is_recognised_and_lifted(tmp_path: Path) -> None:
    expected = build(world("NUTM1", "BRD3"), tmp_path)
    panel = build(world("NUTM1", "BRD3", assembly=Assembly.GRCH37), tmp_path, force=True)
    assert fact(panel, "assembly") == {
        "name": "GRCh37",
        "shipped_introns_found": 18,
        "shipped_introns": 18,
    }
    assert dict(panel.transcripts) == dict(expected.transcripts)


def test_a_gene_without_a_lift_is_placed_by_its_shipped_exons(tmp_path: Path) -> None:
    # IKZF1 has no shipped GRCh37 positions: its GRCh37 place is not used, its sequence is
    made = world("NUTM1", "IKZF1", assembly=Assembly.GRCH37)
    panel = build(made, tmp_path)
    ikzf1 = panel.mane("IKZF1")
    assert ikzf1 is not None
    assert ikzf1.sequence == sequence_of(mane("IKZF1"))
    assert [(b.start, b.end) for b in ikzf1.blocks] == [(e.start, e.end) for e in ikzf1.exons]
    assert any(note.startswith("ENST00000331340.8: IKZF1 has no lift") for note in notes(panel))


def test_nutm1_keeps_every_spliced_isoform_and_other_genes_the_coding_ones(tmp_path: Path) -> None:
    made = world("NUTM1", "BRD3")
    legacy = legacy_nutm1()
    decay = replace(legacy, accession="ENST00000000001.1", exons=legacy.exons[:3])
    retained = replace(legacy, accession="ENST00000000002.1", exons=legacy.exons[:2])
    other = replace(mane("BRD3"), accession="ENST00000000003.1", exons=mane("BRD3").exons[:4])
    made.transcripts += [legacy, strip(decay), strip(retained), strip(other)]
    made.biotypes = {
        "ENST00000000001.1": "nonsense_mediated_decay",
        "ENST00000000002.1": "retained_intron",
        "ENST00000000003.1": "processed_transcript",
    }
    panel = build(made, tmp_path)
    assert [t.accession for t in panel.of_gene("NUTM1")] == [
        "ENST00000537011.6",
        "ENST00000000001.1",
        "ENST00000333756.4",
    ]
    assert [t.accession for t in panel.of_gene("BRD3")] == ["ENST00000303407.12"]
    kept = panel.transcripts["ENST00000333756.4"]
    assert (kept.protein_length, kept.cds_checked, kept.is_mane) == (1132, True, False)
    # the same acceptor is exon 3 of MANE Select and exon 2 here
    assert kept.exons[1].start == 34347969
    assert (kept.exons[1].start_phase, kept.exons[1].start_grch37) == (1, 34640170)


def strip(transcript: Any) -> Any:
    """Without a coding part, renumbered."""
    exons = tuple(
        replace(e, cds_start=None, cds_end=None, start_phase=None, end_phase=None)
        for e in transcript.exons
    )
    return replace(transcript, exons=exons)


def test_introns_that_no_isoform_keeps_become_decoys(tmp_path: Path) -> None:
    made = world("NUTM1")
    made.transcripts.append(legacy_nutm1())
    panel = build(made, tmp_path)
    assert [decoy.name for decoy in panel.decoys] == [
        "chr15:34343673-34345894",  # up to the legacy exon, with 30 nt of either exon
        "chr15:34346006-34347998",
        "chr15:34348648-34350733",
        "chr15:34350803-34353765",
        "chr15:34353843-34354475",
        "chr15:34354703-34355050",
        "chr15:34355108-34355517",
    ]
    assert mane("NUTM1").sequence is not None
    assert panel.decoys[1].sequence.endswith("CATCTGCATTGCCGGGACCGGATATGAGCA"[:30])


def test_paralogues_become_decoys_and_never_transcripts(tmp_path: Path) -> None:
    panel = build(world("NUTM1", "NUTM2F"), tmp_path)
    decoys = {decoy.name: decoy for decoy in panel.decoys}
    assert decoys["ENST00000253262.9"].gene == "NUTM2F"
    assert decoys["ENST00000253262.9"].sequence == sequence_of(mane("NUTM2F"))
    paralogue = panel.mane("NUTM2F")
    assert paralogue is not None
    assert paralogue.sequence is None


def test_a_users_own_decoys_are_kept(tmp_path: Path) -> None:
    extra = write(tmp_path / "decoys.fa", ">chr17:43711000-43721999 NSD3 retro-copy\nacgt\nACGT\n")
    panel = build(world("NUTM1"), tmp_path, decoys=(extra,))
    assert [(d.name, d.gene, d.sequence) for d in panel.decoys[-1:]] == [
        ("chr17:43711000-43721999", None, "ACGTACGT")
    ]


def test_a_mane_transcript_that_the_annotation_lacks_is_spliced_by_the_shipped_exons(
    tmp_path: Path,
) -> None:
    # releases before MANE have ENST00000263377 but not ENST00000679869
    made = world()
    made.transcripts = [mane("NUTM1")]
    panel = build(made, tmp_path, with_starter=False)
    assert panel.transcripts["ENST00000679869.1"] == STARTER.transcripts["ENST00000679869.1"]
    assert notes(panel) == [
        (
            "ENST00000679869.1: spliced by the shipped exons, the annotation has it not or in "
            "another form"
        )
    ]


def test_another_version_with_other_ends_is_accepted_and_said(tmp_path: Path) -> None:
    # Ensembl 85: ENST00000537011.5 ends 7 nt earlier
    older = with_exon(mane("NUTM1"), 8, end=34357728, end_grch37=34649929)
    made = world("NUTM1")
    made.transcripts = [replace(older, accession="ENST00000537011.5")]
    panel = build(made, tmp_path)
    nutm1 = panel.transcripts["ENST00000537011.6"]
    assert (nutm1.sequence_of, nutm1.is_mane) == ("ENST00000537011.5", True)
    assert nutm1.exons == mane("NUTM1").exons
    assert nutm1.sequence is not None
    assert (len(nutm1.sequence), nutm1.blocks[-1].end) == (4102, 34357728)
    assert notes(panel) == [
        (
            "ENST00000537011.6: the sequence is that of ENST00000537011.5, which has the same "
            "inner exons and coding part"
        ),
        "ENST00000537011.6: the sequence begins or ends elsewhere than the shipped exons",
    ]


def test_another_version_with_other_exons_gives_way_to_the_shipped_ones(tmp_path: Path) -> None:
    # a release in which the accession was still another transcript, without exon 7
    nutm1 = mane("NUTM1")
    older = replace(nutm1, accession="ENST00000537011.1", exons=(*nutm1.exons[:6], nutm1.exons[7]))
    made = world("NUTM1", "BRD3")
    made.transcripts[0] = older
    panel = build(made, tmp_path, with_starter=False)
    assert panel.mane("NUTM1") == nutm1
    assert notes(panel) == [
        (
            "ENST00000537011.1 (NUTM1): left out, NUTM1 ENST00000537011.6: expected 8 exons, found "
            "7: the annotation contradicts the shipped GRCh38 coordinates; use an unmodified "
            "Ensembl or GENCODE annotation"
        ),
        (
            "ENST00000537011.6: spliced by the shipped exons, the annotation has it not or in "
            "another form"
        ),
    ]


def test_an_annotation_without_versions_serves_shipped_transcripts_only(tmp_path: Path) -> None:
    # Ensembl 75 has no transcript_version
    made = world("NUTM1")
    made.transcripts.append(legacy_nutm1())
    annotation = made.write_gtf(tmp_path / "annotation.gtf")
    annotation.write_text(re.sub(r' transcript_version "\d+";', "", annotation.read_text()))
    genome = made.write_genome(tmp_path / "genome.fa")
    panel = build_from_genome(genome, annotation, BuildOptions(tmp_path / "panel"))
    nutm1 = panel.mane("NUTM1")
    assert nutm1 is not None
    assert (nutm1.sequence, nutm1.sequence_of) == (mane("NUTM1").sequence, "ENST00000537011")
    assert [t.accession for t in panel.of_gene("NUTM1")] == ["ENST00000537011.6"]
    assert ("ENST00000333756 (NUTM1): left out, the annotation gives no version") in notes(panel)


def test_gencodes_suffixes_on_grch37_are_dropped(tmp_path: Path) -> None:
    made = world("NUTM1", assembly=Assembly.GRCH37)
    annotation = made.write_gtf(tmp_path / "annotation.gtf", style="gencode", prefix="chr")
    text = annotation.read_text().replace('"ENST00000537011.6"', '"ENST00000537011.6_3"')
    annotation.write_text(text)
    genome = made.write_genome(tmp_path / "genome.fa")
    panel = build_from_genome(genome, annotation, BuildOptions(tmp_path / "panel"))
    assert panel.mane("NUTM1") == mane("NUTM1")


def test_a_coding_part_that_nobody_checked_gives_way_to_the_annotations(tmp_path: Path) -> None:
    # ZMYND8's shipped coding part is the longest frame only; this annotation ends it sooner
    zmynd8 = mane("ZMYND8")
    assert not zmynd8.cds_checked
    coding = [e for e in zmynd8.exons if e.cds_start is not None]
    other = locus_of(zmynd8)
    first = coding[0]
    assert first.cds_end is not None
    assert zmynd8.strand is Strand.MINUS
    # an ATG 3 codons further in
    made = World([locus_of(mane("NUTM1")), other], [mane("NUTM1")])
    at = first.cds_end - 9 - other.start
    other.bases = other.bases[: at - 2] + "CAT" + other.bases[at + 1 :]
    made.transcripts.append(with_exon(zmynd8, first.number, cds_end=first.cds_end - 9))
    panel = build(made, tmp_path)
    built = panel.mane("ZMYND8")
    assert built is not None
    assert zmynd8.protein_length is not None
    assert built.protein_length == zmynd8.protein_length - 3
    assert built.exons[first.number - 1].cds_end == first.cds_end - 9
    assert (
        f"{zmynd8.accession}: the coding part is the annotation's ({built.protein_length} "
        "residues); the shipped one was not checked"
    ) in notes(panel)


def test_a_gene_without_shipped_exons_takes_the_annotations_mane(tmp_path: Path) -> None:
    # MGA is in no shipped exon table
    stand_in = replace(mane("BRD3"), accession="ENST00000219905.12", gene="MGA", contig="chr15")
    made = world("NUTM1")
    locus = locus_of(mane("BRD3"))
    locus.contig = "chr15"
    made.loci.append(locus)
    made.transcripts.append(stand_in)
    made.tags = {"ENST00000219905.12": ("MANE_Select", "basic")}
    panel = build(made, tmp_path)
    mga = panel.mane("MGA")
    assert mga is not None
    assert mga.accession == "ENST00000219905.12"
    assert mga.exons[0].start_grch37 is None


def test_transcripts_that_the_genome_lacks_are_left_out_and_named(tmp_path: Path) -> None:
    made = world("NUTM1", "BRD3")
    made.loci = made.loci[:1]
    panel = build(made, tmp_path)
    assert not panel.has_sequence("BRD3")
    assert notes(panel) == [
        "ENST00000303407.12 (BRD3): left out, the FASTA does not have all of it"
    ]


def test_an_isoform_whose_frame_is_broken_is_left_out_and_named(tmp_path: Path) -> None:
    made = world("NUTM1")
    broken = with_exon(legacy_nutm1(), 1, cds_start=34346019)
    made.transcripts.append(broken)
    panel = build(made, tmp_path)
    assert "ENST00000333756.4" not in panel.transcripts
    assert notes(panel) == [
        "ENST00000333756.4 (NUTM1): left out, expected ATG where the coding part starts, found GAT"
    ]


def test_isoforms_without_an_end_keep_their_start(tmp_path: Path) -> None:
    made = world("NUTM1")
    cut = replace(mane("NUTM1"), accession="ENST00000000004.1", exons=mane("NUTM1").exons[:4])
    made.transcripts.append(cut)
    made.tags = {"ENST00000000004.1": ("cds_end_NF", "mRNA_end_NF")}
    # the last three coding bases are annotated as CDS by such records, not as a stop codon
    panel = build(made, tmp_path)
    kept = panel.transcripts["ENST00000000004.1"]
    assert (kept.cds_start, kept.cds_end, kept.protein_length) == (383, None, None)


def test_copies_on_other_contigs_are_left_out(tmp_path: Path) -> None:
    # BRD2 lies in the MHC, which has seven alternative contigs
    made = world("NUTM1")
    copy = replace(mane("NUTM1"), accession="ENST00000000005.1", contig="HSCHR15_ALT")
    made.transcripts.append(copy)
    panel = build(made, tmp_path)
    assert notes(panel) == [
        "ENST00000000005.1: left out, NUTM1 lies on chr15, this copy on chrHSCHR15_ALT"
    ]


def refusal(made: World, folder: Path) -> ReferenceDataError:
    with pytest.raises(ReferenceDataError) as caught:
        build(made, folder)
    assert not (folder / "panel").exists()
    assert caught.value.exit_code == 3
    return caught.value


def test_an_exon_shifted_by_one_is_refused(tmp_path: Path) -> None:
    made = world()
    made.transcripts[0] = with_exon(mane("NUTM1"), 3, start=34347970, cds_start=34347970)
    assert str(refusal(made, tmp_path)) == (
        f"{tmp_path}/annotation.gtf:2: NUTM1 ENST00000537011.6 exon 3: expected "
        "chr15:34347969-34348677 (709 nt) on GRCh38, found chr15:34347970-34348677 (708 nt) on "
        "GRCh38: the annotation contradicts the shipped GRCh38 coordinates; use an unmodified "
        "Ensembl or GENCODE annotation"
    )


def test_a_shifted_exon_on_grch37_is_named_in_grch38(tmp_path: Path) -> None:
    made = world(assembly=Assembly.GRCH37)
    made.transcripts[1] = with_exon(mane("BRD4"), 11, start=15254153, cds_start=15254153)
    error = refusal(made, tmp_path)
    assert "BRD4 ENST00000679869.1 exon 11: expected chr19:15254152-15254262" in error.message


def test_a_missing_exon_is_refused(tmp_path: Path) -> None:
    made = world()
    nutm1 = mane("NUTM1")
    made.transcripts[0] = replace(nutm1, exons=(*nutm1.exons[:3], *nutm1.exons[4:]))
    assert "expected 8 exons, found 7" in refusal(made, tmp_path).message


def test_a_wrong_coding_part_is_refused(tmp_path: Path) -> None:
    made = world()
    made.transcripts[0] = with_exon(mane("NUTM1"), 1, cds_start=34343694)
    assert str(refusal(made, tmp_path)) == (
        f"{tmp_path}/annotation.gtf:2: NUTM1 ENST00000537011.6 exon 1: expected the coding part "
        "34343697-34343702 on GRCh38 (protein of 1160 residues), found 34343694-34343702: the "
        "annotation contradicts the shipped GRCh38 coordinates; use an unmodified Ensembl or "
        "GENCODE annotation"
    )


def test_a_genome_of_the_other_assembly_is_refused(tmp_path: Path) -> None:
    made = world("NUTM1")
    annotation = made.write_gtf(tmp_path / "annotation.gtf")
    # GRCh38 annotation; the FASTA has GRCh37 bases under GRCh38 positions
    for locus in made.loci:
        locus.bases = locus.bases[7:] + "ACGTACG"
    genome = made.write_genome(tmp_path / "genome.fa")
    with pytest.raises(ReferenceDataError) as caught:
        build_from_genome(genome, annotation, BuildOptions(tmp_path / "panel"))
    assert caught.value.path == str(genome)
    assert "NUTM1 ENST00000537011.6: expected" in caught.value.message
    assert caught.value.message.endswith(
        "the FASTA and the annotation do not fit together; use the genome of the annotation's "
        "assembly"
    )


def test_an_annotation_on_neither_assembly_is_refused(tmp_path: Path) -> None:
    # a mini-genome in its own coordinates
    nutm1 = mane("NUTM1")
    moved = [replace(e, start=e.start - 34343000, end=e.end - 34343000) for e in nutm1.exons]
    coding = [
        replace(
            e,
            cds_start=None if e.cds_start is None else e.cds_start - 34343000,
            cds_end=None if e.cds_end is None else e.cds_end - 34343000,
        )
        for e in moved
    ]
    made = world("NUTM1")
    made.transcripts = [replace(nutm1, exons=tuple(coding))]
    assert str(refusal(made, tmp_path)) == (
        f"{tmp_path}/annotation.gtf: the annotation is neither on GRCh38 nor on GRCh37: expected "
        "intron 1 of NUTM1 ENST00000537011.6 at chr15:34343703-34345941 on GRCh38 or "
        "34635904-34638142 on GRCh37, found 703-2941, 3036-4968, 5678-7703; use an annotation in "
        "true coordinates of one of these assemblies"
    )


def test_a_truncated_whole_contig_is_refused(tmp_path: Path) -> None:
    made = world("CHRM5")
    locus = made.loci[0]
    # a stand-in for a whole chromosome: the locus moved to the contig's start
    made.transcripts = []
    short = write(tmp_path / "genome.fa", f">chr15\n{locus.bases[:500]}\n")
    annotation = world("NUTM1").write_gtf(tmp_path / "annotation.gtf")
    with pytest.raises(InputError) as caught:
        build_from_genome(short, annotation, BuildOptions(tmp_path / "panel"))
    assert str(caught.value) == (
        f"{short}: chr15 ends at 500, but NUTM1 ENST00000537011.6 needs its bases up to 34357735: "
        "the file is truncated, or of another assembly than the annotation"
    )


def test_files_without_a_panel_gene_are_refused(tmp_path: Path) -> None:
    made = world("NUTM1")
    annotation = made.write_gtf(tmp_path / "annotation.gtf")
    genome = write(tmp_path / "genome.fa", ">chr1\nACGT\n")
    with pytest.raises(InputError) as caught:
        build_from_genome(genome, annotation, BuildOptions(tmp_path / "panel"))
    assert str(caught.value) == (
        f"{genome}: expected the bases of a panel gene of annotation.gtf, found none; contigs are "
        "named chr15 or 15, regions chr15:34343215-34357837"
    )


# text of an annotation, line, part of the message
NO_GTF = [
    ("##gff-version 3\nchr15\t.\tgene\n", 1, "expected GTF, found GFF3"),
    ("chr15 NUTM1 exon\n", 1, "expected 9 tab-separated columns of GTF, found 1"),
    ('15\tx\texon\t5\t3\t.\t+\t.\tgene_name "NUTM1"; transcript_id "T";\n', 1, "start <= end"),
    ('15\tx\texon\t3\t5\t.\t.\t.\tgene_name "NUTM1"; transcript_id "T";\n', 1, r"strand \+ or -"),
    ('15\tx\texon\t3\t5\t.\t+\t.\tgene_name "NUTM1";\n', 1, "exon: expected a transcript_id"),
    ('1\tx\texon\t3\t5\t.\t+\t.\tgene_name "TP53"; transcript_id "T";\n', None, "found none"),
]


@pytest.mark.parametrize(("text", "line", "message"), NO_GTF)
def test_what_is_no_annotation_is_refused(
    tmp_path: Path, text: str, line: int | None, message: str
) -> None:
    annotation = write(tmp_path / "annotation.gtf", text)
    genome = write(tmp_path / "genome.fa", ">chr15\nACGT\n")
    with pytest.raises(InputError, match=message) as caught:
        build_from_genome(genome, annotation, BuildOptions(tmp_path / "panel"))
    assert (caught.value.path, caught.value.line) == (str(annotation), line)


def test_an_unknown_splice_site_of_a_shipped_transcript_is_refused(tmp_path: Path) -> None:
    made = world("NUTM1")
    locus = made.loci[0]
    at = 34343703 - locus.start
    locus.bases = locus.bases[:at] + "CC" + locus.bases[at + 2 :]
    assert (
        "expected intron 1 to begin and end with one of GT/AG, GC/AG, AT/AC, found CC/AG"
        in refusal(made, tmp_path).message
    )


def test_rare_splice_sites_are_counted(tmp_path: Path) -> None:
    made = world("NUTM1")
    locus = made.loci[0]
    at = 34343703 - locus.start
    locus.bases = locus.bases[:at] + "GC" + locus.bases[at + 2 :]
    assert fact(build(made, tmp_path), "splice_sites") == {"GC/AG": 1, "GT/AG": 6}
