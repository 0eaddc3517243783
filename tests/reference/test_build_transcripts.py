"""Panels from transcript sequences: headers, declarations, placing, refusals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests.reference.builders import (
    STARTER,
    STRANGE,
    mane,
    sequence_of,
    write,
    write_fasta,
)

from nutfusion.errors import InputError, ReferenceDataError
from nutfusion.reference.build import BuildOptions, build_from_transcripts
from nutfusion.reference.headers import Header, parse_header
from nutfusion.reference.name_map import Declarations, Naming, read_name_map

if TYPE_CHECKING:
    from pathlib import Path

    from nutfusion.model.panel import Panel

BRD3 = sequence_of(mane("BRD3"))
NUTM1 = sequence_of(mane("NUTM1"))


def build(
    folder: Path,
    records: list[tuple[str, str]],
    declared: Declarations | None = None,
    **options: Any,
) -> Panel:
    path = write_fasta(folder / "transcripts.fa", records)
    return build_from_transcripts(
        [path], declared or Declarations.of(), BuildOptions(folder / "panel", **options)
    )


def notes(panel: Panel) -> list[str]:
    source = panel.manifest["source"]
    assert isinstance(source, dict)
    return list(source["notes"])


# header, what it says
HEADERS = [
    (
        (
            "ENST00000537011.6|ENSG00000184507.17|OTTHUMG1.1|-|NUTM1-203|NUTM1|4109|UTR5:1-382|"
            "CDS:383-3865|UTR3:3866-4109|"
        ),
        Header("ENST00000537011.6", "NUTM1", None, None, (383, 3865)),
    ),
    (
        "ENST00000537011.6|ENSG00000184507.17|OTTHUMG1.1|-|NUTM1-203|NUTM1|4109|protein_coding|",
        Header("ENST00000537011.6", "NUTM1", None, "protein_coding", None),
    ),
    (
        (
            "ENST00000303407.12 cdna chromosome:GRCh38:9:1:2:-1 gene:ENSG00000169925.17"
            " gene_biotype:protein_coding transcript_biotype:nonsense_mediated_decay "
            "gene_symbol:BRD3 "
            "description:bromodomain containing 3 [Source:HGNC Symbol;Acc:HGNC:1104]"
        ),
        Header("ENST00000303407.12", "BRD3", "HGNC:1104", "nonsense_mediated_decay", None, "chr9"),
    ),
    (
        "NM_007371.4 Homo sapiens bromodomain containing 3 (BRD3), transcript variant 1, mRNA",
        Header("NM_007371.4", "BRD3", None, None, None),
    ),
    (
        "NM_175741.3 Homo sapiens NUT midline carcinoma family member 1 (NUTM1), mRNA",
        Header("NM_175741.3", "NUTM1", None, None, None),
    ),
    ("NM_017561 gene:NUTM2F hg19", Header("NM_017561", "NUTM2F", None, None, None)),
    ("KinBase|SK762|BRD3 symbol:BRD3", Header("KinBase|SK762|BRD3", None, None, None, None)),
    ("", Header("", None, None, None, None)),
]


@pytest.mark.parametrize(("text", "expected"), HEADERS)
def test_headers_of_every_source(text: str, expected: Header) -> None:
    assert parse_header(text) == expected


@pytest.mark.parametrize(
    "header",
    [
        "ENST00000303407.12|ENSG1.1|-|-|BRD3-201|BRD3|5661|protein_coding|",
        "ENST00000303407.12 cdna chromosome:GRCh38:9 gene_symbol:BRD3",
        "ENST00000303407.12",
    ],
)
def test_a_mane_transcript_gets_its_sequence_and_place(tmp_path: Path, header: str) -> None:
    panel = build(tmp_path, [(header, BRD3)])
    brd3 = panel.mane("BRD3")
    assert brd3 is not None
    assert brd3.sequence == BRD3
    assert [(b.start, b.end) for b in brd3.blocks] == [(e.start, e.end) for e in brd3.exons]
    assert notes(panel) == []


def test_the_refseq_twin_is_the_mane_transcript_and_its_ends_may_differ(tmp_path: Path) -> None:
    # NM_007371 begins 56 nt later and ends 2,000 nt earlier
    panel = build(tmp_path, [("NM_007371.4 Homo sapiens x (BRD3), mRNA", BRD3[56:-2000])])
    brd3 = panel.mane("BRD3")
    assert brd3 is not None
    assert (brd3.accession, brd3.sequence_of) == ("ENST00000303407.12", "NM_007371.4")
    assert brd3.synonyms == ("NM_007371.4",)
    assert brd3.cds_start is not None
    assert brd3.genomic_position(brd3.cds_start) == 134053477
    assert brd3.blocks[0].transcript_start == 1
    assert brd3.blocks[0].end == mane("BRD3").exons[0].end - 56
    assert notes(panel) == [
        "ENST00000303407.12: 3605 bases where the shipped exons have 5661; only the ends differ",
        (
            "ENST00000303407.12: the sequence is that of NM_007371.4, accepted as the same "
            "transcript"
        ),
    ]


def test_the_exact_accession_wins_over_other_names_of_the_same(tmp_path: Path) -> None:
    panel = build(tmp_path, [("NM_001284292.2", NUTM1[:-3]), ("ENST00000537011.6", NUTM1)])
    nutm1 = panel.mane("NUTM1")
    assert nutm1 is not None
    assert (nutm1.sequence, nutm1.sequence_of) == (NUTM1, None)
    assert notes(panel) == [
        "NM_001284292.2 (NUTM1): left out, ENST00000537011.6 has a sequence already"
    ]


def test_isoforms_are_placed_by_matching(tmp_path: Path) -> None:
    # the legacy transcript: 77 nt of its own, then MANE exons 2 to 8
    legacy = STRANGE[:77] + NUTM1[388:]
    header = "ENST00000333756.4 cdna gene_symbol:NUTM1 transcript_biotype:protein_coding"
    panel = build(tmp_path, [(header, legacy)])
    kept = panel.transcripts["ENST00000333756.4"]
    assert (kept.protein_length, kept.cds_checked, kept.is_mane) == (1132, True, False)
    assert [b.start for b in kept.blocks] == [e.start for e in mane("NUTM1").exons[1:]]
    assert kept.genomic_position(77 + 95) == 34347969
    assert kept.exons == ()


def test_a_prefix_is_declared_and_placed_as_far_as_it_goes(tmp_path: Path) -> None:
    # NSD3 up to the end of exon 7, the donor of NSD3::NUTM1
    nsd3 = mane("NSD3")
    length = sum(exon.length for exon in nsd3.exons[:7])
    record = ("NSD3_to_exon_7", sequence_of(nsd3)[:length])
    names = {"NSD3_to_exon_7": Naming("NSD3_to_exon_7", "ENST00000317025.13", None, True, False)}
    panel = build(tmp_path, [record], Declarations.of(names))
    built = panel.mane("NSD3")
    assert built is not None
    assert (built.is_prefix, built.is_cds, built.cds_end) == (True, False, None)
    assert built.genomic_position(length) == 38326730
    assert len(built.blocks) == 7


def test_a_coding_prefix_begins_at_the_coding_part(tmp_path: Path) -> None:
    # BRD3 from its ATG to the end of exon 10
    brd3 = mane("BRD3")
    start = BRD3.index("ATG")
    cut = BRD3[start : sum(exon.length for exon in brd3.exons[:10])]
    declared = Declarations.of(cds_prefixes=["ENST00000303407"])
    panel = build(tmp_path, [("ENST00000303407.12", cut)], declared)
    built = panel.mane("BRD3")
    assert built is not None
    assert (built.is_prefix, built.is_cds, built.cds_start) == (True, True, 1)
    assert built.genomic_position(1) == 134053477
    assert built.genomic_position(len(cut)) == 134036032
    assert built.protein_length == 726


def test_another_transcript_is_placed_by_an_equally_long_protein(tmp_path: Path) -> None:
    # BRD2 has no packaged sequence; NM_005104's UTRs are unknown, its protein is MANE's
    brd2 = sequence_of(mane("BRD2"))
    panel = build(tmp_path, [("NM_005104.4 x (BRD2), mRNA", brd2)])
    kept = panel.transcripts["NM_005104.4"]
    coding = [(e.cds_start, e.cds_end) for e in mane("BRD2").exons if e.cds_start is not None]
    assert [(b.start, b.end) for b in kept.blocks] == coding
    assert notes(panel) == [
        (
            "NM_005104.4 (BRD2): its coding part is placed as that of ENST00000374825.9, whose "
            "protein is as long"
        )
    ]


def test_a_transcript_that_nothing_places_is_kept_without_a_place(tmp_path: Path) -> None:
    panel = build(tmp_path, [("NM_001164273.2 x (MGA), mRNA", BRD3)])
    kept = panel.transcripts["NM_001164273.2"]
    assert (kept.contig, kept.strand, kept.blocks, kept.is_mane) == (None, None, (), False)
    assert "has a name but no position" in notes(panel)[0]


def test_paralogues_are_decoys(tmp_path: Path) -> None:
    panel = build(tmp_path, [("NM_017561.2 x (FAM22F), mRNA", "acgt" * 20)])
    assert [(d.name, d.gene, d.sequence) for d in panel.decoys] == [
        ("NM_017561.2", "NUTM2F", "ACGT" * 20)
    ]
    assert not panel.has_sequence("NUTM2F")


def test_what_is_left_out_is_said(tmp_path: Path) -> None:
    panel = build(
        tmp_path,
        [
            ("ENST00000303407.12", BRD3),
            ("NM_007371 gene:BRD3", BRD3),
            ("XM_011518001.3 PREDICTED: x (BRD3), mRNA", BRD3),
            ("ENST00000000001.1 cdna transcript_biotype:retained_intron gene_symbol:BRD3", BRD3),
            ("ENST00000000002.1 cdna transcript_biotype:protein_coding gene_symbol:BRD3", BRD3),
            ("ENST00000000003.1 cdna gene_symbol:TP53", "ACGT"),
            ("ENST00000000004.1 cdna chromosome:GRCh38:HSCHR9_ALT:1:9:1 gene_symbol:BRD3", BRD3),
        ],
    )
    assert notes(panel) == [
        "NM_007371 (BRD3): left out, no accession with a version; name it with --name-map",
        "XM_011518001.3 (BRD3): left out, a predicted RefSeq model",
        "ENST00000000001.1 (BRD3): left out, its biotype is retained_intron",
        "ENST00000000004.1 (BRD3): left out, BRD3 lies on chr9, this copy on chrHSCHR9_ALT",
        "ENST00000000002.1 (BRD3): left out, ENST00000303407.12 has the same sequence",
    ]


def test_aliases_do_not_name_genes(tmp_path: Path) -> None:
    # TAZ is an alias of WWTR1 and was the symbol of TAFAZZIN
    with pytest.raises(InputError, match="expected transcripts of panel genes"):
        build(tmp_path, [("NM_000116.5 x tafazzin (TAZ), mRNA", "ACGT")])


def refusal(
    folder: Path, record: tuple[str, str], declared: Declarations | None = None
) -> ReferenceDataError:
    with pytest.raises(ReferenceDataError) as caught:
        build(folder, [record], declared)
    assert not (folder / "panel").exists()
    assert (caught.value.line, caught.value.exit_code) == (1, 3)
    return caught.value


ADVICE = (
    "check the record's name and version, and whether it is cut (--prefix, --cds-prefix, "
    "--name-map)"
)


def test_a_truncated_sequence_is_refused(tmp_path: Path) -> None:
    error = refusal(tmp_path, ("ENST00000303407.12", BRD3[:1500]))
    assert str(error) == (
        f"{tmp_path}/transcripts.fa:1: BRD3 ENST00000303407.12: expected one reading frame of 726 "
        f"residues, found none; {ADVICE}"
    )


def test_a_sequence_without_one_of_the_shipped_exons_is_refused(tmp_path: Path) -> None:
    # NUTM1 without exon 7 (117 nt: the frame stays open, 39 residues go)
    skipped = NUTM1[:1744] + NUTM1[1861:]
    error = refusal(tmp_path, ("ENST00000537011.6", skipped))
    assert "expected one reading frame of 1160 residues, found one of 1121" in error.message


def test_exons_of_the_same_length_with_other_bases_are_refused(tmp_path: Path) -> None:
    # exon 4 replaced by 129 nt without a stop: the protein is as long as it should be
    other = NUTM1[:1191] + "GCTGACAAG" * 14 + "GCT" + NUTM1[1320:]
    error = refusal(tmp_path, ("ENST00000537011.6", other))
    assert error.message == (
        "NUTM1 ENST00000537011.6: expected the 129 bases of exon 4 of ENST00000537011.6 "
        f"(chr15:34350704-34350832 on GRCh38), found others; {ADVICE}"
    )


def test_a_stated_coding_part_that_is_wrong_is_refused(tmp_path: Path) -> None:
    header = "ENST00000537011.6|E|-|-|NUTM1-203|NUTM1|4109|CDS:384-3866|"
    assert "expected ATG at base 384, found TGG" in refusal(tmp_path, (header, NUTM1)).message


def test_a_prefix_with_a_stop_inside_is_refused(tmp_path: Path) -> None:
    # cut in the 3' untranslated region of another transcript: the frame ends too soon
    start = BRD3.index("ATG")
    stopped = BRD3[: start + 300] + "TAA" + BRD3[start + 303 : 900]
    declared = Declarations.of(cds_prefixes=["ENST00000303407.12"])
    error = refusal(tmp_path, ("ENST00000303407.12", stopped[start:]), declared)
    assert "expected a protein of 726 residues, found 100" in error.message


def test_a_prefix_that_is_not_of_the_transcript_is_refused(tmp_path: Path) -> None:
    declared = Declarations.of(prefixes=["ENST00000537011.6"])
    error = refusal(tmp_path, ("ENST00000537011.6", BRD3[:900]), declared)
    assert "expected the bases of ENST00000537011.6, found nothing like them" in error.message


def test_two_sequences_of_one_accession_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        build(tmp_path, [("ENST00000303407.12", BRD3), ("ENST00000303407.12", BRD3[1:])])
    assert str(caught.value) == (
        f"{tmp_path}/transcripts.fa:3: ENST00000303407.12: expected the sequence of "
        "transcripts.fa:1, found another one; give one of the two"
    )


def test_a_declaration_that_fits_no_record_is_refused(tmp_path: Path) -> None:
    declared = Declarations.of(prefixes=["ENST00000303470.12"])
    with pytest.raises(InputError, match=r"in no FASTA file: ENST00000303470\.12"):
        build(tmp_path, [("ENST00000303407.12", BRD3)], declared)


def test_a_mapped_record_of_no_panel_gene_is_refused(tmp_path: Path) -> None:
    names = {"r1": Naming("r1", "NM_000546.6", "TP53", False, False)}
    with pytest.raises(InputError, match="expected a gene of the panel, found TP53"):
        build(tmp_path, [("r1", BRD3)], Declarations.of(names))


def test_files_without_a_panel_transcript_are_refused_with_a_hint(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        build(tmp_path, [("BRD3-201 gene:BRD3", BRD3)])
    assert str(caught.value) == (
        f"{tmp_path}/transcripts.fa: expected transcripts of panel genes by accession.version, "
        "found none (BRD3-201 (BRD3): left out, no accession with a version; name it with "
        "--name-map)"
    )


def test_a_name_map_is_read(tmp_path: Path) -> None:
    path = write(
        tmp_path / "names.tsv",
        "record\taccession\tgene\tprefix\tcds_prefix\n"
        "KinBase|SK762|BRD3\tNM_007371.2\t\t\t\n\n"
        "BRD3-201\tENST00000303407.12\tBRD3\tno\tyes\n",
    )
    assert list(read_name_map(path).values()) == [
        Naming("KinBase|SK762|BRD3", "NM_007371.2", None, False, False),
        Naming("BRD3-201", "ENST00000303407.12", "BRD3", True, True),
    ]


# rows, line, part of the message
BAD_MAPS = [
    ("name\taccession\n", 1, "expected the columns record and accession"),
    ("record\taccession\nr1\n", 2, "expected 2 tab-separated cells, found 1"),
    ("record\taccession\nr1\tNM_007371\n", 2, "an accession with its version"),
    ("record\taccession\tprefix\nr1\tNM_007371.2\tmaybe\n", 2, "expected yes, no or nothing"),
    ("record\taccession\nr1\tNM_007371.2\nr1\tNM_007371.2\n", 3, "found r1 again"),
]


@pytest.mark.parametrize(("text", "line", "message"), BAD_MAPS)
def test_a_broken_name_map_is_refused(tmp_path: Path, text: str, line: int, message: str) -> None:
    path = write(tmp_path / "names.tsv", text)
    with pytest.raises(InputError, match=message) as caught:
        read_name_map(path)
    assert (caught.value.path, caught.value.line) == (str(path), line)


def test_compressed_files_and_several_of_them(tmp_path: Path) -> None:
    paths = [
        write_fasta(tmp_path / "one.fa.gz", [("ENST00000303407.12", BRD3.lower())]),
        write_fasta(tmp_path / "two.fa", [("ENST00000537011.6", NUTM1)]),
    ]
    panel = build_from_transcripts(paths, Declarations.of(), BuildOptions(tmp_path / "panel"))
    brd3 = panel.mane("BRD3")
    assert brd3 is not None
    assert brd3.sequence == BRD3
    assert panel.transcripts["ENST00000537011.6"] == STARTER.transcripts["ENST00000537011.6"]


def test_an_existing_folder_is_never_overwritten_by_mistake(tmp_path: Path) -> None:
    record = [("ENST00000303407.12", BRD3)]
    build(tmp_path, record)
    with pytest.raises(InputError, match="already holds a panel"):
        build(tmp_path, record)
    first = build(tmp_path, record, force=True)
    (tmp_path / "panel" / "mine.txt").write_text("")
    with pytest.raises(InputError, match="not a panel's"):
        build(tmp_path, record, force=True)
    assert first.has_sequence("BRD3")
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".")] == []
