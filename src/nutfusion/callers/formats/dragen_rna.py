"""DRAGEN RNA ``fusion_candidates``: final, preliminary, and the unfiltered ``features.csv``.

Source: umccr/RNAsum, R/dragen_fusions.R (columns by version); DRAGEN's online help 3.7 to 4.5,
"Gene Fusion Detection"; TruSight Oncology 500 help 2.5, "RNA Output" (filters); columns of
``features.csv`` from a published parser (DRAGEN_parser.pm of a benchmark of fusion callers).

==============================  ================================================================
DRAGEN                          nutfusion
==============================  ================================================================
FusionGene ``A--B``             genes; ``A1;A2--B`` when several lie at a breakpoint
LeftBreakpoint, RightBreakpoint junction ``contig:position:strand``, 1-based
Gene1Sense, Gene2Sense          the order left to right makes the gene's transcript sense: both
                                True is the order of the transcript; else, and before 3.9 (no such
                                columns), order and strands are not taken as stated
Gene1Id, Gene2Id                Ensembl gene ids, ``;`` between several
NumSplitReads                   split_reads
NumSoftClippedReads             reads that end at the joint: kept, not added
NumPairedReads                  discordant_pairs
Score                           kept: before 3.9 the number of reads, later a probability
Filter                          kept (``features.csv``): PASS, FAIL and the documented filters; the
                                name of another one becomes OTHER
Gene1Location, Gene2Location    kept
==============================  ================================================================

``ReadNames`` is not read. ``features.csv`` and ``preliminary`` list candidates before the filters,
which is noted.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from nutfusion.callers.statement import (
    CallerFormat,
    CallerReport,
    Recognised,
    RowError,
    SideStatement,
    Statement,
    Tells,
)
from nutfusion.callers.table import (
    Row,
    header_cells,
    not_passed,
    one_of,
    place,
    rows_of,
    shown,
    stated,
    statements,
)
from nutfusion.model.remarks import remark

if TYPE_CHECKING:
    from nutfusion.callers.text import CallerText, Head

_NEEDED: Final = ("FusionGene", "Score", "LeftBreakpoint", "RightBreakpoint")
_OLD: Final = "before 3.9"
_FINAL: Final = "3.9 or later"
_FEATURES: Final = "features.csv"
_PRELIMINARY: Final = "preliminary"
_SEVERAL: Final = ";"
_LOCATIONS: Final = ("IntactExon", "BrokenExon", "Intron", "Intergenic")
_BOOLEAN: Final = ("True", "False")
_FILTERS: Final = frozenset(
    {"PASS", "FAIL", "DOUBLE_BROKEN_EXON", "LOW_MAPQ", "LOW_UNIQUE_ALIGNMENTS", "LOW_SCORE"}
)
_FILTER_SHAPE: Final = re.compile(r"[A-Z0-9]+(?:_[A-Z0-9]+)*(?:;[A-Z0-9]+(?:_[A-Z0-9]+)*)*;?")


def recognise(head: Head) -> Recognised | None:
    """By the header line: the first four columns are the same in every version."""
    line = head.first()
    if header_cells(line, ",")[: len(_NEEDED)] == _NEEDED:
        return Recognised(_FEATURES, "comma-separated header line with FusionGene and Score")
    names = header_cells(line)
    if names[: len(_NEEDED)] != _NEEDED:
        return None
    version = _FINAL if "NumSplitReads" in names else _OLD
    if head.name.endswith(_PRELIMINARY):
        version = f"{version}, {_PRELIMINARY}"
    return Recognised(version, "header line with FusionGene, Score and LeftBreakpoint")


def read(text: CallerText, recognised: Recognised) -> CallerReport:
    """Read every row."""
    is_csv = recognised.version == _FEATURES
    rows = rows_of(text, delimiter="," if is_csv else "\t", quoted=is_csv)
    unfiltered = is_csv or recognised.version.endswith(_PRELIMINARY)
    notes = (remark("candidates_before_filters"),) if unfiltered else ()
    return statements(rows, _statement, notes=notes)


def _statement(row: Row) -> Statement:
    left, dashes, right = row.need("FusionGene").partition("--")
    if not (left and dashes and right):
        raise RowError(f"expected FusionGene as A--B, found {shown(row.need('FusionGene'))}")
    locations = {
        name: _listed(row, name, _LOCATIONS) for name in ("Gene1Location", "Gene2Location")
    }
    senses = {name: _listed(row, name, _BOOLEAN) for name in ("Gene1Sense", "Gene2Sense")}
    ordered = all(set((sense or "").split(_SEVERAL)) == {"True"} for sense in senses.values())
    return Statement(
        line=row.line,
        first=_side(row, left, "Left", "1", ordered=ordered),
        second=_side(row, right, "Right", "2", ordered=ordered),
        ordered=ordered,
        split_reads=row.count("NumSplitReads"),
        discordant_pairs=row.count("NumPairedReads"),
        fields=stated(
            Score=row.measure("Score"),
            Filter=_filters(row.get("Filter")),
            NumSoftClippedReads=row.measure("NumSoftClippedReads"),
            **locations,
            **senses,
        ),
        problems=not_passed("FAIL" in (row.get("Filter") or "").split(_SEVERAL)),
    )


def _side(row: Row, gene: str, end: str, number: str, *, ordered: bool) -> SideStatement:
    contig, position, strand = place(row.need(f"{end}Breakpoint"), f"{end}Breakpoint")
    return SideStatement(
        gene=gene,
        gene_id=row.get(f"Gene{number}Id"),
        contig=contig,
        position=position,
        strand=strand if ordered else None,
    )


def _listed(row: Row, name: str, allowed: tuple[str, ...]) -> str | None:
    """A cell with a documented word per gene.

    Raises:
        RowError: One of them is another one.
    """
    value = row.get(name)
    if value is None:
        return None
    words = [one_of(word.strip(), name, allowed) for word in value.strip(_SEVERAL).split(_SEVERAL)]
    return _SEVERAL.join(words)


def _filters(value: str | None) -> str | None:
    """The documented filters of a cell.

    Raises:
        RowError: It is not a list of filters.
    """
    if value is None:
        return None
    if not _FILTER_SHAPE.fullmatch(value):
        raise RowError(f"expected Filter as PASS, FAIL or filters, found {shown(value)}")
    words = [word if word in _FILTERS else "OTHER" for word in value.split(_SEVERAL) if word]
    return _SEVERAL.join(dict.fromkeys(words))


FORMAT: Final = CallerFormat(
    name="dragen_rna",
    title="DRAGEN RNA",
    versions="fusion_candidates final and preliminary, before and since 3.9, and features.csv",
    files=(
        "*.fusion_candidates.final",
        "*.fusion_candidates.features.csv",
        "*.fusion_candidates.preliminary",
    ),
    tells=Tells(
        order="sometimes",
        position="junction",
        strand=True,
        split_reads=True,
        discordant_pairs=True,
        reading_frame=False,
    ),
    seen_on_real_file=True,
    expects="a header line that begins FusionGene Score LeftBreakpoint RightBreakpoint",
    recognise=recognise,
    read=read,
)
"""DRAGEN RNA."""
