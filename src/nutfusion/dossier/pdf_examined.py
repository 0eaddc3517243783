"""What was examined, on paper: assay, limits, reads, quality, other programs, the run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nutfusion.dossier.pdf_blocks import bullets, cell, figure, heading, pair, run, table, text
from nutfusion.dossier.pdf_evidence import criteria
from nutfusion.dossier.pdf_points import first
from nutfusion.dossier.pdf_svg import sign, standalone

if TYPE_CHECKING:
    from nutfusion.dossier.pdf_blocks import Block, Run
    from nutfusion.dossier.pdf_sheet import Sheet


def examined(sheet: Sheet) -> list[Block]:
    """Everything that was looked at, and what it could have shown."""
    t, view, dossier = sheet.t, sheet.view, sheet.dossier
    assay = view.assay
    found = [heading(t.ui("examined") if view.fusions else t.ui("could_be_seen"))]
    if not view.fusions:
        qc = dossier.qc.reads
        dna = qc is not None and qc.molecule == "dna"
        key = "searched_in_files" if qc is None else "searched_dna" if dna else "searched_text"
        found.append(text(t.ui(key)))
    said: list[Run] = [run(assay.title)]
    if assay.note is not None:
        said.append(run(f" {assay.note}", "strong"))
    if assay.remarks:
        said.append(run(f" {' '.join(assay.remarks)}"))
    found.append(text(said))
    if assay.joints:
        rows = [
            [
                cell([run(row.name, "strong"), run(f" {row.whose}", "soft")]),
                cell(row.partner_side[0]),
                cell(row.nutm1_side[0]),
                cell([run(row.reached[0], sign=sign(row.reached[1]))]),
            ]
            for row in assay.joints
        ]
        head = [t.ui(key) for key in ("joint", "from_partner", "from_nutm1", "could_be_shown")]
        found += [
            text(run(assay.joints_caption, "small")),
            table(head, sheet.rows(rows), (4, 3, 3, 3)),
        ]
        if len(rows) > sheet.detail.lines:
            found.append(sheet.left_out(len(rows) - sheet.detail.lines))
    found.append(pair(_detectability(sheet), _figures(sheet)))
    found.append(heading(t.ui("quality_criteria"), 3))
    if view.quality:
        found += criteria(view.quality, t, sheet.detail)
    else:
        found.append(text(t.ui("quality_criteria_none")))
    return [*found, *_programs(sheet), *_run(sheet)]


def _detectability(sheet: Sheet) -> list[Block]:
    t, limits = sheet.t, sheet.view.limits
    found = [heading(t.ui("detectability"), 3)]
    rows = sheet.dossier.detectability
    if not rows:
        return [*found, text(t.ui("detectability_none"))]
    if limits.words:
        found.append(text(*limits.words))
    if limits.svg is not None:
        alt = f"{t.ui('limit_figure')}{t.colon}{limits.label}"
        caption = f"{t.ui('limit_figure')}{t.semicolon}{t.ui('limit_figure_key')}."
        found.append(figure(standalone(str(limits.svg)), alt, caption, 78))
    by_reason: dict[str, list[str]] = {}
    for row in rows:
        if row.reason is None:
            said = f"{t.ui('detection_limit')}{t.colon}{t.limit(row.detection_limit)}"
        else:
            said = t.reason(row.reason)
        by_reason.setdefault(said, []).append(row.gene)
    lines = [
        [run(", ".join(genes), "strong"), run(f"{t.colon}{said}")]
        for said, genes in by_reason.items()
    ]
    return [*found, bullets(lines)]


def _figures(sheet: Sheet) -> list[Block]:
    t, qc = sheet.t, sheet.dossier.qc.reads
    found = [heading(t.ui("qc_figures"), 3)]
    if qc is None:
        return [*found, text(t.ui("qc_none"))]
    lengths = (
        f"{t.number(qc.read_length_min)} / {t.rounded(qc.read_length_mean)}"
        f" / {t.number(qc.read_length_max)}"
    )
    dna = qc.alignment is not None and qc.alignment.molecule == "dna"
    rows = (
        (t.ui("qc_fragments"), t.number(qc.fragments)),
        (t.ui("qc_reads"), t.number(qc.reads)),
        (t.ui("qc_bases"), t.number(qc.bases)),
        (t.ui("qc_read_length"), lengths),
        (t.ui("qc_base_quality"), t.rounded(qc.mean_base_quality)),
        (t.ui("qc_n_fraction"), t.percent(qc.n_fraction, 3)),
        (t.ui("qc_fragments_kept"), t.number(qc.fragments_kept)),
        (t.ui("qc_nutm1"), t.number(qc.nutm1_fragments)),
        (t.ui("qc_nutm1_upstream"), t.number(qc.nutm1_upstream_fragments)),
        (t.ui("qc_nutm1_downstream"), t.number(qc.nutm1_downstream_fragments)),
        (t.ui("qc_insert"), t.number(qc.insert_size_median)),
        (t.ui("qc_umi"), t.term("umi", qc.umi)),
        (
            t.ui("qc_chimeras_dna" if dna else "qc_chimeras"),
            t.number(qc.single_fragment_chimeras),
        ),
    )
    said = t.join(f"{name}{t.colon}{value}" for name, value in rows)
    found.append(text(run(f"{said}.")))
    clusters = [
        f"{one.contig}:{one.position}, {t.ui('fragments')}{t.colon}{t.number(one.fragments)},"
        f" {t.reason(one.reason)}"
        for one in qc.unassigned
    ]
    if clusters:
        found.append(text(f"{t.ui('unassigned')}{t.colon}{t.join(sheet.some(clusters))}"))
    else:
        found.append(text(t.ui("unassigned_none")))
    return found


def _programs(sheet: Sheet) -> list[Block]:
    t, files = sheet.t, sheet.dossier.callers.files
    if not files:
        return [
            text(
                [
                    run(f"{t.ui('other_programs')}{t.colon}", "strong"),
                    run(f"{t.ui('other_programs_none')}."),
                ]
            )
        ]
    rows = []
    for file in files:
        remarks = [f"{first(t.reason(note))}." for note in file.notes]
        if file.reports_nutm1 is False and not file.notes:
            remarks.append(f"{t.ui('reports_no_nutm1')}.")
        if not file.seen_on_real_file:
            remarks.append(f"{first(t.reason('format_not_seen_on_real_file'))}.")
        rows.append(
            [
                cell([run(file.title, "strong"), run(f" {file.version}", "soft", language="en")]),
                cell(t.number(file.rows)),
                cell(t.number(file.nutm1_rows)),
                cell(" ".join(remarks), run(f"sha256:{file.sha256[:12]}…", "small")),
            ]
        )
    head = [t.ui(key) for key in ("program", "rows", "nutm1_rows", "remark")]
    found = [heading(t.ui("other_programs"), 3), table(head, sheet.rows(rows), (3, 1, 1.4, 7))]
    if len(rows) > sheet.detail.lines:
        found.append(sheet.left_out(len(rows) - sheet.detail.lines))
    return found


def _run(sheet: Sheet) -> list[Block]:
    t, compared = sheet.t, sheet.dossier.run_level
    name = run(f"{t.ui('run_level')}{t.colon}", "strong")
    if compared is None:
        return [text([name, run(f"{t.reason(sheet.dossier.run_level_reason or '')}.")])]
    said = [t.ui("run_compared", n=len(compared.others), run=compared.run)]
    for one in compared.controls:
        kind = t.ui("control_negative" if one.control == "negative" else "control_positive")
        shows = t.ui("run_control_shows" if one.shows_fusion else "run_control_silent")
        said.append(f"{one.sample} ({kind}), {shows}")
    names = {fusion.fusion_id: fusion.name for fusion in sheet.dossier.fusions}
    for joint in compared.shared:
        why = (
            t.ui("run_explained")
            if joint.explained_by == "hopping"
            else t.ui("run_by_control")
            if joint.explained_by == "control"
            else t.ui("run_not_explained")
            if joint.is_counted
            else t.ui("run_not_counted")
        )
        said.append(
            f"{names.get(joint.fusion_id, joint.fusion_id)}, {joint.other}{t.colon}{why}"
            f" ({t.ui('run_here_all')}{t.colon}{t.number(joint.here)},"
            f" {t.ui('run_there_all')}{t.colon}{t.number(joint.there)})"
        )
    if not compared.shared:
        said.append(t.ui("run_nothing_shared"))
    return [text([name, run(f"{t.join(sheet.some(said))}.")])]
