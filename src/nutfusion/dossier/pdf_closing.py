"""The end of the paper: the gates of the policy, declared tests, provenance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nutfusion.dossier.pdf_blocks import bullets, cell, facts, heading, points, run, table, text
from nutfusion.dossier.pdf_points import first
from nutfusion.dossier.pdf_svg import sign

if TYPE_CHECKING:
    from nutfusion.dossier.pdf_blocks import Block, Cell, Run
    from nutfusion.dossier.pdf_sheet import Sheet


def policy(sheet: Sheet) -> list[Block]:
    """Gate by gate; the board decides."""
    t, view = sheet.t, sheet.view.policy
    found = [heading(view.title)]
    subject = [
        run(f"{t.ui('policy_subject')}{t.colon}"),
        run(sheet.dossier.policy.title, language="fr"),
        run("."),
    ]
    found.append(text(subject))
    if sheet.dossier.sample.control is not None:
        return [*found, text(t.ui("policy_of_a_control"))]
    if not sheet.dossier.policy.gates:
        return [*found, text(t.ui("policy_none"))]
    rows = []
    for gate in view.gates:
        said: list[Run | str] = [run(gate.finding, sign=sign(gate.shape))]
        if gate.reason is not None:
            said.append(run(f"{first(gate.reason)}.", "small"))
        row = [cell(run(t.term("gate", gate.data.id), "strong")), cell(*said)]
        if sheet.detail.quotes:
            quote = gate.data.quote
            row.append(
                cell(
                    t.ui("no_quote")
                    if quote is None
                    else run(f"«\u202f{quote}\u202f»", language="fr")
                )
            )
        rows.append(row)
    head = [t.ui(key) for key in ("gate", "says", "quote")][: 3 if sheet.detail.quotes else 2]
    found.append(table(head, rows, (3, 4, 5)[: len(head)]))
    if view.blanks:
        names = t.join(t.term("gate", gate.id) for gate in view.blanks)
        found.append(text([run(f"{t.ui('blanks')}{t.colon}", "strong"), run(f"{names}.")]))
    return found


def ledger(sheet: Sheet) -> list[Block]:
    """Declared tests beside what was read."""
    t, said_of = sheet.t, sheet.view.ledger
    found = [heading(t.ui("orthogonal"))]
    if not said_of.tests:
        return [*found, text(t.ui("orthogonal_none"))]
    rows = []
    for one in said_of.tests:
        kind = t.term("orthogonal_kind", one.data.kind)
        result = t.inline("orthogonal_result", one.data.result)
        name: list[Run | str] = [run(f"{kind}{t.colon}{result}", "strong")]
        name += [run(each, "small") for each in one.specifics]
        if one.data.detail is not None:
            name.append(run(one.data.detail, "small"))
        beside = [
            [
                run(
                    f"{'' if each.fusion is None else each.fusion + t.colon}{each.word}",
                    "strong",
                    sign=sign(each.shape),
                ),
                run(f"{t.colon}{each.why}"),
            ]
            for each in (one.whole, *one.each)
        ]
        rows.append([cell(*name), cell(f"{first(one.says)}."), cell(*beside)])
    head = [t.ui(key) for key in ("test", "ledger_says", "ledger_beside")]
    found += [
        text(run(t.ui("ledger_caption"), "small")),
        table(head, sheet.rows(rows), (3, 4, 6)),
    ]
    if len(rows) > sheet.detail.lines:
        found.append(sheet.left_out(len(rows) - sheet.detail.lines))
    if said_of.conflicts:
        lines = [[run(f"{first(one)}.", sign=sign("warning"))] for one in said_of.conflicts]
        found += [heading(t.ui("ledger_conflicts"), 3), bullets(sheet.some(lines))]
    return found


def provenance(sheet: Sheet) -> list[Block]:
    """What made the dossier, and where it is signed."""
    t, made = sheet.t, sheet.dossier.provenance
    version = f"{sheet.dossier.schema_version[0]}.{sheet.dossier.schema_version[1]}"
    file = sheet.dossier.policy
    rows: list[tuple[str, Cell]] = [
        (t.ui("software"), cell(f"nutfusion {made.nutfusion}, {sheet.dossier.tag} {version}")),
        (t.ui("panel"), cell(run(made.panel, "code"))),
        (t.ui("assay"), cell(run(made.assay, "code"))),
        (
            t.ui("policy_digest"),
            cell(run(f"{file.id}@{file.version}@{file.digest}", "code")),
        ),
    ]
    for given in made.inputs:
        digest = t.ui("digest_of_index") if given.sha256 is None else given.sha256
        rows.append((t.role(given.role), cell(run(digest, "code"))))
    kept = rows[: 4 + sheet.detail.lines]
    found = [heading(t.ui("provenance")), points(kept, 36)]
    if len(kept) < len(rows):
        found.append(sheet.left_out(len(rows) - len(kept)))
    if not made.inputs:
        found.append(text(t.ui("inputs_none")))
    found.append(
        facts([(t.ui(key), "\u2026" * 14) for key in ("reviewed_by", "review_date", "signature")])
    )
    found.append(text(run(t.ui("paper_note"), "small")))
    return found
