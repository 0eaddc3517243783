"""FusionCatcher ``final-list_candidate-fusion-genes``: the table and the VCF.

Source: ndaniel/fusioncatcher@5c2ca36, doc/manual.md, "Output data", tables 1 and 2; the oldest
column names from its early releases, which write them also when nothing was found. Three sets of
columns: with an aligner instead of a method (before 0.99), 18 columns, and 16 columns (without
predicted transcripts and proteins).

==============================  ================================================================
FusionCatcher                   nutfusion
==============================  ================================================================
Gene_1_symbol, Gene_2_symbol    5' and 3' gene (the column's name says ``5end`` and ``3end``);
                                ``IGH@`` and the like are loci
Gene_1_id, Gene_2_id            Ensembl gene ids
Fusion_point_for_gene_1, _2     junction ``contig:position:strand``, 1-based exon bases, strand of
                                the transcript
Spanning_unique_reads           split_reads (distinct mapping positions, so copies are left out)
Spanning_pairs                  discordant_pairs, counted for the pair of genes: every joint of it
                                repeats the number
Predicted_effect                ``in-frame``, ``out-of-frame``; others (one word per side) say
                                nothing about the frame and are kept
Fusion_description              labels: ``readthrough`` is is_read_through; the labels that weigh
                                for or against a fusion are kept, others are not
==============================  ================================================================

The VCF: see ``fusioncatcher_vcf``. Order: always stated.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from nutfusion.callers.formats.fusioncatcher_vcf import is_fusioncatcher_vcf, read_vcf
from nutfusion.callers.formats.fusioncatcher_words import effect_of, labels_of
from nutfusion.callers.statement import (
    CallerFormat,
    CallerReport,
    Recognised,
    SideStatement,
    Statement,
    Tells,
)
from nutfusion.callers.table import Row, header_cells, place, rows_of, stated, statements

if TYPE_CHECKING:
    from nutfusion.callers.text import CallerText, Head

_NEEDED: Final = frozenset(
    {
        "Gene_1_symbol(5end_fusion_partner)",
        "Gene_2_symbol(3end_fusion_partner)",
        "Spanning_pairs",
        "Fusion_point_for_gene_1(5end_fusion_partner)",
    }
)
_OLDEST: Final = frozenset(
    {
        "Fusion_gene_symbol_1(5end_partner)",
        "Fusion_gene_symbol_2(3end_partner)",
        "Spanning_pairs",
        "Fusion_gene_1_position(5end_partner)",
    }
)
_VCF: Final = "VCF"


def recognise(head: Head) -> Recognised | None:
    """By the header line, or by ``##source=fusioncatcher``."""
    if is_fusioncatcher_vcf(head):
        return Recognised(_VCF, "VCF with ##source=fusioncatcher")
    names = set(header_cells(head.first()))
    if names >= _OLDEST:
        return Recognised("before 0.99", "header line with Fusion_gene_symbol_1(5end_partner)")
    if not names >= _NEEDED:
        return None
    columns = "18 columns" if "Predicted_fused_proteins" in names else "16 columns"
    return Recognised(columns, "header line with Gene_1_symbol(5end_fusion_partner)")


def read(text: CallerText, recognised: Recognised) -> CallerReport:
    """Read every row."""
    if recognised.version == _VCF:
        return read_vcf(text)
    return statements(rows_of(text), _statement)


def _statement(row: Row) -> Statement:
    frame, effect = effect_of(row.get("Predicted_effect"), "Predicted_effect")
    labels, read_through = labels_of(row.cells.get("Fusion_description"))
    return Statement(
        line=row.line,
        first=_side(row, "1", "5end"),
        second=_side(row, "2", "3end"),
        ordered=True,
        split_reads=row.count("Spanning_unique_reads"),
        discordant_pairs=row.count("Spanning_pairs"),
        reading_frame=frame,
        read_through=read_through,
        fields=stated(
            Predicted_effect=effect,
            Fusion_description=labels,
            Longest_anchor_found=row.measure("Longest_anchor_found"),
            Counts_of_common_mapping_reads=row.measure("Counts_of_common_mapping_reads"),
        ),
    )


def _side(row: Row, number: str, end: str) -> SideStatement:
    point = f"Fusion_point_for_gene_{number}({end}_fusion_partner)"
    if point not in row.cells and f"Fusion_gene_{number}_position({end}_partner)" in row.cells:
        point = f"Fusion_gene_{number}_position({end}_partner)"
    contig, position, strand = place(row.get(point), point)
    return SideStatement(
        gene=row.get(
            f"Gene_{number}_symbol({end}_fusion_partner)",
            f"Fusion_gene_symbol_{number}({end}_partner)",
        ),
        gene_id=row.get(
            f"Gene_{number}_id({end}_fusion_partner)", f"Fusion_gene_{number}({end}_partner)"
        ),
        contig=contig,
        position=position,
        strand=strand,
    )


FORMAT: Final = CallerFormat(
    name="fusioncatcher",
    title="FusionCatcher",
    versions="final-list_candidate-fusion-genes, 16 and 18 columns, before 0.99, and its VCF",
    files=(
        "final-list_candidate-fusion-genes.txt",
        "*final-list_candidate-fusion-genes.txt",
        "*final-list_candidate-fusion-genes.vcf",
    ),
    tells=Tells(
        order="always",
        position="junction",
        strand=True,
        split_reads=True,
        discordant_pairs=True,
        reading_frame=True,
    ),
    seen_on_real_file=True,
    expects="a header line with Gene_1_symbol(5end_fusion_partner), or ##source=fusioncatcher",
    recognise=recognise,
    read=read,
)
"""FusionCatcher."""
