"""CICERO ``final_fusions.txt``, ``annotated.fusion.txt``, ``.all.txt`` and ``.internal.txt``.

Source: stjude/CICERO@239e71e, README, "Output Fields", and its test output.

==============================  ================================================================
CICERO                          nutfusion
==============================  ================================================================
geneA, geneB                    5' and 3' gene where sv_ort is ``>``; may be several, ``,`` between
chr, pos                        junction, 1-based exon bases
ortA, ortB                      strand of the contig, so of the transcript where sv_ort is ``>``
sv_ort ``?``                    no order, and the strands say nothing
readsA, readsB                  junction reads at either breakpoint: split_reads is the larger
                                number, as a read may be in both; both are kept
type                            ``read_through`` is a read-through
frame                           one word per pair of transcripts: when all are 1 in frame, when all
                                are 0 out of frame; 2 and 3 (whole CDS or 5'UTR of B) not said
rating, medal, score            kept as stated; functional effect, feature too
==============================  ================================================================

Discordant pairs are not counted. The annotated files repeat their header line, and were seen to
put a 3' side one base lower than final_fusions.txt of the same run: off the exon edges their
positions may be off by one. Sample, contig and protein sequence are not kept.
"""

from __future__ import annotations

import re
from functools import partial
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
from nutfusion.callers.table import Row, header_cells, one_of, position_of, rows_of, statements
from nutfusion.model.remarks import remark
from nutfusion.model.terms import ReadingFrame

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nutfusion.callers.text import CallerText, Head

_NEEDED: Final = frozenset({"geneA", "posA", "ortA", "geneB", "posB", "ortB", "sv_ort", "readsA"})
_FINAL: Final = "rating"
_ORDERS: Final = (">", "?")
_FEATURES: Final = ("coding", "5utr", "3utr", "intron", "intergenic")
_WORDS: Final[Mapping[str, Sequence[str]]] = {
    "type": ("CTX", "ITX", "DEL", "INS", "Internal_dup", "read_through"),
    "featureA": _FEATURES,
    "featureB": _FEATURES,
    "rating": ("HQ", "RT", "LQ"),
    "medal": ("0", "1", "2", "3", "4"),
    "functional effect": ("ITD", "Fusion", "upTSS", "NLoss", "CLoss", "other"),
}
_FRAMES: Final[Mapping[str, ReadingFrame | None]] = {
    "0": ReadingFrame.OUT_OF_FRAME,
    "1": ReadingFrame.IN_FRAME,
    "2": None,
    "3": None,
}
_SCORE: Final = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,15})?(?:[eE][-+]?\d{1,3})?")


def recognise(head: Head) -> Recognised | None:
    """By the header line."""
    names = set(header_cells(head.first()))
    if not names >= _NEEDED:
        return None
    version = "final_fusions" if _FINAL in names else "annotated"
    return Recognised(version, "header line with geneA, ortA, sv_ort and readsA")


def read(text: CallerText, recognised: Recognised) -> CallerReport:
    """Read every row."""
    statement = partial(_statement, noise=0 if recognised.version == "final_fusions" else 1)
    return statements(rows_of(text), statement)


def _statement(row: Row, *, noise: int) -> Statement:
    ordered = one_of(row.need("sv_ort"), "sv_ort", _ORDERS) == ">"
    reads = [count for side in "AB" if (count := row.count(f"reads{side}")) is not None]
    fields = [
        (name, one_of(value, name, words))
        for name, words in _WORDS.items()
        if (value := row.get(name)) is not None
    ]
    fields += [
        (f"reads{side}", row.need(f"reads{side}")) for side in "AB" if row.get(f"reads{side}")
    ]
    score = row.get("score")
    if score is not None:
        if _SCORE.fullmatch(score) is None:
            raise RowError("expected score as a number, found another word")
        fields.append(("score", score))
    frames = _frames(row.get("frame"))
    problems: tuple[str, ...] = ()
    if frames:
        fields.append(("frame", ",".join(frames)))
        problems = () if len(frames) == 1 else (remark("frames_differ_by_transcript"),)
    return Statement(
        line=row.line,
        first=_side(row, "A", ordered=ordered),
        second=_side(row, "B", ordered=ordered),
        ordered=ordered,
        noise=noise,
        split_reads=max(reads, default=None),
        reading_frame=_FRAMES[frames[0]] if len(frames) == 1 else None,
        read_through=None if row.get("type") is None else row.get("type") == "read_through",
        fields=tuple(fields),
        problems=problems,
    )


def _frames(cell: str | None) -> list[str]:
    """The different words of a frame cell, sorted."""
    words = {word.strip() for word in (cell or "").split(",")} - {""}
    return sorted(one_of(word, "frame", tuple(_FRAMES)) for word in words)


def _side(row: Row, end: str, *, ordered: bool) -> SideStatement:
    strand = row.strand(f"ort{end}")
    return SideStatement(
        gene=row.get(f"gene{end}"),
        contig=row.get(f"chr{end}"),
        position=position_of(row.get(f"pos{end}"), f"pos{end}"),
        strand=strand if ordered else None,
    )


FORMAT: Final = CallerFormat(
    name="cicero",
    title="CICERO",
    versions="final_fusions.txt; annotated.fusion, .all and .internal.txt",
    files=("final_fusions.txt", "*final_fusions.txt", "annotated.fusion.txt", "annotated.all.txt"),
    tells=Tells(
        order="sometimes",
        position="junction",
        strand=True,
        split_reads=True,
        discordant_pairs=False,
        reading_frame=True,
    ),
    seen_on_real_file=True,
    expects="a header line with geneA, ortA, sv_ort and readsA",
    recognise=recognise,
    read=read,
)
"""CICERO."""
