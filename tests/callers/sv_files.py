"""Structural-variant VCF files, written by tests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tests.builders import starter_panel

from nutfusion.callers import CallerResult, read_caller_file

if TYPE_CHECKING:
    from pathlib import Path

GRCH38: Final = "##contig=<ID=chr15,length=101991189>"
HEADS: Final = {
    "manta": ("##source=GenerateSVCandidates 1.6.0",),
    "manta_rna": ("##source=GenerateSVCandidates 1.6.0", "##INFO=<ID=RNA_FIRST,Number=0>"),
    "dragen_sv": ("##DRAGENVersion=<ID=dragen>", "##INFO=<ID=SVTYPE,N>", "##FORMAT=<ID=PR,N>"),
    "delly": ('##INFO=<ID=CT,Description="Paired-end signature induced connection type">',),
    "gridss": ("##INFO=<ID=RASQ,>", "##INFO=<ID=ASRP,>", "##INFO=<ID=BUMQ,>"),
    "svaba": ("##INFO=<ID=SCTG,>", "##INFO=<ID=EVDNC,>"),
}
"""Header lines by which each format is known."""


def record(
    contig: str, position: int, name: str, alt: str, info: str, ref: str = "N", /, **sample: str
) -> str:
    """One line; ``sample`` is the FORMAT of one sample."""
    cells = [contig, str(position), name, ref, alt, ".", "PASS", info]
    if sample:
        cells += [":".join(sample), ":".join(sample.values())]
    return "\t".join(cells)


def read_sv(
    folder: Path, caller: str, *records: str, meta: tuple[str, ...] = (GRCH38,)
) -> CallerResult:
    """Write and read a VCF of a caller."""
    path = folder / f"{caller}.vcf"
    columns = "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tS"
    head = ("##fileformat=VCFv4.2", *HEADS[caller], *meta, columns)
    path.write_text("\n".join([*head, *records]) + "\n", encoding="utf-8")
    result = read_caller_file(path, starter_panel())
    assert result.file.caller == caller
    return result
