"""Who saw what: reads looked at here, other programs, and what is said of each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from nutfusion.model.reason import Reason
from nutfusion.model.terms import FusionDetection, ReadingFrame, SourceSays
from nutfusion.scoring.programs import independent

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nutfusion.dossier.messages import Phrases
    from nutfusion.model.call import SourceStatement
    from nutfusion.model.dossier import Dossier, DossierFusion

_ROW: Final = re.compile(
    r"sha256:(?P<digest>[0-9a-f]{12})[0-9a-f]+(?:, lines? (?P<lines>[\d, ]+))?"
)
"""Proof of a program's statement, as ``calls.sources`` writes it."""

_READS: Final = re.compile(r"support\.reads \((\d+) of (\d+) reads\); (\S+), reference (\S+)")
"""Proof of the reads' statement, as ``calls.consolidate`` writes it."""

_NAMED_READS: Final = re.compile(r"reads (\S.*) \((\d+) of (\d+)\)")
"""Proof of reads beside a joint that they do not show, as ``calls.consolidate`` writes it."""

_READ_FIGURES: Final = "qc.reads"

_DIFFERS: Final[Mapping[str, str]] = {
    "position_differs": "differs_position",
    "order_differs": "differs_order",
    "gene_differs": "differs_gene",
    "not_passed": "differs_not_passed",
}
"""Labels of the remarks that speak against what the dossier says."""


@dataclass(frozen=True, slots=True)
class SourceView:
    """One source in words.

    Attributes:
        data: The dossier's own statement.
        evidence: Where the proof is.
        frame: The reading frame that it states; ``None`` when it states none.
    """

    data: SourceStatement
    evidence: str
    frame: str | None


def source_views(fusion: DossierFusion, phrases: Phrases) -> tuple[SourceView, ...]:
    """The sources in words, in the order of the dossier."""
    return tuple(
        SourceView(
            source,
            _evidence(source.evidence, phrases),
            None if source.reading_frame is None else phrases.value(source.reading_frame.value),
        )
        for source in fusion.support.sources
    )


def disagreement(fusion: DossierFusion, phrases: Phrases) -> tuple[str | None, bool]:
    """Who disagrees on what, or that nobody does, and whether somebody does.

    Returns:
        No words when fewer than two sources were asked: nobody was there to disagree.
    """
    asked = [s for s in fusion.support.sources if s.says is not SourceSays.NOT_ASSESSED]
    if len(asked) < 2:
        return None, False
    who = []
    for source in asked:
        labels = [phrases.ui(key) for key in _differences(source, fusion)]
        if labels:
            who.append(f"{phrases.program(source.name)} ({', '.join(labels)})")
    if who:
        return phrases.ui("sources_differ", who=phrases.join(who)), True
    return phrases.ui("sources_agree", n=len(asked)), False


def _differences(source: SourceStatement, fusion: DossierFusion) -> tuple[str, ...]:
    """Labels of what one source says against the dossier."""
    found = [] if source.says is SourceSays.SEEN else ["differs_not_seen"]
    codes = [Reason.parse(remark).code for remark in source.remarks]
    found += [label for code, label in _DIFFERS.items() if code in codes]
    known = (ReadingFrame.NOT_PREDICTED, None)
    frames = (source.reading_frame, fusion.reading_frame)
    if frames[0] != frames[1] and not any(frame in known for frame in frames):
        found.append("differs_frame")
    return tuple(found)


def programs(fusion: DossierFusion, phrases: Phrases) -> tuple[str, ...]:
    """Titles of the other programs that report a fusion."""
    return tuple(dict.fromkeys(phrases.program(name) for name in _seeing(fusion)))


def _seeing(fusion: DossierFusion) -> tuple[str, ...]:
    """Formats of other programs that report a fusion."""
    sources = fusion.support.sources
    return tuple(s.name for s in sources if s.kind == "caller" and s.says is SourceSays.SEEN)


