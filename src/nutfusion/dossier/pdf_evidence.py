"""The evidence for a fusion on paper: the drawing, the reads, the sources, the criteria."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from nutfusion.dossier.pdf_blocks import cell, figure, heading, run, table, text
from nutfusion.dossier.pdf_points import first
from nutfusion.dossier.pdf_svg import sign, standalone
from nutfusion.dossier.reads_stack import Run as Bases
from nutfusion.dossier.shapes import SHAPES, VERDICT_SHAPES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nutfusion.dossier.criteria import CriterionView
    from nutfusion.dossier.messages import Phrases
    from nutfusion.dossier.page import FusionView
    from nutfusion.dossier.pdf_blocks import Block, Run
    from nutfusion.dossier.pdf_detail import Detail
    from nutfusion.dossier.reads_stack import StackRow

_NAME: Final = 36
"""Longest name of a read; the end of a longer one tells it from the others."""
_LEFT: Final = 44
_COLUMNS: Final = 108
"""Bases before the joint, and in all, that fit on the line."""


def term(t: Phrases, section: str, code: str, shapes: Any = SHAPES) -> Run:
    """A word of a closed vocabulary with its shape."""
    return run(t.term(section, code), sign=sign(shapes.get(str(code), "diamond")))


def drawing(fusion: FusionView, t: Phrases) -> list[Block]:
    """The figure of the fusion with its words."""
    if fusion.figure is None:
        return [text(t.ui("figure_not_drawn"))]
    words = " ".join((t.ui("figure_exons_to_scale"), *fusion.figure.words))
    alt = f"{t.ui('figure_title', name=fusion.data.name)}. {words}"
    return [figure(standalone(str(fusion.figure.svg)), alt, words, 186)]


def reads(fusion: FusionView, t: Phrases, detail: Detail) -> list[Block]:
    """The reads at the joint: as many as there is room for, and how many there are."""
    stack, support = fusion.stack, fusion.data.support
    said = [heading(t.ui("stack_dna" if fusion.is_of_dna else "stack"), 3)]
    counted = first(fusion.counts)
    if support.distinct_starts is not None:
        counted += f"{t.semicolon}{t.ui('distinct_starts', n=support.distinct_starts)}"
    said.append(text(f"{counted}."))
    if not stack.consensus:
        key = "stack_no_consensus" if support.reads else "stack_none"
        return [*said, text(t.ui(key))]
    rows = stack.rows[: detail.reads]
    shift = max(0, stack.joint - _LEFT)
    head = (t.ui("read"), t.ui("anchors"), t.ui("sequence"))
    said.append(
        {
            "kind": "reads",
            "head": [run(label) for label in head],
            "rows": [
                _row(
                    t.ui("position_to_break" if fusion.is_of_dna else "position_to_joint"),
                    [run("")],
                    (Bases(None, mismatch=False, bases=stack.ruler),),
                    (shift, stack.joint),
                ),
                _row(t.ui("consensus"), [run("")], stack.consensus, (shift, stack.joint)),
                *(_read_row(row, t, (shift, stack.joint)) for row in rows),
            ],
        }
    )
    notes = [t.ui("paper_legend"), t.ui("duplicates_note")]
    total = support.reads_total if support.reads_total is not None else len(support.reads)
    notes.append(t.ui("paper_reads", n=len(rows), total=total))
    notes.append(t.ui("paper_page_window"))
    said.append(text(run(" ".join(notes), "small")))
    return said


def _read_row(row: StackRow, t: Phrases, columns: tuple[int, int]) -> dict[str, Any]:
    read = row.read
    anchors = [run(f"{read.five_prime_anchor} + {read.three_prime_anchor}")]
    if read.duplicate:
        anchors.append(run(f" {t.ui('duplicate')}", "strong"))
    name = f"{read.name}/{read.mate}" if read.mate else read.name
    shown = name if len(name) <= _NAME else f"…{name[1 - _NAME :]}"
    return _row(shown, anchors, row.runs, columns, copy=read.duplicate)


def _row(
    name: str,
    anchors: list[Run],
    bases: Iterable[Bases],
    columns: tuple[int, int],
    *,
    copy: bool = False,
) -> dict[str, Any]:
    """A row cut to the columns that fit; ``columns``: the first one, and that of the joint."""
    shift, joint = columns
    shown: list[dict[str, Any]] = []
    start = 0
    for one in bases:
        end = start + len(one.bases)
        part = one.bases[max(0, shift - start) : max(0, shift + _COLUMNS - start)]
        if part:
            shown.append(
                {
                    "part": one.part or "blank",
                    "differs": one.mismatch,
                    "joint": start == joint,
                    "text": part,
                }
            )
        start = end
    return {"name": run(name), "anchors": anchors, "bases": shown, "copy": copy}


def sources(fusion: FusionView, t: Phrases) -> list[Block]:
    """What each source says, and where they disagree."""
    head = ("source", "says", "split_short", "discordant_short", "remark_and_proof")
    rows = []
    for view in fusion.sources:
        source = view.data
        name = (
            t.ui("reads_of", format=source.name.upper())
            if source.kind == "reads"
            else f"{t.program(source.name)} ({t.term('source_kind', source.kind)})"
        )
        remarks = [f"{first(t.reason(remark))}." for remark in source.remarks]
        if view.frame is not None:
            remarks.insert(0, f"{t.ui('frame_stated')}{t.colon}{view.frame}.")
        proof: list[Run | str] = [*remarks, run(view.evidence, "small")]
        rows.append(
            [
                cell(run(name, "strong")),
                cell([term(t, "source_says", source.says)]),
                cell(t.number(source.split_reads)),
                cell(t.number(source.discordant_pairs)),
                cell(*proof),
            ]
        )
    said = [heading(t.ui("sources"), 3)]
    if fusion.agreement is not None:
        said.append(text([run(fusion.agreement, "strong" if fusion.disagrees else "plain")]))
    return [*said, table([t.ui(key) for key in head], rows, (3, 1.6, 1.3, 1.5, 6))]


def criteria(views: Iterable[CriterionView], t: Phrases, detail: Detail) -> list[Block]:
    """Criteria with what was seen and what is asked; their sources stand on the page."""
    rows = []
    beside: list[CriterionView] = []
    for view in views:
        if not view.decides:
            beside.append(view)
            continue
        said = (
            [term(t, "verdict", view.data.verdict, VERDICT_SHAPES)]
            if view.is_applicable
            else [run(t.ui("not_applicable"))]
        )
        name = run(t.term("criterion", view.data.id), "strong")
        rows.append([cell(name), cell(said), cell(view.observed), cell(view.required)])
    head = [t.ui(key) for key in ("criterion", "verdict", "observed", "required")]
    found = [table(head, rows, (4.4, 2.1, 3.3, 3.7))]
    shown = [v for v in beside if detail.indicative or v.data.verdict.value == "not_met"]
    if shown:
        found.append(
            text([run(f"{t.ui('paper_indicative')}{t.colon}", "strong"), *_beside(shown, t)])
        )
    if len(shown) < len(beside):
        found.append(text(run(t.ui("paper_criteria", n=len(beside) - len(shown)), "small")))
    return found


def _beside(views: list[CriterionView], t: Phrases) -> list[Run]:
    """Criteria that decide nothing, in one paragraph."""
    said = []
    for number, view in enumerate(views, start=1):
        end = "." if number == len(views) else t.semicolon
        verdict = (
            t.inline("verdict", view.data.verdict) if view.is_applicable else t.ui("not_applicable")
        )
        name = t.term("criterion", view.data.id)
        said.append(
            run(
                f"{name}, {verdict} ({view.observed}){end}",
                sign=sign(VERDICT_SHAPES.get(view.data.verdict.value, "diamond")),
            )
        )
    return said
