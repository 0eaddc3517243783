"""Exon ends computed from the exon tables sit where independent sequences say they are."""

from __future__ import annotations

import pytest
from tests.simulation import real_data, transcripts

from nutfusion.reference import load_panel
from nutfusion.simulation.templates import read_fasta

pytestmark = pytest.mark.real


@pytest.mark.parametrize(
    ("gene", "exon", "prefix"),
    [
        # Coding parts that another project cut at the end of the exon before the joint.
        ("BRD4", 11, "BRD4-202"),
        ("BRD4", 15, "BRD4-201"),
        ("BRD3", 9, "BRD3-201"),
        ("NSD3", 7, "NSD3-201"),
    ],
)
def test_exon_ends_agree_with_published_coding_prefixes(gene: str, exon: int, prefix: str) -> None:
    published = transcripts.record(transcripts.PREFIXES, prefix)
    ours = transcripts.load(gene, load_panel()).up_to_exon(exon)
    assert ours[-25:] == published[-25:]
    assert len(ours) - transcripts.SOURCES[gene].cds_start + 1 == len(published)


@pytest.mark.parametrize("gene", ["NUTM1", "BRD4", "BRD3"])
def test_last_coding_exon_ends_with_a_stop_codon(gene: str) -> None:
    # BRD3 exons 10 and 11 lie between the published prefix (exon 9) and this end.
    transcript = transcripts.load(gene, load_panel())
    end = transcript.exon_ends[max(transcript.exon_ends)]
    assert transcript.sequence[end - 3 : end] in {"TAA", "TAG", "TGA"}


@pytest.mark.parametrize(("gene", "exons"), [("BRD4", (10, 11, 13, 14)), ("NUTM1", (2, 3, 4, 5))])
def test_exon_ends_agree_with_the_spliced_genome(gene: str, exons: tuple[int, ...]) -> None:
    file = "BRD4_locus_GRCh38_chr19_15235419_15332645.fa"
    locus_start, locus_end = 15_235_419, 15_332_645
    if gene == "NUTM1":
        file = "NUTM1_locus_GRCh38_chr15_34343215_34357837.fa"
        locus_start, locus_end = 34_343_215, 34_357_837
    (locus,) = read_fasta(real_data.path("sequences", "genome", file)).values()
    assert len(locus) == locus_end - locus_start + 1
    transcript = transcripts.load(gene, load_panel())
    for exon in exons:
        last = transcript.last_residue[exon]
        if gene == "NUTM1":
            exonic = locus[last - locus_start - 19 : last - locus_start + 1]
        else:
            genomic = locus[last - locus_start : last - locus_start + 20]
            exonic = genomic[::-1].translate(str.maketrans("ACGT", "TGCA"))
        assert transcript.up_to_exon(exon).endswith(exonic)
