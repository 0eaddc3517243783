"""GENIE and cBioPortal ``data_fusions.txt``: one row for each gene of a fusion.

Source: cBioPortal/cbioportal@0290a2a, docs/File-Formats.md, "Fusion Data" (deprecated); AACR GENIE
releases before 12.

==============================  ================================================================
data_fusions                    nutfusion
==============================  ================================================================
Hugo_Symbol                     a gene; the rows of one sample and one Fusion text are joined
                                into one finding, ``rows`` says how many
Fusion ``A-B fusion``           names the pair; when a row of the pair is missing, its other gene
Fusion ``A-intragenic``         both parts are of A
DNA_support, RNA_support        what was sequenced; neither: taken for DNA with the reason
                                ``molecule_not_stated``
Frame                           reading_frame; ``unknown`` not stated
DNA_support, RNA_support        kept as stated
==============================  ================================================================

Order: none. The text is often the reverse of the transcript (``FLI1-EWSR1 fusion``), so its genes
are given in its order and stated as unordered. No coordinates, no counts. Comments are free text
and not read; the literal ``null`` means nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from nutfusion.callers.several import several_samples
from nutfusion.callers.statement import (
    CallerFormat,
    CallerReport,
    Recognised,
    RowError,
    SideStatement,
    Statement,
    Tells,
    Unreadable,
)
from nutfusion.callers.table import Row, header_cells, one_of, rows_of
from nutfusion.model.remarks import remark
from nutfusion.model.terms import ReadingFrame

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Literal

    from nutfusion.callers.text import CallerText, Head

_NEEDED: Final = frozenset({"Hugo_Symbol", "Tumor_Sample_Barcode", "Fusion"})
_FUSION: Final = re.compile(r"(?P<genes>.+?)(?P<kind>[- ]intragenic| fusion)?", re.IGNORECASE)
_FRAMES: Final[Mapping[str, ReadingFrame | None]] = {
    "in frame": ReadingFrame.IN_FRAME,
    "in-frame": ReadingFrame.IN_FRAME,
    "inframe": ReadingFrame.IN_FRAME,
    "out of frame": ReadingFrame.OUT_OF_FRAME,
    "out-of-frame": ReadingFrame.OUT_OF_FRAME,
    "frameshift": ReadingFrame.OUT_OF_FRAME,
    "unknown": None,
}
_SUPPORT: Final = ("yes", "no", "unknown")
_FIELDS: Final = ("DNA_support", "RNA_support")


def recognise(head: Head) -> Recognised | None:
    """By the header line."""
    if not set(header_cells(head.first(skip=("#",)))) >= _NEEDED:
        return None
    return Recognised("data_fusions", "header line with Hugo_Symbol and Fusion")


def _is_header(line: str) -> bool:
    return set(header_cells(line)) >= _NEEDED


def read(text: CallerText, recognised: Recognised) -> CallerReport:  # noqa: ARG001
    """Read every row, and join those of one fusion."""
    rows = list(rows_of(text, is_header=_is_header))
    groups: dict[tuple[str | None, str], list[Row]] = {}
    unreadable: list[Unreadable] = []
    for row in rows:
        try:
            key = (row.get("Tumor_Sample_Barcode"), row.need("Fusion"))
            row.need("Hugo_Symbol")
        except RowError as error:
            unreadable.append(Unreadable(row.line, row.text, str(error)))
            continue
        groups.setdefault(key, []).append(row)
    found: list[Statement] = []
    for (_, fusion), group in groups.items():
        try:
            found.append(_statement(fusion, group))
        except RowError as error:
            unreadable += [Unreadable(row.line, row.text, str(error)) for row in group]
    return CallerReport(
        len(rows),
        tuple(found),
        tuple(unreadable),
        notes=several_samples(row.get("Tumor_Sample_Barcode") for row in rows),
    )


def _statement(fusion: str, rows: Sequence[Row]) -> Statement:
    genes = list(dict.fromkeys(row.need("Hugo_Symbol") for row in rows))
    first, second = _pair(fusion, genes)
    molecule, problems = _molecule(rows[0])
    frames = {frame for row in rows if (frame := _frame(row)) is not None}
    return Statement(
        line=rows[0].line,
        first=SideStatement(gene=first),
        second=SideStatement(gene=second),
        ordered=False,
        molecule=molecule,
        reading_frame=frames.pop() if len(frames) == 1 else None,
        fields=rows[0].words(_FIELDS),
        problems=problems,
        rows=len(rows),
    )


def _pair(fusion: str, genes: Sequence[str]) -> tuple[str, str | None]:
    """The two genes of a fusion: as its text names them, else as its rows do.

    Symbols hold hyphens themselves, so the text is compared with the rows' genes and not cut.
    """
    match = _FUSION.fullmatch(fusion)
    named = "" if match is None else match["genes"]
    if match is not None and (match["kind"] or "").strip("- ").casefold() == "intragenic":
        return genes[0], genes[-1]
    for first in genes:
        for second in genes:
            if named == f"{first}-{second}":
                return first, second
    for gene in genes:
        if named.startswith(f"{gene}-") and len(genes) == 1:
            return gene, named.removeprefix(f"{gene}-")
        if named.endswith(f"-{gene}") and len(genes) == 1:
            return named.removesuffix(f"-{gene}"), gene
    return genes[0], ";".join(genes[1:]) or None


def _molecule(row: Row) -> tuple[Literal["rna", "dna"], tuple[str, ...]]:
    dna, rna = (
        one_of((row.get(name) or "unknown").casefold(), name, _SUPPORT) == "yes"
        for name in ("DNA_support", "RNA_support")
    )
    if rna and not dna:
        return "rna", ()
    return "dna", () if dna else (remark("molecule_not_stated"),)


def _frame(row: Row) -> ReadingFrame | None:
    stated = row.get("Frame")
    if stated is None:
        return None
    return _FRAMES[one_of(stated.casefold(), "Frame", tuple(_FRAMES))]


FORMAT: Final = CallerFormat(
    name="genie_fusions",
    title="GENIE and cBioPortal data_fusions",
    versions="data_fusions.txt (before GENIE 12)",
    files=("data_fusions.txt", "*data_fusions*.txt"),
    tells=Tells(
        order="never",
        position="none",
        strand=False,
        split_reads=False,
        discordant_pairs=False,
        reading_frame=True,
    ),
    seen_on_real_file=True,
    expects="a header line with Hugo_Symbol, Tumor_Sample_Barcode and Fusion",
    recognise=recognise,
    read=read,
)
"""GENIE fusions."""
