"""The table of ours, for whatever has no format of its own.

Source: docs/generic-tsv.md of this repository.

==============================  ================================================================
nutfusion_tsv                   nutfusion
==============================  ================================================================
five_prime_gene,                the genes; unordered when ``order`` is ``unknown``
three_prime_gene
assembly                        GRCh37 or GRCh38, the same in every row
``*_contig``, ``*_position``    1-based: last base of the 5' part, first base of the 3' part; for
                                ``dna`` the last base that stays on either side
``*_strand``                    of the transcript
``*_transcript``, ``*_exon``    accession with version; exon number in it
molecule                        ``rna`` or ``dna``
order                           ``stated`` or ``unknown``
seen                            ``yes``, or ``no`` for a target without reads
split_reads, discordant_pairs   fragments across the joint; fragments with a mate on each side
reading_frame                   ``in-frame``, ``out-of-frame``, ``stop-codon``
caller                          name of the program, one word, kept as stated
==============================  ================================================================

Order: as the column says. An empty cell means not stated. The first line names the format and its
version; every column must be there, in any order, and no other.
"""

from __future__ import annotations

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
    one_of,
    position_of,
    rows_of,
    shown,
    statements,
    word,
)
from nutfusion.errors import CallerFormatError
from nutfusion.model.terms import Assembly, ReadingFrame, SourceSays

if TYPE_CHECKING:
    from nutfusion.callers.text import CallerText, Head
    from nutfusion.model.terms import Kept

MAGIC: Final = "#nutfusion-fusions"
_FIRST_LINE: Final = f"{MAGIC} 1"
_SIDES: Final = ("five_prime", "three_prime")
COLUMNS: Final = (
    *("five_prime_gene", "three_prime_gene", "assembly"),
    *(f"{side}_{what}" for side in _SIDES for what in ("contig", "position", "strand")),
    *(f"{side}_{what}" for side in _SIDES for what in ("transcript", "exon")),
    *("molecule", "order", "seen", "split_reads", "discordant_pairs", "reading_frame", "caller"),
)
"""All columns, in the order of the documentation."""
_FRAMES: Final = tuple(frame.value for frame in ReadingFrame)[:3]


def recognise(head: Head) -> Recognised | None:
    """By the first line."""
    first = head.first().strip()
    if first.split(" ")[0].split("\t")[0] != MAGIC:
        return None
    return Recognised(first.removeprefix(MAGIC).strip()[:10], f"first line is {_FIRST_LINE}")


def read(text: CallerText, recognised: Recognised) -> CallerReport:
    """Read every row.

    Raises:
        CallerFormatError: Another version, other columns, or two assemblies.
    """
    if recognised.version != "1":
        raise CallerFormatError(
            f"expected {_FIRST_LINE!r} as first line, found version {recognised.version!r}",
            path=text.path,
            line=1,
        )
    lines = [(number, line) for number, line in text.numbered() if not line.startswith("#")]
    names = header_cells(lines[0][1]) if lines else ()
    if sorted(names) != sorted(COLUMNS):
        missing = [name for name in COLUMNS if name not in names]
        more = [name for name in names if name not in COLUMNS or names.count(name) > 1]
        raise CallerFormatError(
            f"expected the columns of docs/generic-tsv.md; missing: {', '.join(missing) or 'none'};"
            f" not known: {', '.join(map(shown, more[:5])) or 'none'}",
            path=text.path,
            line=lines[0][0] if lines else None,
        )
    rows = list(rows_of(text, is_header=lambda line: not line.startswith("#"), skip=("#",)))
    return statements(rows, _statement, assembly=_assembly(rows, text))


def _assembly(rows: list[Row], text: CallerText) -> Assembly | None:
    found: Assembly | None = None
    for row in rows:
        stated = row.get("assembly")
        if stated is None:
            continue
        if stated not in list(Assembly) or (found is not None and stated != found):
            raise CallerFormatError(
                f"expected assembly as GRCh37 or GRCh38, the same in every row, found"
                f" {shown(stated)}",
                path=text.path,
                line=row.line,
                code="assembly",
            )
        found = Assembly(stated)
    return found


def _statement(row: Row) -> Statement:
    molecule = one_of(row.need("molecule"), "molecule", ("rna", "dna"))
    order = one_of(row.need("order"), "order", ("stated", "unknown"))
    seen = one_of(row.need("seen"), "seen", ("yes", "no"))
    frame = row.get("reading_frame")
    caller = row.get("caller")
    if caller is not None and word(caller) is None:
        raise RowError(f"expected caller as one word, found {shown(caller)}")
    first, second = (_side(row, side, is_dna=molecule == "dna") for side in _SIDES)
    if row.get("assembly") is None and (first.position or second.position):
        raise RowError("expected assembly beside a position, found none")
    return Statement(
        line=row.line,
        first=first,
        second=second,
        ordered=order == "stated",
        molecule="dna" if molecule == "dna" else "rna",
        says=SourceSays.SEEN if seen == "yes" else SourceSays.NOT_SEEN,
        split_reads=row.count("split_reads"),
        discordant_pairs=row.count("discordant_pairs"),
        reading_frame=None
        if frame is None
        else ReadingFrame(one_of(frame, "reading_frame", _FRAMES)),
        fields=row.words(("caller",)),
    )


def _side(row: Row, side: str, *, is_dna: bool) -> SideStatement:
    strand = row.strand(f"{side}_strand")
    kept: Kept | None = None
    if is_dna and strand is not None:
        kept = "lower" if (strand == "+") is (side == "five_prime") else "higher"
    return SideStatement(
        gene=row.get(f"{side}_gene"),
        contig=row.get(f"{side}_contig"),
        position=position_of(row.get(f"{side}_position"), f"{side}_position"),
        strand=strand,
        kept=kept,
        transcript=row.get(f"{side}_transcript"),
        exon=row.get(f"{side}_exon"),
    )


FORMAT: Final = CallerFormat(
    name="nutfusion_tsv",
    title="nutfusion's own table",
    versions="1 (docs/generic-tsv.md)",
    files=("*.nutfusion.tsv",),
    tells=Tells(
        order="sometimes",
        position="junction",
        strand=True,
        split_reads=True,
        discordant_pairs=True,
        reading_frame=True,
        not_seen=True,
    ),
    seen_on_real_file=False,
    expects=f"the first line {_FIRST_LINE}",
    recognise=recognise,
    read=read,
)
"""Our own table."""
