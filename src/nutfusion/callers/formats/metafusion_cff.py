"""MetaFusion's common fusion format, ``*.cff``, also as MSK forte writes it.

Source: ccmbioinfo/MetaFusion@0838ac2, scripts/convert_fusion_results_to_cff.py;
mskcc/forte@0b3d927, bin/make_cff_from_forte.R. Bases were measured on MetaFusion's
test_data/cff/sim101.cff (21,224 rows) against the rows of STAR-Fusion in it.

==============================  ================================================================
column, there is no header      nutfusion
==============================  ================================================================
1 chr1, 2 pos1, 4 chr2, 5 pos2  junction, but converters copy the position of each tool as it
                                stands: see ``_TOOLS``
3 strand1, 6 strand2            per tool: strands of the transcript, of the gene (Arriba), or which
                                side stays (deFuse); ``NA``
7 DNA or RNA                    what was sequenced
8 sample, 9 type, 10 disease    not kept
11 tool                         kept; decides what the other columns mean
12 split_cnt, 13 span_cnt       counts, ``-1`` unknown; kept as stated for tools of which the
                                converter takes a part (Arriba: one of two counts of split reads)
14 t_gene1, 16 t_gene2          genes, or Ensembl ids (forte)
15 t_area1, 17 t_area2, ...     not read
==============================  ================================================================

Order: stated, gene 1 is 5' ("if strand info missing, it is assumed that gene1 is 5 prime"), except
for deFuse, whose sides that stay show it. A tool that is not in ``_TOOLS`` gives inexact positions
and no counts, and says so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final, Literal

from nutfusion.callers.statement import (
    CallerFormat,
    CallerReport,
    Recognised,
    RowError,
    SideStatement,
    Statement,
    Tells,
)
from nutfusion.callers.table import Row, one_of, rows_of, statements, whole_number, without_columns
from nutfusion.model.remarks import remark

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nutfusion.callers.text import CallerText, Head
    from nutfusion.model.terms import Kept


@dataclass(frozen=True, slots=True)
class Convention:
    """What a tool's rows mean.

    Attributes:
        added: Bases to add to a position, to be a 1-based base of an exon.
        exact: Positions are to the base then.
        strands: What the strand columns hold.
        splits: Column of split_reads; ``None`` when neither is whole.
        pairs: Column of discordant_pairs; ``None`` when neither is whole.
    """

    added: int = 0
    exact: bool = True
    strands: Literal["transcript", "kept", "none"] = "transcript"
    splits: str | None = "split_cnt"
    pairs: str | None = "span_cnt"


TOOLS: Final[Mapping[str, Convention]] = {
    "starfusion": Convention(),
    "fusioncatcher": Convention(),
    # split_cnt is split_reads1 alone; the strands are the genes'
    "arriba": Convention(strands="none", splits=None),
    # cut sites, not reads
    "fusionmap": Convention(strands="none", splits=None, pairs=None),
    # 0-based; split_cnt is one of two counts, span_cnt the larger of two when read as words
    "starseqr": Convention(added=1, splits=None, pairs=None),
    "defuse": Convention(strands="kept"),
    # crossing reads, which are the pairs, stand first
    "ericscript": Convention(strands="none", splits="span_cnt", pairs="split_cnt"),
    # RNA_BK1, which lies 2 before to 2 behind the exon's base
    "integrate": Convention(exact=False, strands="none"),
}
"""By the tool's name in lower case, without ``_`` and ``-``. The distance to STAR-Fusion's position
that most simulated sides have: 0 for Arriba (99.5 % of sides), FusionMap (99.8 %), deFuse (98.5 %)
and EricScript (77 %, for it slides along bases that fit both sides), -1 for STAR-SEQR (99.9 %);
none for INTEGRATE. FusionCatcher: 1-based, its manual."""
_UNKNOWN_TOOL: Final = Convention(exact=False, strands="none", splits=None, pairs=None)

_COLUMNS: Final = (
    "chr1",
    "pos1",
    "strand1",
    "chr2",
    "pos2",
    "strand2",
    "library",
    "sample_name",
    "sample_type",
    "disease",
    "tool",
    "split_cnt",
    "span_cnt",
    "t_gene1",
    "t_area1",
    "t_gene2",
    "t_area2",
)
_NOT_GENES: Final = frozenset({"sample_name", "sample_type", "disease"})
"""Columns that may name a person or a disease."""

_LINE: Final = re.compile(
    r"(?:[A-Za-z0-9._-]+\t[0-9]+\t(?:\+|-|NA|\.)\t){2}(?:DNA|RNA)\t[^\n]*", re.IGNORECASE
)
_NAME: Final = re.compile(r"[A-Za-z0-9_.-]{1,40}")
_ENSEMBL: Final = re.compile(r"ENSG[0-9]{11}(?:\.[0-9]+)?")


@cache
def convention(tool: str) -> Convention | None:
    """What a tool's rows mean; ``None`` for a tool that was not measured."""
    return TOOLS.get(re.sub(r"[^a-z0-9]", "", tool.casefold()))


