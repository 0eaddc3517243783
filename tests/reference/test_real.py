"""Panels from third-party sequences, read in place; skipped without the real-data folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.reference.builders import STARTER, mane

from nutfusion.errors import ReferenceDataError
from nutfusion.reference.build import BuildOptions, build_from_genome, build_from_transcripts
from nutfusion.reference.name_map import Declarations, Naming

if TYPE_CHECKING:
    from pathlib import Path

    from nutfusion.model.panel import Panel

pytestmark = pytest.mark.real


@pytest.fixture
def sequences(real_data_folder: Path) -> Path:
    return real_data_folder / "sequences"


def test_fourteen_loci_of_ensembl_110(sequences: Path, tmp_path: Path) -> None:
    panel = build_from_genome(
        sequences / "genome" / "easyfuse_minigenome_loci_GRCh38.fa",
        sequences / "genome" / "easyfuse_minigenome_annotation_GRCh38coords.gtf",
        BuildOptions(tmp_path / "panel", with_starter=False),
    )
    assert [t.accession for t in panel.of_gene("NUTM1")] == [
        "ENST00000537011.6",
        "ENST00000333756.5",
        "ENST00000438749.7",
    ]
    assert [t.accession for t in panel.of_gene("BRD4")] == [
        "ENST00000679869.1",
        "ENST00000263377.6",
        "ENST00000360016.9",
        "ENST00000371835.8",
        "ENST00000594841.5",
        "ENST00000601941.1",
    ]
    for accession in ("ENST00000537011.6", "ENST00000679869.1"):
        assert panel.transcripts[accession] == STARTER.transcripts[accession]
    long_form = panel.transcripts["ENST00000263377.6"]
    assert long_form.refget == STARTER.transcripts["ENST00000263377.6"].refget
    # with coordinates from the annotation the first exon is placed too
    assert long_form.blocks[1:] == STARTER.transcripts["ENST00000263377.6"].blocks
    assert [t.protein_length for t in panel.of_gene("NUTM1")] == [1160, 1132, 1150]
    # one genomic acceptor, two exon numbers
    numbers = {
        t.accession: [e.number for e in t.exons if e.start == 34347969]
        for t in panel.of_gene("NUTM1")
    }
    assert list(numbers.values()) == [[3], [3], [2]]
    assert len([d for d in panel.decoys if d.gene == "NUTM1"]) == 7
    assert source(panel)["splice_sites"] == {"GT/AG": 91}
    assert source(panel)["notes"] == []


def source(panel: Panel) -> dict[str, object]:
    found = panel.manifest["source"]
    assert isinstance(found, dict)
    return found


def test_a_minigenome_in_its_own_coordinates_is_refused(sequences: Path, tmp_path: Path) -> None:
    with pytest.raises(ReferenceDataError, match="neither on GRCh38 nor on GRCh37"):
        build_from_genome(
            sequences / "genome" / "Homo_sapiens.GRCh38.110_minigenome.fa",
            sequences / "genome" / "Homo_sapiens.GRCh38.110_miniannotation.gtf",
            BuildOptions(tmp_path / "panel"),
        )


def test_ensembl_85_transcripts_place_themselves(sequences: Path, tmp_path: Path) -> None:
    panel = build_from_transcripts(
        [sequences / "transcripts" / "NUTM1_BRD4_ensembl85_cdna.fa"],
        Declarations.of(),
        BuildOptions(tmp_path / "panel", with_starter=False),
    )
    nutm1 = panel.mane("NUTM1")
    assert nutm1 is not None
    assert nutm1.sequence_of == "ENST00000537011.5"
    legacy = panel.transcripts["ENST00000333756.4"]
    assert (legacy.protein_length, legacy.genomic_position(172)) == (1132, 34347969)
    short = panel.transcripts["ENST00000371835.8"]
    assert (short.protein_length, short.blocks[-1].start) == (722, 15254152)


def test_placing_by_sequence_agrees_with_the_annotation(sequences: Path, tmp_path: Path) -> None:
    genome = build_from_genome(
        sequences / "genome" / "easyfuse_minigenome_loci_GRCh38.fa",
        sequences / "genome" / "easyfuse_minigenome_annotation_GRCh38coords.gtf",
        BuildOptions(tmp_path / "genome"),
    )
    bare = build_from_transcripts(
        [sequences / "transcripts" / "NUTM1_BRD4_ensembl110_spliced_from_minigenome.fa"],
        Declarations.of(),
        BuildOptions(tmp_path / "bare"),
    )
    compared = 0
    for accession, transcript in bare.transcripts.items():
        expected = genome.transcripts[accession]
        assert transcript.refget == expected.refget
        for position in range(1, len(transcript.sequence or "") + 1):
            placed = transcript.genomic_position(position)
            compared += placed is not None
            if placed is not None:
                assert placed == expected.genomic_position(position), (accession, position)
        if expected.cds_end is not None:
            assert (transcript.cds_start, transcript.cds_end) == (
                expected.cds_start,
                expected.cds_end,
            )
    assert compared > 30_000


def test_records_of_other_catalogues_by_name_map(sequences: Path, tmp_path: Path) -> None:
    folder = sequences / "transcripts"
    rows = [
        ("KinBase|SK762|BRD3", "NM_007371.2", "BRD3", False, False),
        ("KinBase|SK763|BRD4", "NM_014299.2", "BRD4", False, False),
        ("KinBase|SK761|BRD2", "NM_005104.2", "BRD2", False, False),
        ("NSD3_ENST00000317025_composite", "ENST00000317025.13", None, True, False),
        ("NM_017561", "NM_017561.1", None, False, False),
    ]
    panel = build_from_transcripts(
        [
            folder / "BRD2_BRD3_BRDT_BRD4short_kinbase.fa",
            folder / "NSD3_ENST00000317025_5UTR_to_exon7_composite.fa",
            folder / "NUTM2F_MXI1_YAP1_ZNF532_CIC_refseq_hg19_cpat.fa",
        ],
        Declarations.of({row[0]: Naming(*row) for row in rows}),
        BuildOptions(tmp_path / "panel"),
    )
    brd3 = panel.mane("BRD3")
    assert brd3 is not None
    assert (brd3.sequence_of, len(brd3.blocks)) == ("NM_007371.2", 12)
    # the donor of exon 10 that BRD3::NUTM1 uses, PMID 17934517
    assert brd3.transcript_position(134036032) is not None
    nsd3 = panel.mane("NSD3")
    assert nsd3 is not None
    assert nsd3.genomic_position(len(nsd3.sequence or "")) == 38326730
    assert panel.transcripts["NM_014299.2"].protein_length == 722
    assert panel.transcripts["NM_005104.2"].protein_length == 801
    assert [decoy.name for decoy in panel.decoys] == ["NM_017561.1"]


def test_coding_prefixes_end_at_the_fusion_exons(sequences: Path, tmp_path: Path) -> None:
    panel = build_from_transcripts(
        [sequences / "transcripts" / "pirl_unc_ensembl109_partial_CDS.fa"],
        Declarations.of(
            {
                "BRD3-201": Naming("BRD3-201", "ENST00000303407.12", None, True, True),
                "NSD3-201": Naming("NSD3-201", "ENST00000317025.13", None, True, True),
            }
        ),
        BuildOptions(tmp_path / "panel"),
    )
    for gene, number in (("BRD3", 9), ("NSD3", 7)):
        built = panel.mane(gene)
        assert built is not None
        assert (built.is_cds, built.is_prefix, built.cds_start) == (True, True, 1)
        assert built.genomic_position(len(built.sequence or "")) == (
            mane(gene).exons[number - 1].start
        )
