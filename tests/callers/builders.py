"""Rows of other programs, built in the test: valid by default, one change per test.

The default row is the canonical joint as Arriba states it on GRCh38.
"""

from __future__ import annotations

from typing import Any

from tests.builders import BRD4_EXON_11, NUTM1_EXON_3, starter_panel

from nutfusion.callers.genes import GeneBook
from nutfusion.callers.loci import Loci
from nutfusion.callers.normalise import reported_fusion, unreadable_fusion
from nutfusion.callers.sides import Context
from nutfusion.callers.statement import SideStatement, Statement, Unreadable
from nutfusion.model.reported import CallerEvidence, CallerFile, ReportedFusion
from nutfusion.model.terms import Assembly

BRD4_SIDE = SideStatement(gene="BRD4", contig="19", position=BRD4_EXON_11, strand="-")
NUTM1_SIDE = SideStatement(gene="NUTM1", contig="15", position=NUTM1_EXON_3, strand="+")


def digest(caller: str) -> str:
    """The digest that stands for a caller's file."""
    return caller.encode().hex().ljust(64, "0")[:64]


def context(assembly: Assembly | None = Assembly.GRCH38) -> Context:
    """The starter panel, on an assembly."""
    panel = starter_panel()
    return Context(panel, GeneBook(panel), Loci(panel), assembly)


def statement(**changes: Any) -> Statement:
    """A row's own words."""
    values: dict[str, Any] = {
        "line": 2,
        "first": BRD4_SIDE,
        "second": NUTM1_SIDE,
        "ordered": True,
        "split_reads": 6,
        "discordant_pairs": 2,
    }
    return Statement(**(values | changes))


def reported(
    caller: str = "arriba", assembly: Assembly | None = Assembly.GRCH38, **changes: Any
) -> ReportedFusion:
    """A row, restated."""
    found = reported_fusion(
        statement(**changes), context(assembly), caller=caller, sha256=digest(caller)
    )
    assert found is not None
    return found


def unreadable(caller: str = "arriba", text: str = "NUTM1 ???", line: int = 7) -> ReportedFusion:
    """A row that names a gene and cannot be read."""
    return unreadable_fusion(
        Unreadable(line, text, "odd"), context(), caller=caller, sha256=digest(caller)
    )


def caller_file(caller: str = "arriba", **changes: Any) -> CallerFile:
    """A file."""
    values: dict[str, Any] = {
        "caller": caller,
        "title": caller.title(),
        "version": "2.x",
        "why": "header line",
        "seen_on_real_file": True,
        "sha256": digest(caller),
        "rows": 3,
        "nutm1_rows": 1,
        "panel_rows": 1,
        "assembly": Assembly.GRCH38,
        "assembly_source": "file",
        "reports_nutm1": None,
        "notes": (),
    }
    return CallerFile(**(values | changes))


def said(*rows: ReportedFusion, silent: tuple[CallerFile, ...] = ()) -> CallerEvidence:
    """Rows with the files they stand in, and files without such a row."""
    names = dict.fromkeys(row.caller for row in rows)
    return CallerEvidence(
        files=(*(caller_file(name) for name in names), *silent), reported=tuple(rows)
    )