def recognise(head: Head) -> Recognised | None:
    """By the shape of the first line: there is no header."""
    line = head.first()
    if not _LINE.fullmatch(line) or len(line.split("\t")) < len(_COLUMNS):
        return None
    genes = line.split("\t")[13::2][:2]
    version = "Ensembl ids" if any(_ENSEMBL.fullmatch(gene) for gene in genes) else "symbols"
    return Recognised(version, "a first line of chromosome, position, strand twice, DNA or RNA")


def read(text: CallerText, recognised: Recognised) -> CallerReport:  # noqa: ARG001
    """Read every row."""
    return statements(without_columns(rows_of(text, header=_COLUMNS), _NOT_GENES), _statement)


def _statement(row: Row) -> Statement:
    if len(row.cells) < len(_COLUMNS):
        raise RowError(f"expected {len(_COLUMNS)} columns or more, found {len(row.cells)}")
    tool = row.need("tool")
    known = convention(tool)
    rule = known or _UNKNOWN_TOOL
    counts = {name: _count(row, name) for name in ("split_cnt", "span_cnt")}
    fields = [("tool", tool)] if _NAME.fullmatch(tool) else []
    fields += [
        (name, str(count))
        for name, count in counts.items()
        if count is not None and name not in (rule.splits, rule.pairs)
    ]
    library = one_of(row.need("library").upper(), "library", ("DNA", "RNA"))
    return Statement(
        line=row.line,
        first=_side(row, "1", rule),
        second=_side(row, "2", rule),
        ordered=rule.strands != "kept",
        molecule="dna" if library == "DNA" else "rna",
        precise=rule.exact,
        split_reads=counts.get(rule.splits or ""),
        discordant_pairs=counts.get(rule.pairs or ""),
        fields=tuple(fields),
        problems=_problems(fields[0][1] if fields else "unknown", known),
    )


def _problems(tool: str, known: Convention | None) -> tuple[str, ...]:
    if known is None:
        return (remark("tool_not_understood", tool=tool),)
    return () if known.exact else (remark("positions_inexact", tool=tool),)


def _count(row: Row, name: str) -> int | None:
    return None if row.cells.get(name) == "-1" else row.count(name)


def _side(row: Row, end: str, rule: Convention) -> SideStatement:
    strand = row.strand(f"strand{end}")
    kept: Kept | None = None
    if rule.strands == "kept" and strand is not None:
        kept = "lower" if strand == "+" else "higher"
    return SideStatement(
        gene=row.get(f"t_gene{end}"),
        contig=row.need(f"chr{end}"),
        position=whole_number(row.need(f"pos{end}"), f"pos{end}") + rule.added or None,
        strand=strand if rule.strands == "transcript" else None,
        kept=kept,
    )


FORMAT: Final = CallerFormat(
    name="metafusion_cff",
    title="MetaFusion (CFF)",
    versions="CFF of MetaFusion and of forte",
    files=("*.cff",),
    tells=Tells(
        order="sometimes",
        position="junction",
        strand=True,
        split_reads=True,
        discordant_pairs=True,
        reading_frame=False,
    ),
    seen_on_real_file=True,
    expects="a first line without a header: chromosome, position and strand twice, DNA or RNA",
    recognise=recognise,
    read=read,
)
"""MetaFusion, rows of single tools."""
