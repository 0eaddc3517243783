"""MetaFusion ``final.*.cluster`` and its ``.CANCER_FUSIONS``: one row per pair of genes.

Source: ccmbioinfo/MetaFusion@0838ac2, scripts/pygeneann_MetaFusion.py (CategoryFusions) and
scripts/generate_cluster_file.py.

==============================  ================================================================
MetaFusion                      nutfusion
==============================  ================================================================
gene1, gene2                    5' and 3' genes, several with commas (of 1,419 simulated pairs none
                                is the other way round)
chr1, chr2                      contigs
breakpoint_1, breakpoint_2      all positions of all tools with ``|``, each on the base of its tool
                                (one event is 34646069 to 34646073): used when there is one and all
                                tools give 1-based bases of exons, otherwise kept as stated
max_split_cnt, max_span_cnt     largest of the tools, whose words differ: kept as stated
inferred_fusion_type            ``ReadThrough`` is_read_through; kept as stated
tools                           kept as stated
samples, disease, fusion_IDs    not kept
==============================  ================================================================

Order: always stated.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from nutfusion.callers.formats.metafusion_cff import convention
from nutfusion.callers.statement import (
    CallerFormat,
    CallerReport,
    Recognised,
    SideStatement,
    Statement,
    Tells,
)
from nutfusion.callers.table import (
    Row,
    header_cells,
    kept_fields,
    position_of,
    rows_of,
    statements,
    without_columns,
)
from nutfusion.model.remarks import remark

if TYPE_CHECKING:
    from nutfusion.callers.text import CallerText, Head

_NEEDED: Final = frozenset({"gene1", "gene2", "breakpoint_1", "breakpoint_2", "max_split_cnt"})
_FIELDS: Final = (
    "tools",
    "max_split_cnt",
    "max_span_cnt",
    "inferred_fusion_type",
    "breakpoint_1",
    "breakpoint_2",
)
_NOT_GENES: Final = frozenset({"sample_type", "disease", "samples"})
"""Columns that may name a person or a disease."""


def recognise(head: Head) -> Recognised | None:
    """By the header line."""
    names = set(header_cells(head.first()))
    if not names >= _NEEDED:
        return None
    version = "cluster with databases" if "cancer_db_hits" in names else "cluster"
    return Recognised(version, "header line with gene1, breakpoint_1 and max_split_cnt")


def read(text: CallerText, recognised: Recognised) -> CallerReport:  # noqa: ARG001
    """Read every row."""
    return statements(without_columns(rows_of(text), _NOT_GENES), _statement)


def _statement(row: Row) -> Statement:
    cells = [row.need(f"breakpoint_{end}") for end in "12"]
    places = [{position_of(item, "breakpoint") for item in cell.split("|")} for cell in cells]
    one = all(len(place) == 1 for place in places)
    rules = [convention(tool) for tool in (row.get("tools") or "").split(",")]
    exact = all(rule is not None and rule.exact and not rule.added for rule in rules)
    kind = row.get("inferred_fusion_type")
    problems = []
    if not one:
        problems.append(remark("several_positions_stated"))
    elif not exact:
        problems.append(remark("positions_inexact", tool="MetaFusion"))
    return Statement(
        line=row.line,
        first=_side(row, "1", places[0].pop() if one else None),
        second=_side(row, "2", places[1].pop() if one else None),
        ordered=True,
        precise=exact,
        read_through=None if kind is None else kind == "ReadThrough",
        fields=kept_fields(row, _FIELDS),
        problems=tuple(problems),
    )


def _side(row: Row, end: str, position: int | None) -> SideStatement:
    return SideStatement(
        gene=row.get(f"gene{end}"), contig=row.need(f"chr{end}"), position=position
    )


FORMAT: Final = CallerFormat(
    name="metafusion_cluster",
    title="MetaFusion (cluster)",
    versions="cluster files with a header line, CANCER_FUSIONS",
    files=("*.cluster", "*.CANCER_FUSIONS"),
    tells=Tells(
        order="always",
        position="junction",
        strand=False,
        split_reads=False,
        discordant_pairs=False,
        reading_frame=False,
    ),
    seen_on_real_file=True,
    expects="a header line with gene1, breakpoint_1 and max_split_cnt",
    recognise=recognise,
    read=read,
)
"""MetaFusion, pairs of genes."""
