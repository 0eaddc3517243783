"""Files of callers and panels to reported fusions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from nutfusion.callers.detect import detect, recognise_as
from nutfusion.callers.genes import GeneBook
from nutfusion.callers.loci import Loci
from nutfusion.callers.normalise import reported_fusion, unreadable_fusion
from nutfusion.callers.registry import CALLERS
from nutfusion.callers.sides import Context
from nutfusion.callers.text import read_text
from nutfusion.callers.which_assembly import shown_assembly
from nutfusion.errors import CallerFormatError
from nutfusion.model.remarks import remark
from nutfusion.model.reported import CallerFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path
    from typing import Literal

    from nutfusion.callers.statement import CallerReport, Statement
    from nutfusion.model.panel import Panel
    from nutfusion.model.reported import ReportedFusion
    from nutfusion.model.terms import Assembly


MOST_FUSIONS: Final = 500
"""Fusions of NUTM1 that are taken over from a file (chosen by us): a program tells of a few, and a
raw file with a row for each read of some hundreds. 2,000 took 1 GB and a page of 100 MB."""


@dataclass(frozen=True, slots=True)
class CallerResult:
    """One file, read.

    Attributes:
        file: What it is.
        fusions: Rows that touch a gene of the panel, in file order.
    """

    file: CallerFile
    fusions: tuple[ReportedFusion, ...]


def read_caller_file(
    path: Path, panel: Panel, *, name: str | None = None, assembly: Assembly | None = None
) -> CallerResult:
    """Read one file.

    Args:
        path: Of any registered format, plain or gzip.
        panel: Its genes are what is looked for.
        name: Format; ``None``: found out.
        assembly: Of the file's positions, when the user says so; it wins over what the
            coordinates show, not over what the file states.

    Raises:
        CallerFormatError: The file is of no format, of several, or breaks its own.
    """
    text = read_text(path)
    found = detect(text.head, path) if name is None else recognise_as(name, text.head, path)
    report = found.format.read(text, found.recognised)
    book, loci = GeneBook(panel), Loci(panel)
    known, source = _assembly(report, assembly, book, loci, path)
    context = Context(panel, book, loci, known)
    fusions = [
        reported
        for statement in report.statements
        if (
            reported := reported_fusion(
                statement, context, caller=found.format.name, sha256=text.sha256
            )
        )
        is not None
    ]
    for row in report.unreadable:
        if not book.mentions(row.text):
            raise CallerFormatError(
                f"not {found.format.title} output: {row.message}", path=path, line=row.line
            )
        fusions.append(
            unreadable_fusion(row, context, caller=found.format.name, sha256=text.sha256)
        )
    fusions.sort(key=lambda fusion: fusion.line)
    kept, left_out = _best_supported(fusions)
    return CallerResult(
        CallerFile(
            caller=found.format.name,
            title=found.format.title,
            version=found.recognised.version,
            why=found.recognised.why,
            seen_on_real_file=found.format.seen_on_real_file,
            sha256=text.sha256,
            rows=report.rows,
            nutm1_rows=_rows(fusion for fusion in fusions if fusion.touches_nutm1),
            panel_rows=_rows(fusions),
            assembly=known,
            assembly_source=source,
            reports_nutm1=report.reports_nutm1,
            notes=(*report.notes, *_unplaced(report, known), *left_out),
        ),
        kept,
    )


def _best_supported(
    fusions: Sequence[ReportedFusion],
) -> tuple[tuple[ReportedFusion, ...], tuple[str, ...]]:
    """Fusions that are taken over, in their order, and a note when some are not.

    Those of NUTM1 with most fragments, as far as the file says; of equals the first.
    """
    of_nutm1 = [fusion for fusion in fusions if fusion.touches_nutm1]
    if len(of_nutm1) <= MOST_FUSIONS:
        return tuple(fusions), ()
    of_nutm1.sort(key=lambda f: -((f.split_reads or 0) + (f.discordant_pairs or 0)))
    taken = {id(fusion) for fusion in of_nutm1[:MOST_FUSIONS]}
    note = remark("fusions_left_out", n=len(of_nutm1), kept=MOST_FUSIONS)
    return tuple(f for f in fusions if not f.touches_nutm1 or id(f) in taken), (note,)


def restated(
    statement: Statement, panel: Panel, assembly: Assembly | None, *, caller: str, sha256: str
) -> ReportedFusion | None:
    """Restate one statement that comes from no file of a caller.

    Returns:
        ``None`` when it touches no gene of the panel.
    """
    context = Context(panel, GeneBook(panel), Loci(panel), assembly)
    return reported_fusion(statement, context, caller=caller, sha256=sha256)


def _rows(fusions: Iterable[ReportedFusion]) -> int:
    """Rows of the file behind fusions; a row that tells of two joints counts once."""
    by_line: dict[int, int] = {}
    for fusion in fusions:
        by_line[fusion.line] = max(fusion.rows, by_line.get(fusion.line, 0))
    return sum(by_line.values())


def _unplaced(report: CallerReport, assembly: Assembly | None) -> tuple[str, ...]:
    """A note when rows have positions and no gene names, and the assembly is unknown."""
    if assembly is not None or not any(
        side.gene is None and side.gene_id is None and side.position is not None
        for statement in report.statements
        for side in (statement.first, statement.second)
    ):
        return ()
    return (remark("positions_without_assembly"),)


def _assembly(
    report: CallerReport, said: Assembly | None, book: GeneBook, loci: Loci, path: Path
) -> tuple[Assembly | None, Literal["file", "coordinates", "user", "none"]]:
    """The assembly and how it is known.

    Raises:
        CallerFormatError: The user, the file or its coordinates contradict each other.
    """
    shown = shown_assembly(report.statements, book, loci)
    for other, who in ((report.assembly, "the file says"), (said, "you said")):
        if other is not None and shown is not None and other is not shown:
            raise CallerFormatError(
                f"{who} {other.value}, but its genes lie where they are on {shown.value};"
                " check which genome the program was given",
                path=path,
                code="assembly",
            )
    if report.assembly is not None:
        return report.assembly, "file"
    if shown is not None:
        return shown, "coordinates"
    return (said, "user") if said is not None else (None, "none")


def read_caller(
    path: Path, panel: Panel, *, name: str | None = None, assembly: Assembly | None = None
) -> tuple[CallerResult, ...]:
    """Read a file, or the files of one caller in a folder.

    Args:
        path: A file, or a folder that a caller wrote (then ``name`` is needed).
        panel: Its genes are what is looked for.
        name: Format; ``None``: found out.
        assembly: See ``read_caller_file``.

    Returns:
        One result per file, by file name.

    Raises:
        CallerFormatError: See ``read_caller_file``; or the folder holds no file of the format.
    """
    if not path.is_dir():
        return (read_caller_file(path, panel, name=name, assembly=assembly),)
    files = _files_of(path, name)
    return tuple(read_caller_file(f, panel, name=name, assembly=assembly) for f in files)


def _files_of(folder: Path, name: str | None) -> Sequence[Path]:
    """The files of a format in a folder, gzipped ones included.

    Raises:
        CallerFormatError: No format was named, or there is none.
    """
    fmt = CALLERS.get(name or "")
    if fmt is None:
        raise CallerFormatError(
            "expected a file, found a folder; say whose it is with --caller NAME=FOLDER"
            f" ({', '.join(CALLERS)})",
            path=folder,
            code="folder",
        )
    found = {
        file
        for pattern in fmt.files
        for ending in ("", ".gz")
        for file in folder.glob(pattern + ending)
        if file.is_file()
    }
    if not found:
        raise CallerFormatError(
            f"expected {' or '.join(fmt.files)} of {fmt.title}, found none in this folder",
            path=folder,
            code="folder",
        )
    return sorted(found)
