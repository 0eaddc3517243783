"""The transcripts of the real-data folder, with their exon ends.

Exon lengths come from the packaged exon tables; where an exon ends in a sequence is counted from
the first coding base, so sequences with another UTR (mRNA records, composites) fit as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from tests.simulation import real_data

from nutfusion.model.terms import Strand
from nutfusion.simulation.templates import read_fasta

if TYPE_CHECKING:
    from nutfusion.model.panel import Exon, Panel

_TRANSCRIPTS: Final = ("sequences", "transcripts")
_BACKGROUND: Final = ("sequences", "background")
ENSEMBL_110: Final = "NUTM1_BRD4_ensembl110_spliced_from_minigenome.fa"
ENSEMBL_85: Final = "NUTM1_BRD4_ensembl85_cdna.fa"
KINBASE: Final = "BRD2_BRD3_BRDT_BRD4short_kinbase.fa"
NSD3_COMPOSITE: Final = "NSD3_ENST00000317025_5UTR_to_exon7_composite.fa"
REFSEQ: Final = "NUTM2F_MXI1_YAP1_ZNF532_CIC_refseq_hg19_cpat.fa"
PREFIXES: Final = "pirl_unc_ensembl109_partial_CDS.fa"


@dataclass(frozen=True)
class Source:
    """Where a gene's sequence is.

    Attributes:
        file: In ``sequences/transcripts`` of the real-data folder.
        record: First word of the header.
        cds_start: 1-based first coding base of the record.
    """

    file: str
    record: str
    cds_start: int


# First coding bases: NUTM1 MVVTLG..., BRD4 and BRD3 MSAESG.../MSTATT..., NSD3 after a 518-nt UTR.
SOURCES: Final[dict[str, Source]] = {
    "NUTM1": Source(ENSEMBL_110, "ENST00000537011.6", 383),
    "BRD4": Source(ENSEMBL_110, "ENST00000679869.1", 285),
    "BRD3": Source(KINBASE, "KinBase|SK762|BRD3", 140),
    "NSD3": Source(NSD3_COMPOSITE, "NSD3_ENST00000317025_composite", 519),
}

# All four isoforms that a testis expresses.
NUTM1_ISOFORMS: Final = (
    (ENSEMBL_110, "ENST00000537011.6"),
    (ENSEMBL_85, "ENST00000438749.7"),
    (ENSEMBL_85, "ENST00000333756.4"),
    (ENSEMBL_85, "ENST00000614490.4"),
)


@dataclass(frozen=True)
class RealTranscript:
    """A transcript with the places where its exons end.

    Attributes:
        gene: HGNC symbol.
        accession: Of the exon table.
        sequence: Bases.
        exon_ends: Bases of ``sequence`` up to and with each coding exon's last base.
        first_residue: GRCh38 residue of each coding exon's first base.
        last_residue: GRCh38 residue of each coding exon's last base.
        contig: ``chr`` spelling.
        strand: Of the transcript.
    """

    gene: str
    accession: str
    sequence: str
    exon_ends: dict[int, int]
    first_residue: dict[int, int]
    last_residue: dict[int, int]
    contig: str
    strand: Strand

    def up_to_exon(self, exon: int) -> str:
        """Sequence up to and with an exon's last base: what a 5' partner gives."""
        return self.sequence[: self.exon_ends[exon]]

    def from_exon(self, exon: int) -> str:
        """Sequence from an exon's first base on: what a 3' partner gives."""
        return self.sequence[self.exon_ends[exon - 1] :]


def record(file: str, name: str) -> str:
    """One sequence of ``sequences/transcripts``."""
    return _file(file)[name]


@cache
def _file(file: str) -> dict[str, str]:
    return read_fasta(real_data.path(*_TRANSCRIPTS, file))


def _coding_length(exon: Exon) -> int:
    if exon.cds_start is None or exon.cds_end is None:
        return 0
    return exon.cds_end - exon.cds_start + 1


def load(gene: str, panel: Panel) -> RealTranscript:
    """The gene's sequence with the exon ends that the panel's MANE transcript gives it."""
    source = SOURCES[gene]
    mane = panel.mane(gene)
    if mane is None or mane.contig is None or mane.strand is None:
        raise LookupError(f"the panel has no exons of {gene}")
    sequence = record(source.file, source.record)
    ends: dict[int, int] = {}
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    coding = source.cds_start - 1
    plus = mane.strand is Strand.PLUS
    for exon in mane.exons:
        coding += _coding_length(exon)
        if _coding_length(exon) == 0 or coding > len(sequence):
            continue
        ends[exon.number] = coding
        first[exon.number] = exon.start if plus else exon.end
        last[exon.number] = exon.end if plus else exon.start
    return RealTranscript(
        gene, mane.accession, sequence, ends, first, last, mane.contig, mane.strand
    )


def nutm1_isoforms() -> dict[str, str]:
    """Full-length wild-type NUTM1."""
    return {f"NUTM1|{name}": record(file, name) for file, name in NUTM1_ISOFORMS}


def named_wild_types() -> dict[str, str]:
    """Wild-type partners and paralogues that a sample must be able to express."""
    return {
        "BRD4|ENST00000679869.1": record(ENSEMBL_110, "ENST00000679869.1"),
        "BRD4|ENST00000371835.8": record(ENSEMBL_110, "ENST00000371835.8"),
        "BRD3|SK762": record(KINBASE, "KinBase|SK762|BRD3"),
        "BRD2|SK761": record(KINBASE, "KinBase|SK761|BRD2"),
        "BRDT|SK764": record(KINBASE, "KinBase|SK764|BRDT"),
        "NSD3|composite": record(NSD3_COMPOSITE, "NSD3_ENST00000317025_composite"),
        "NUTM2F|NM_017561": record(REFSEQ, "NM_017561"),
        "CIC|NM_015125": record(REFSEQ, "NM_015125"),
        "YAP1|NM_001130145": record(REFSEQ, "NM_001130145"),
        "ZNF532|NM_018181": record(REFSEQ, "NM_018181"),
    }


_BACKGROUND_FILES: Final = (
    "cpat_Human_test_coding_mRNA_4000_RefSeq_hg19.fa.gz",
    "kinbase_human_kinome_cdna.fa",
    "pizzly_transcripts_284tx_ensembl85.fa.gz",
    "easyfuse_minigenome_all_transcripts_spliced.fa",
    "uta_LRG_sequences.fasta.bgz",
)


@cache
def background(shortest: int = 150) -> dict[str, str]:
    """Thousands of transcripts of other genes (and of the panel's), long enough for a fragment."""
    return {
        f"{file.split('_')[0]}|{name}": sequence
        for file in _BACKGROUND_FILES
        for name, sequence in read_fasta(real_data.path(*_BACKGROUND, file)).items()
        if len(sequence) >= shortest
    }
