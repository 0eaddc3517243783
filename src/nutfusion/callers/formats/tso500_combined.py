"""Illumina TruSight Oncology 500 ``CombinedVariantOutput.tsv``, the part ``[Fusions]``.

Source: TruSight Oncology 500 v2.2 Local App guide 1000000137777 v01, pages 28-37; files of
AWGL/TSO500_post_processing@6619462 and lucianogiaco/TSO500-validation@f53a641.

==================================  ============================================================
[Fusions]                           nutfusion
==================================  ============================================================
Gene Pair ``A-B``                   5' and 3' gene (AllFusions.csv knows the direction)
Gene Pair ``A/B``                   the direction is not known
Breakpoint 1, Breakpoint 2          junction ``contig:position``, 1-based, hg19
Fusion Supporting Reads             kept; split reads and pairs together, so neither is known
[Analysis Details] RNA Sample ID    ``NA`` or absent: no RNA, so fusions are from DNA
==================================  ============================================================

Only fusions with KeepFusion True and a gene of a list of 55 are here. NUTM1, BRD4, BRD3 and NSD3
are not on that list (guide v2.2, the same in v2.6): a NUTM1 fusion is in this file only when its
partner is listed, so its silence means nothing. ``reports_nutm1`` is false and a note names
AllFusions.csv, which has them. Other parts (small variants in NUTM1 are common) are not fusions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from nutfusion.callers.pairs import hyphenated_pair
from nutfusion.callers.reports import NOT_SHOWN, genes, kept, number, report_statements, site
from nutfusion.callers.statement import (
    CallerFormat,
    CallerReport,
    Recognised,
    RowError,
    SideStatement,
    Statement,
    Tells,
)
from nutfusion.callers.table import Row
from nutfusion.model.remarks import remark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nutfusion.callers.text import CallerText, Head

_TITLE: Final = "Combined Variant Output"
_COLUMNS: Final = ("Gene Pair", "Breakpoint 1", "Breakpoint 2")


def recognise(head: Head) -> Recognised | None:
    """By the title and the first section."""
    if _TITLE not in head.first() or "\n[Analysis Details]" not in head.text:
        return None
    rna, dna = _has(head.text, "RNA Sample ID"), _has(head.text, "DNA Sample ID")
    version = "DNA and RNA" if rna and dna else "RNA" if rna else "DNA"
    return Recognised(version, f'title "{_TITLE}" and section [Analysis Details]')


def _has(text: str, key: str) -> bool:
    """Whether a sample is named; the name itself is not looked at further."""
    for line in text.split("\n"):
        name, _, value = line.partition("\t")
        if name.strip() == key:
            return value.strip() not in ("", "NA")
    return False


def read(text: CallerText, recognised: Recognised) -> CallerReport:
    """Read the fusions."""
    molecule: Literal["rna", "dna"] = "dna" if recognised.version == "DNA" else "rna"
    notes = [remark("report_list_without_nutm1", other="AllFusions.csv")]
    if molecule == "dna":
        notes.append(remark("report_without_rna"))
    if not any(line.startswith("[Fusions]") for _, line in text.numbered()):
        notes.append(remark("report_without_fusion_section"))
    return report_statements(
        _fusion_rows(text),
        lambda row: _statement(row, molecule),
        reports_nutm1=False,
        notes=tuple(notes),
    )


def _fusion_rows(text: CallerText) -> Iterator[Row]:
    """Rows of the fusion section; the one row ``NA`` of an empty section is none."""
    inside = False
    names: list[str] | None = None
    for number_, line in text.numbered():
        cells = [cell.strip() for cell in line.split("\t")]
        if cells[0].startswith("["):
            inside, names = cells[0] == "[Fusions]", None
        elif inside and not any(cells):
            continue
        elif inside and names is None:
            names = cells
        elif inside and names is not None and not (cells[0] == "NA" and not any(cells[1:])):
            yield Row(number_, dict(zip(names, cells, strict=False)), line)


def _statement(row: Row, molecule: Literal["rna", "dna"]) -> Statement:
    first, second, ordered = _pair(row.need(_COLUMNS[0]))
    sides = [
        SideStatement(gene=genes(gene, _COLUMNS[0]), contig=contig, position=position)
        for gene, (contig, position, _) in zip(
            (first, second), (site(row.get(c), c) for c in _COLUMNS[1:]), strict=True
        )
    ]
    reads = "Fusion Supporting Reads"
    return Statement(
        line=row.line,
        first=sides[0],
        second=sides[1],
        ordered=ordered,
        molecule=molecule,
        fields=kept((reads, number(row.get(reads), reads))),
    )


def _pair(text: str) -> tuple[str, str, bool]:
    left, slash, right = text.partition("/")
    if slash:
        return left.strip(), right.strip(), False
    pair = hyphenated_pair(text)
    if pair is None:
        raise RowError(f"expected Gene Pair as A-B or A/B, found {NOT_SHOWN}")
    return *pair, True


FORMAT: Final = CallerFormat(
    name="tso500_combined",
    title="Illumina TruSight Oncology 500, CombinedVariantOutput.tsv",
    versions="local app 2.x; RNA, DNA, both",
    files=("*_CombinedVariantOutput.tsv",),
    tells=Tells(
        order="sometimes",
        position="junction",
        strand=False,
        split_reads=False,
        discordant_pairs=False,
        reading_frame=False,
    ),
    seen_on_real_file=True,
    expects=f'the title "{_TITLE}" and a section [Analysis Details]',
    recognise=recognise,
    read=read,
)
"""TruSight Oncology 500, combined report."""
