"""The formats and what each can say, for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from nutfusion.callers.registry import CALLERS

if TYPE_CHECKING:
    from nutfusion.callers.statement import CallerFormat

NOT_SEEN: Final = "not yet seen on a real file"
"""Said of a format that was built from its description alone."""

COLUMNS: Final = ("name", "program", "layouts", "joint", "5' to 3'", "counts", "frame", "remark")
"""Columns of the list."""


def cells(fmt: CallerFormat) -> tuple[str, ...]:
    """One format as a row of the list."""
    tells = fmt.tells
    counts = [
        word
        for word, told in (
            ("split reads", tells.split_reads),
            ("discordant pairs", tells.discordant_pairs),
        )
        if told
    ]
    remarks = [] if fmt.seen_on_real_file else [NOT_SEEN]
    if tells.not_seen:
        remarks.append("lists targets without reads")
    return (
        fmt.name,
        fmt.title,
        fmt.versions,
        {
            "junction": "exon bases",
            "genomic": "DNA break, joint inferred",
            "transcript": "transcript bases",
            "exon": "exon labels",
            "none": "none",
        }[tells.position],
        tells.order,
        " and ".join(counts) or "not apart",
        "stated" if tells.reading_frame else "not stated",
        ", ".join(remarks),
    )


def listing() -> str:
    """Every format, one line each, cells divided by tabs, after a line of column names."""
    lines = [COLUMNS, *(cells(fmt) for fmt in CALLERS.values())]
    return "".join("\t".join(line) + "\n" for line in lines)
