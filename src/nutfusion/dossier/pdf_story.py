"""What stands on the two pages, in the order of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nutfusion.dossier.paper import is_test_data
from nutfusion.dossier.pdf_blocks import bullets, cell, facts, heading, points, run, table, text
from nutfusion.dossier.pdf_closing import ledger, policy, provenance
from nutfusion.dossier.pdf_evidence import criteria, drawing, reads, sources, term
from nutfusion.dossier.pdf_examined import examined
from nutfusion.dossier.pdf_points import first, key_points
from nutfusion.dossier.pdf_svg import sign
from nutfusion.dossier.shapes import SHAPES

if TYPE_CHECKING:
    from nutfusion.dossier.messages import Phrases
    from nutfusion.dossier.pdf_blocks import Block, Cell
    from nutfusion.dossier.pdf_sheet import Sheet


def story(sheet: Sheet) -> dict[str, Any]:
    """The two pages as data for the template."""
    sample = sheet.dossier.sample.id
    test = "   TEST" if is_test_data(sheet.dossier) else ""
    return {
        "title": sheet.t.ui("page_title", sample=sample),
        "language": sheet.t.language.value,
        "size": sheet.detail.size,
        "footer": f"NUTM1   {sample}{test}",
        "blocks": _blocks(sheet),
    }


def _blocks(sheet: Sheet) -> list[Block]:
    """Everything, in order."""
    if not sheet.fusions:
        return [
            *_head(sheet),
            *_answer(sheet),
            *policy(sheet),
            *ledger(sheet),
            {"kind": "break"},
            *examined(sheet),
            *provenance(sheet),
        ]
    return [
        *_head(sheet),
        *_answer(sheet),
        *_fusions(sheet),
        *examined(sheet),
        *policy(sheet),
        *ledger(sheet),
        *provenance(sheet),
    ]


def _head(sheet: Sheet) -> list[Block]:
    t, sample = sheet.t, sheet.dossier.sample
    found: list[Block] = []
    banners = []
    if sample.control is not None:
        negative = sample.control == "negative"
        banners.append(t.ui("control_banner_negative" if negative else "control_banner_positive"))
    if is_test_data(sheet.dossier):
        banners.append(t.ui("test_data"))
    found += [{"kind": "banner", "runs": [run(words, sign=sign("warning"))]} for words in banners]
    found.append(text(run(f"{t.ui('document')}. {t.ui('audience')}", "small")))
    found.append(heading(f"{t.ui('sample')} {sample.id}", 1))
    declared, assay = sample.declared, sheet.dossier.assay
    found.append(
        facts(
            (
                (t.ui("run"), sample.run or t.ui("not_filled_in")),
                (t.ui("assay"), t.ui("version_of", name=assay.id, version=assay.version)),
                (t.ui("disease"), declared.disease or t.ui("not_declared")),
                (t.ui("pretreated"), _boolean(t, declared.pretreated)),
                (t.ui("relapse"), _boolean(t, declared.relapse)),
            )
        )
    )
    blank = t.ui("not_filled_in")
    rows = [(t.ui(key), blank) for key in ("block", "sampling_date", "tumour_cells", "site")]
    found.append(facts([*rows, (t.ui("at_the_hospital"), t.ui("no_identity"))]))
    return found


def _boolean(t: Phrases, value: bool | None) -> str:
    return t.ui("not_declared") if value is None else t.ui("yes") if value else t.ui("no")


def _answer(sheet: Sheet) -> list[Block]:
    t, c = sheet.t, sheet.view.conclusion
    shape = sign(SHAPES[sheet.dossier.molecular_state.value])
    rows: list[tuple[str, Cell]] = [
        (t.ui("state"), cell(c.label)),
        (t.ui("rests_on"), cell(first(c.support))),
    ]
    if c.confidence is not None:
        rows.append((t.ui("confidence"), cell(c.confidence)))
    rows.append((t.ui("quality"), cell(first(c.quality))))
    if sheet.view.assay.failed:
        rows.append((t.ui("failure_means"), cell(*sheet.some(sheet.view.assay.failed))))
    if c.reasons:
        rows.append((t.ui("why"), cell(*sheet.some([first(one) for one in c.reasons]))))
    if c.carry_over is not None:
        rows.append((t.ui("run_level"), cell(f"{first(c.carry_over)}.")))
    found = [
        heading(t.ui("conclusion")),
        {"kind": "answer", "runs": [run(c.answer, sign=shape)]},
        points(rows),
        text(run(f"{t.ui('policy_board_decides')} {t.ui('paper_standing')}", "soft")),
    ]
    if c.scope:
        found += [heading(t.ui("scope")), bullets(sheet.some(c.scope))]
    tests = sheet.view.ledger.next_tests
    if tests:
        lines = [[run(first(one.test), "strong"), run(f"{t.colon}{one.reason}.")] for one in tests]
        found += [heading(t.ui("next_tests")), bullets(sheet.some(lines))]
    return found


def _fusions(sheet: Sheet) -> list[Block]:
    t = sheet.t
    if not sheet.fusions:
        return []
    found: list[Block] = []
    if len(sheet.fusions) > 1:
        rows = [
            [
                cell(run(f"{n}. {fusion.data.name}", "strong"), run(fusion.places, "small")),
                cell([term(t, "state", fusion.data.state)]),
                cell(t.term("reading_frame", fusion.data.reading_frame)),
                cell(fusion.counts),
            ]
            for n, fusion in enumerate(sheet.fusions, start=1)
        ]
        head = [t.ui(key) for key in ("fusion", "state", "frame", "rests_on")]
        shown = sheet.rows(rows)
        found += [heading(t.ui("fusions_overview")), table(head, shown, (3, 3.6, 2.4, 4))]
        if len(shown) < len(rows):
            found.append(sheet.left_out(len(rows) - len(shown)))
    one, *others = sheet.fusions
    found += [heading(f"{t.ui('fusion')} {one.data.name}"), key_points(one, t)]
    found += drawing(one, t)
    found += reads(one, t, sheet.detail)
    found += sources(one, t)
    found += [heading(t.ui("criteria"), 3), *criteria(one.criteria, t, sheet.detail)]
    for other in others[: sheet.detail.others]:
        found += [
            heading(f"{t.ui('fusion')} {other.data.name}"),
            key_points(other, t, is_short=True),
        ]
        found.append(text(run(t.ui("paper_other_fusion"), "small")))
    left = len(others) - sheet.detail.others
    if left > 0:
        found.append(text(run(t.ui("paper_other_fusions", n=left), "small")))
    return found
