"""What a panel directory holds: file names, columns, and the manifest's tag and version.

``docs/reference.md`` describes every column; the reader and the writer both follow this module.
"""

from __future__ import annotations

from typing import Final

TAG: Final = "nutfusion reference panel"
"""First key of ``manifest.json``: what kind of file this is."""

FORMAT_VERSION: Final = (1, 0)
"""Major: a reader of the old format would go wrong; minor: something came."""

MANIFEST: Final = "manifest.json"
GENES: Final = "genes.tsv"
EXONS: Final = "exons.tsv"
TRANSCRIPTS: Final = "transcripts.tsv"
BLOCKS: Final = "blocks.tsv"
DOMAINS: Final = "domains.tsv"
TRANSCRIPT_SEQUENCES: Final = "transcripts.fa"
DECOY_SEQUENCES: Final = "decoys.fa"

DATA_FILES: Final = (
    GENES,
    TRANSCRIPTS,
    EXONS,
    BLOCKS,
    DOMAINS,
    TRANSCRIPT_SEQUENCES,
    DECOY_SEQUENCES,
)
"""Files whose sha256 stands in the manifest."""

COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    GENES: ("symbol", "hgnc_id", "name", "previous_symbols", "alias_symbols"),
    TRANSCRIPTS: (
        "accession",
        "gene",
        "mane",
        "synonyms",
        "contig",
        "strand",
        "length",
        "cds_start",
        "cds_end",
        "is_prefix",
        "is_cds",
        "refget",
        "protein_length",
        "cds_checked",
        "sequence_of",
    ),
    EXONS: (
        "transcript",
        "exon",
        "start_grch38",
        "end_grch38",
        "start_grch37",
        "end_grch37",
        "grch37_check",
        "cds_start_grch38",
        "cds_end_grch38",
        "start_phase",
        "end_phase",
    ),
    BLOCKS: ("transcript", "transcript_start", "transcript_end", "start_grch38", "end_grch38"),
    DOMAINS: ("gene", "name", "aa_start", "aa_end", "verified", "source"),
}
"""Header line of each table. An empty cell is null; lists inside a cell are comma-separated."""