def is_from_programs(fusion: DossierFusion) -> bool:
    """Whether other programs report a fusion that the reads looked at here do not show."""
    seen = {source.kind for source in fusion.support.sources if source.says is SourceSays.SEEN}
    return "caller" in seen and "reads" not in seen


def without_reads(dossier: Dossier, fusion: DossierFusion | None, phrases: Phrases) -> str | None:
    """Whose word the answer is when no read was looked at; ``None`` when reads were.

    Args:
        dossier: The dossier.
        fusion: The one that the page speaks of first; without any, every file counts.
        phrases: The language.
    """
    if dossier.qc.reads is not None:
        return None
    if fusion is None:
        files = dossier.callers.files
        names = tuple(dict.fromkeys(phrases.program(file.caller) for file in files))
    else:
        names = programs(fusion, phrases)
    if not names:
        return phrases.ui("no_reads_examined")
    if fusion is not None and len(names) > 1 and len(independent(_seeing(fusion))) == 1:
        return phrases.ui("from_one_program", programs=phrases.join(names))
    return phrases.ui("from_programs", n=len(names), programs=phrases.join(names))


def detection(fusion: DossierFusion, phrases: Phrases) -> str:
    """How the fusion was detected, and by whom when it was not in the reads looked at here."""
    words = phrases.term("fusion_detection", fusion.fusion_detection)
    if not is_from_programs(fusion):
        return words
    return phrases.ui("counted_by", words=words, program=phrases.join(programs(fusion, phrases)))


def counts(fusion: DossierFusion, phrases: Phrases) -> str:
    """Fragments of a fusion in words, and whose count they are when it is not ours.

    Only our own count is of distinct fragments: other programs need not remove duplicates.
    """
    support = fusion.support
    if support.split_reads is None and support.discordant_pairs is None:
        return phrases.ui("no_counts")
    is_dna = fusion.fusion_detection is FusionDetection.INFERRED
    split = "dna_split_distinct" if is_dna else "split_fragments"
    if is_from_programs(fusion):
        split = "dna_split" if is_dna else "raw_split"
    parts = [
        phrases.ui(key, n=n)
        for key, n in (
            (split, support.split_reads),
            ("discordant_fragments", support.discordant_pairs),
        )
        if n is not None
    ]
    words = parts[0] if len(parts) == 1 else phrases.ui("and", a=parts[0], b=parts[1])
    counted_by = _counted_by(fusion)
    if counted_by is None:
        return words
    return phrases.ui("counted_by", words=words, program=phrases.program(counted_by))


def _counted_by(fusion: DossierFusion) -> str | None:
    """The program whose counts the fusion bears; ``None`` when they are ours."""
    if not is_from_programs(fusion):
        return None
    support = fusion.support
    for source in support.sources:
        if source.says is SourceSays.SEEN and (source.split_reads, source.discordant_pairs) == (
            support.split_reads,
            support.discordant_pairs,
        ):
            return source.name
    return None


def _evidence(text: str, phrases: Phrases) -> str:
    """Where the proof is; text of another form is shown as it is."""
    row = _ROW.fullmatch(text)
    if row is not None:
        file = phrases.ui("proof_file", digest=row["digest"])
        if row["lines"] is None:
            return file
        lines = row["lines"]
        return phrases.ui("proof_lines", n=lines.count(",") + 1, lines=lines, file=file)
    reads = _READS.fullmatch(text)
    if reads is not None:
        shown, total, bam, reference = reads.groups()
        kept = phrases.ui("stack_shown", n=int(shown), total=int(total))
        return phrases.ui("proof_reads", kept=kept, bam=bam, reference=reference)
    named = _NAMED_READS.fullmatch(text)
    if named is not None:
        names, shown, total = named.groups()
        return phrases.ui("proof_named", n=int(shown), total=int(total), names=names)
    return phrases.ui("proof_figures") if text == _READ_FIGURES else text
