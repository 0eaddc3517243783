"""Where the sources of one fusion differ: said beside every state, averaged never."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from nutfusion.calls.draft import shows_joint
from nutfusion.model.reason import Reason
from nutfusion.model.remarks import DOUBTS
from nutfusion.model.terms import ReadingFrame, SourceSays
from nutfusion.scoring.reasons import reason

if TYPE_CHECKING:
    from nutfusion.model.annotated import AnnotatedFusion
    from nutfusion.model.call import SourceStatement
    from nutfusion.model.reported import CallerEvidence

DISAGREEMENTS: Final = frozenset({"position_differs", "order_differs", "gene_differs"})
"""Remarks about a source that say something else than the call."""


def source_remarks(fusion: AnnotatedFusion) -> tuple[str, ...]:
    """Sources that put the joint elsewhere, and frames that contradict ours."""
    sources = fusion.call.support.sources
    found = []
    elsewhere = sorted(
        {
            source.name
            for source in sources
            if any(Reason.parse(text).code in DISAGREEMENTS for text in source.remarks)
        }
    )
    if elsewhere:
        found.append(reason("sources_disagree", sources=" ".join(elsewhere)))
    if fusion.reading_frame is ReadingFrame.NOT_PREDICTED:
        return tuple(found)
    for frame in ReadingFrame:
        saying = sorted(
            {
                source.name
                for source in sources
                if source.says is SourceSays.SEEN and source.reading_frame is frame
            }
        )
        if saying and frame is not fusion.reading_frame:
            found.append(
                reason("source_frame_differs", frame=frame.value, sources=" ".join(saying))
            )
    return tuple(found)


def doubt_reasons(fusion: AnnotatedFusion) -> tuple[str, ...]:
    """What stands against a fusion because every source of its joint says it against itself.

    A program's filters reject what its authors saw in normal tissue and in artefacts, and a gene
    named far from where it lies is another gene or another genome. Our own look at the reads, or
    one program without such a doubt, is enough to take it off.
    """
    showing = [s for s in fusion.call.support.sources if s.says is SourceSays.SEEN]
    showing = [s for s in showing if shows_joint(s.remarks)] or showing
    found = []
    for code in sorted(DOUBTS):
        said = [_said(source, code) for source in showing]
        if said and all(said):
            names = " ".join(sorted({source.name for source in showing}))
            found.append(reason(f"sources_{code}", sources=names))
    return tuple(found)


def _said(source: SourceStatement, code: str) -> bool:
    return any(Reason.parse(text).code == code for text in source.remarks)


def unreadable_reasons(callers: CallerEvidence) -> tuple[str, ...]:
    """Rows that name NUTM1 and cannot be read: each is a finding that somebody must look at."""
    return tuple(
        reason("unreadable_nutm1_row", line=row.line, source=row.caller)
        for row in callers.reported
        if row.touches_nutm1 and not row.is_readable
    )


def silent_reasons(callers: CallerEvidence) -> tuple[str, ...]:
    """Programs that were run and report no NUTM1 fusion; those that could not report one."""
    seeing = {
        row.sha256
        for row in callers.reported
        if row.touches_nutm1 and row.says is not SourceSays.NOT_SEEN
    }
    silent = [file for file in callers.files if file.sha256 not in seeing]
    looked = sorted({file.caller for file in silent if file.reports_nutm1 is not False})
    blind = sorted({file.caller for file in silent if file.reports_nutm1 is False})
    found = []
    if looked:
        found.append(reason("callers_saw_nothing", sources=" ".join(looked)))
    if blind:
        found.append(reason("reports_without_nutm1", sources=" ".join(blind)))
    return tuple(found)


def is_blind(callers: CallerEvidence) -> bool:
    """Whether every file is limited to a list of genes without NUTM1 (and there is a file)."""
    return bool(callers.files) and all(file.reports_nutm1 is False for file in callers.files)
