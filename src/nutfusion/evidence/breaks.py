"""Breaks of DNA that our own look shows, restated as rows of DNA callers are.

So the exons that a transcript may join, its genes and their order are concluded in one way, whoever
saw the break.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from nutfusion.callers import restated
from nutfusion.callers.homology import slide_of_other
from nutfusion.callers.statement import SideStatement, Statement
from nutfusion.model.evidence import BreakSupport, ReadSupport
from nutfusion.model.terms import Assembly, Strand

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence, Set

    from nutfusion.model.evidence import JunctionSupport
    from nutfusion.model.junction import JunctionEnd
    from nutfusion.model.panel import Panel
    from nutfusion.model.terms import Kept
    from nutfusion.reads.dna.across import FoundBreak
    from nutfusion.reads.dna.pieces import End
    from nutfusion.reads.dna.sample import DnaBreaks

Span = tuple[int, int]
"""(lowest, highest)."""

READS: Final = "reads"
"""What stands for a caller's name in a break that we saw ourselves."""


def dna_breaks(
    breaks: DnaBreaks, junctions: Sequence[JunctionSupport], panel: Panel
) -> tuple[BreakSupport, ...]:
    """The breaks of a sample of DNA.

    Args:
        breaks: Found in the alignments.
        junctions: What the look at transcripts made of the same reads. A break in exons looks like
            a joint of RNA to it, and so does every intron beside an exon. Where its reads are
            clipped, and show no break that is there, it is one of its own.
        panel: The panel of the sample.

    Returns:
        Most split fragments first, then most pairs, then in the order in which they were found.
    """
    found = [_of_alignments(one, breaks.assembly, panel) for one in breaks.found]
    shown = {read.name for one in breaks.found for read in one.support.reads}
    found += [
        _of_transcripts(junction, panel)
        for junction in junctions
        if _mostly(breaks.clipped, (read.name for read in junction.reads))
        and not _mostly(shown, (read.name for read in junction.reads))
    ]
    known = [one for one in found if one is not None]
    return tuple(sorted(known, key=lambda one: (-one.split_reads, -one.discordant_pairs)))


def _mostly(shown: Set[str], names: Iterable[str]) -> bool:
    """Whether half of the fragments, or more, are among those shown."""
    own = set(names)
    return 2 * len(own & shown) >= len(own)


def _of_alignments(
    found: FoundBreak, assembly: Assembly | None, panel: Panel
) -> BreakSupport | None:
    slides: tuple[Span | None, Span | None] = (None, None)
    spans: tuple[Span | None, Span | None] = found.spans
    if found.precise:
        slides = _slides(found) if found.homology else slides
        spans = _moved(found.five, slides[0]), _moved(found.three, slides[1])
    statement = Statement(
        line=0,
        first=_side(found.five, spans[0]),
        second=_side(found.three, spans[1]),
        ordered=False,
        molecule="dna",
        precise=found.precise,
        split_reads=found.support.split_reads,
        discordant_pairs=found.support.discordant_pairs,
        slide=slides[0],
    )
    seen = _restated(statement, found.support, panel, assembly)
    broken = None if seen is None else seen.reported.genomic_breakpoint
    if seen is None or broken is None or not broken.exact:
        return seen
    bases = {"homology": found.homology, "linker_sequence": found.linker}
    broken = broken.model_copy(update=bases)
    reported = seen.reported.model_copy(update={"genomic_breakpoint": broken})
    return seen.model_copy(update={"reported": reported})


def _side(end: End, span: Span | None) -> SideStatement:
    return SideStatement(
        contig=end.contig, position=end.position, kept=end.kept, position_range=span
    )


def _moved(end: End, slide: Span | None) -> Span | None:
    return None if slide is None else (end.position + slide[0], end.position + slide[1])


def _slides(found: FoundBreak) -> tuple[Span, Span]:
    """How far both sides may be moved towards higher coordinates.

    Homologous bases are with NUTM1, which can only give them away.
    """
    if found.nutm1_is_three:
        of_nutm1 = (0, found.homology)
        return slide_of_other(of_nutm1, found.three.kept, found.five.kept), of_nutm1
    of_nutm1 = (-found.homology, 0)
    return of_nutm1, slide_of_other(of_nutm1, found.five.kept, found.three.kept)


def _of_transcripts(junction: JunctionSupport, panel: Panel) -> BreakSupport | None:
    """A joint of two transcripts in reads of DNA: DNA broke in exons."""
    sides = junction.junction.five_prime, junction.junction.three_prime
    statement = Statement(
        line=0,
        first=_exonic(sides[0], five_prime=True),
        second=_exonic(sides[1], five_prime=False),
        ordered=False,
        molecule="dna",
        precise=junction.junction.exact,
        split_reads=junction.split_reads,
        discordant_pairs=junction.discordant_pairs,
    )
    return _restated(statement, junction, panel, Assembly.GRCH38)


def _exonic(end: JunctionEnd | None, *, five_prime: bool) -> SideStatement:
    if end is None or end.contig is None:
        return SideStatement()
    kept: Kept = "lower" if (end.strand is Strand.PLUS) is five_prime else "higher"
    at = end.position
    if at is None and end.position_range is not None:
        at = end.position_range[1 if kept == "higher" else 0]
    return SideStatement(
        contig=end.contig, position=at, kept=kept, position_range=end.position_range
    )


def _restated(
    statement: Statement, support: ReadSupport, panel: Panel, assembly: Assembly | None
) -> BreakSupport | None:
    reported = restated(statement, panel, assembly, caller=READS, sha256="")
    if reported is None:
        return None
    return BreakSupport(
        **{name: getattr(support, name) for name in ReadSupport.model_fields}, reported=reported
    )
