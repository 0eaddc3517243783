"""What a transcript FASTA's header says: GENCODE, Ensembl cDNA, RefSeq.

==========================================================  ===================================
Header                                                      Read
==========================================================  ===================================
``ENST….6|ENSG…|…|NUTM1-203|NUTM1|4109|…|CDS:383-3865|``     gene, coding part (pc_transcripts)
``ENST….6|ENSG…|…|NUTM1-203|NUTM1|4109|protein_coding|``     gene, biotype (transcripts)
``ENST….6 cdna … transcript_biotype:x gene_symbol:NUTM1 …``  gene, HGNC id, biotype
``NM_….4 Homo sapiens … (BRD3), transcript variant 1, mRNA`` gene
``NAME gene:NUTM1 biotype:protein_coding``                   gene, biotype
==========================================================  ===================================

Source: GENCODE "FASTA files" format note; Ensembl README for cdna FASTA; NCBI definition lines.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from nutfusion.reference.gtf import canonical_contig
from nutfusion.reference.shipped import split_accession

_HGNC: Final = re.compile(r"\bAcc:(HGNC:\d+)")
_REFSEQ_GENE: Final = re.compile(r"\(([A-Za-z0-9-]+)\)(?:, [^()]*)?$")
_LOCATION: Final = re.compile(r"\b(?:chromosome|scaffold|supercontig|contig):[^:\s]+:([^:\s]+):")
_CDS: Final = re.compile(r"CDS:(\d+)-(\d+)")


@dataclass(frozen=True, slots=True)
class Header:
    """What a header says.

    Attributes:
        name: First word (in GENCODE headers, up to the first bar).
        gene: Symbol as written; ``None`` when there is none.
        hgnc_id: ``HGNC:<n>``; ``None`` when there is none.
        biotype: Of the transcript; ``None`` when there is none.
        cds: 1-based first and last coding base; ``None`` when not said.
        contig: ``chr`` spelling, from Ensembl's location; ``None`` when there is none.
    """

    name: str
    gene: str | None
    hgnc_id: str | None
    biotype: str | None
    cds: tuple[int, int] | None
    contig: str | None = None


def parse_header(text: str) -> Header:
    """Read a FASTA header, without its ``>``.

    Returns:
        The name of any header; the rest where the header is of a known kind.
    """
    word = text.split(maxsplit=1)[0] if text.strip() else ""
    parts = word.split("|")
    if len(parts) > 6 and split_accession(parts[0]) is not None:
        cds = next((m for m in map(_CDS.fullmatch, parts) if m is not None), None)
        return Header(
            name=parts[0],
            gene=parts[5],
            hgnc_id=None,
            biotype=None if cds is not None or not parts[7:8] else parts[7] or None,
            cds=None if cds is None else (int(cds[1]), int(cds[2])),
        )
    fields = dict(
        field.split(":", 1) for field in text.split() if ":" in field and not field.startswith("[")
    )
    hgnc = _HGNC.search(text)
    location = _LOCATION.search(text)
    gene = fields.get("gene_symbol") or fields.get("gene")
    if gene is None:
        match = _REFSEQ_GENE.search(text)
        gene = None if match is None else match[1]
    return Header(
        name=word,
        gene=gene,
        hgnc_id=None if hgnc is None else hgnc[1],
        biotype=fields.get("transcript_biotype") or fields.get("biotype"),
        cds=None,
        contig=None if location is None else canonical_contig(location[1]),
    )
