"""What fusion-report passes on of each tool: its own words, under its own keys.

See ``fusion_report`` for the source, fusion_report/parsers/*.py; positions are those of the tools,
1-based, as ``contig:position#contig:position``, with or without strands.

=================  =============================  ==============================================
tool               split_reads, discordant_pairs  more
=================  =============================  ==============================================
arriba             split_reads1 + split_reads2,   no strands; type has ``read-through``;
                   discordant_mates               reading-frame
starfusion         junction_reads,                strands of the transcript
                   spanning_reads
fusioncatcher      spanning_unique_reads,         strands of the transcript; fusion_type in-frame
                   spanning_pairs                 or out-of-frame is the reading frame
ericscript         junction_reads,                the position may be words: then it is not stated
                   discordant_reads
jaffa              spanning_reads,                "spanning reads" cross the joint here; ordered
                   spanning_pairs                 when aligns or inframe is TRUE, and exact when
                                                  aligns is TRUE
pizzly             split_count, pair_count        no position
ctat_lr_fusion     num_LR when it is whole, none  long reads across the joint
dragen             none, none                     score: a count in old versions, then a
                                                  probability
squid              none, none                     ranges in the order of the genome or reversed,
                                                  genes in the order of the transcript: which
                                                  belongs to which is lost, so the position is
                                                  shown and not used
=================  =============================  ==============================================

A tool that is not here gives the pair and says that its words are not known.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from nutfusion.callers.statement import RowError, SideStatement, Statement
from nutfusion.callers.table import UNKNOWN, one_of, place, shown, whole_number
from nutfusion.model.remarks import remark
from nutfusion.model.terms import ReadingFrame

if TYPE_CHECKING:
    from collections.abc import Mapping

    Details = Mapping[str, str | None]

_WORD: Final = re.compile(r"[A-Za-z0-9_.:#/()-]{1,100}")
_FRAMES: Final[Mapping[str, ReadingFrame]] = {
    "in-frame": ReadingFrame.IN_FRAME,
    "out-of-frame": ReadingFrame.OUT_OF_FRAME,
    "TRUE": ReadingFrame.IN_FRAME,
    "FALSE": ReadingFrame.OUT_OF_FRAME,
}
_TRUTH: Final = ("TRUE", "FALSE")
_ERICSCRIPT_UNKNOWN: Final = "Unable to predict breakpoint position"


@dataclass(frozen=True, slots=True)
class _Tool:
    """Where a tool's details stand.

    Attributes:
        splits: Keys whose sum is the fragments across the joint; empty: not counted.
        pairs: Key of the fragments on both sides; ``None``: not counted.
        frame: Key that holds the reading frame, among other words perhaps.
        places: The position is used.
        kept: Keys that are shown.
    """

    splits: tuple[str, ...] = ()
    pairs: str | None = None
    frame: str | None = None
    places: bool = True
    kept: tuple[str, ...] = ()


TOOLS: Final[Mapping[str, _Tool]] = {
    "arriba": _Tool(
        ("split_reads1", "split_reads2"),
        "discordant_mates",
        "reading-frame",
        kept=("type", "confidence"),
    ),
    "starfusion": _Tool(("junction_reads",), "spanning_reads"),
    "fusioncatcher": _Tool(
        ("spanning_unique_reads",), "spanning_pairs", "fusion_type", kept=("fusion_type",)
    ),
    "ericscript": _Tool(("junction_reads",), "discordant_reads", kept=("fusion_type",)),
    "jaffa": _Tool(
        ("spanning_reads",), "spanning_pairs", "inframe", kept=("classification", "aligns")
    ),
    "pizzly": _Tool(("split_count",), "pair_count", places=False),
    "ctat_lr_fusion": _Tool(kept=("num_LR",)),
    "dragen": _Tool(kept=("score",)),
    "squid": _Tool(places=False, kept=("position", "score")),
}
"""Tools whose details are understood."""


def tool_statement(
    line: int,
    pair: tuple[str, str],
    tool: str | None,
    details: Details,
    shared: tuple[tuple[str, str], ...],
) -> Statement:
    """What one tool says of a pair of genes.

    Args:
        line: Line, or number of the record.
        pair: Genes as written.
        tool: Key of the tool; ``None`` when the record has none.
        details: Of the tool.
        shared: Fields of the record.

    Raises:
        RowError: A detail is not what the table above says.
    """
    known = TOOLS.get(tool or "")
    if tool is None or known is None:
        named = tool if tool is not None and _WORD.fullmatch(tool) else "none"
        return Statement(
            line=line,
            first=SideStatement(gene=pair[0]),
            second=SideStatement(gene=pair[1]),
            ordered=False,
            fields=shared,
            problems=(remark("tool_not_understood", tool=named),),
        )
    first, second = _sides(tool, pair, details) if known.places else _named(pair)
    kind = details.get("type")
    return Statement(
        line=line,
        first=first,
        second=second,
        ordered=tool != "jaffa" or "TRUE" in (details.get("aligns"), details.get("inframe")),
        precise=tool != "jaffa" or details.get("aligns") == "TRUE",
        split_reads=_long_reads(details) if tool == "ctat_lr_fusion" else _sum(known, details),
        discordant_pairs=None if known.pairs is None else _count(details, known.pairs),
        reading_frame=_frame(tool, known, details),
        read_through=None
        if tool != "arriba" or kind is None
        else "read-through" in kind.split("/"),
        fields=(("tool", tool), *_kept(known, details), *shared),
    )


def _named(pair: tuple[str, str]) -> tuple[SideStatement, SideStatement]:
    return SideStatement(gene=pair[0]), SideStatement(gene=pair[1])


def _sides(
    tool: str, pair: tuple[str, str], details: Details
) -> tuple[SideStatement, SideStatement]:
    cell = details.get("position")
    if cell is None or cell in UNKNOWN:
        return _named(pair)
    if tool == "ericscript" and _ERICSCRIPT_UNKNOWN in cell:
        return _named(pair)
    places = [place(part, "position") for part in cell.split("#")]
    if len(places) != 2:
        raise RowError(f"expected position as two places with #, found {shown(cell)}")
    sides = [
        SideStatement(gene=gene, contig=contig, position=position, strand=strand)
        for gene, (contig, position, strand) in zip(pair, places, strict=True)
    ]
    return sides[0], sides[1]


def _count(details: Details, key: str) -> int | None:
    value = details.get(key)
    return None if value is None or value in UNKNOWN else whole_number(value, key)


def _sum(known: _Tool, details: Details) -> int | None:
    counts = [_count(details, key) for key in known.splits]
    return None if not counts or None in counts else sum(n for n in counts if n is not None)


def _long_reads(details: Details) -> int | None:
    """Long reads, which may be shared out between fusions: then they are shown, not counted."""
    value = details.get("num_LR")
    if value is None or not re.fullmatch(r"[0-9]{1,9}(?:\.0*)?", value):
        return None
    return whole_number(value, "num_LR")


def _frame(tool: str, known: _Tool, details: Details) -> ReadingFrame | None:
    value = None if known.frame is None else details.get(known.frame)
    if value is None or value in UNKNOWN:
        return None
    if tool == "arriba":
        return ReadingFrame(
            one_of(value, "reading-frame", [frame.value for frame in ReadingFrame][:3])
        )
    if tool == "jaffa":
        return _FRAMES[one_of(value, "inframe", _TRUTH)]
    return _FRAMES.get(value)


def _kept(known: _Tool, details: Details) -> tuple[tuple[str, str], ...]:
    return tuple(
        (key, value)
        for key in known.kept
        if (value := details.get(key)) is not None and _WORD.fullmatch(value)
    )
