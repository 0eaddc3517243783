"""``RESULTS.md`` and ``results.tsv``, from a validation; nothing in them is edited by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.accuracy.materials import NEIGHBOUR
from nutfusion.dossier.messages import Language
from nutfusion.validation.report import View, report_id
from nutfusion.validation.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from nutfusion.validation.design import Figure
    from nutfusion.validation.document import Share, Validation

COMMAND = "python -m benchmarks.accuracy --write"


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    lines = ["| " + " | ".join(header) + " |", "|" + "---|" * len(header)]
    return lines + ["| " + " | ".join(row) + " |" for row in rows]


def results_page(v: Validation, machine: Mapping[str, str]) -> str:
    """The page."""
    view = View(v, Words(Language.EN))
    words = view.words
    command = f"{COMMAND}{' --peers' if v.peers else ''} --samples {v.size} --seed {v.seed}"
    lines = [
        "# Accuracy",
        "",
        (
            f"`{command}` wrote this page and [results.tsv](results.tsv);"
            " nothing is edited by hand. What the figures mean and how a laboratory makes its own:"
            " [docs/validation.md](../../docs/validation.md)."
        ),
        "",
        (
            f"nutfusion {v.nutfusion}, {v.size} set, seed {v.seed}, report {report_id(v)};"
            f" {v.samples:,} simulated samples, {v.positives:,} with a NUTM1 fusion that counts and"
            f" {v.negatives:,} without. Panel `{v.panel}` ({', '.join(v.panel_genes)});"
            f"{_of_the_panel(v)}"
            f" {v.background_transcripts:,} background transcripts. Sources `sha256 {v.sources}`"
            " (`nutfusion.validation.sources` says of which files). Intervals are exact (95 %)."
        ),
        "",
        words.text("materials_seen"),
        "",
        "## Acceptance criteria",
        "",
        view.verdict,
        "",
        *_table(
            ("criterion", "required", "observed", "answer"),
            (
                (
                    words.text(f"figure_{one.criterion.figure}"),
                    view.required(one),
                    view.observed(one),
                    words.text(one.answer),
                )
                for one in v.criteria
            ),
        ),
        "",
        *_changed(v, view),
        f"## {words.text('not_simulated')}",
        "",
        *([f"* {one}" for one in view.not_simulated] or [words.text("nothing_missing")]),
        "",
        f"## {words.text('bounds')}",
        "",
        *(f"* {one}" for one in view.bounds),
        "",
        "## Results",
    ]
    for table in v.tables:
        lines += ["", f"### {words.text(f'table_{table.id}')}", ""]
        lines += _table(
            ("", *(view.column(column) for column in table.columns)),
            ((view.row(table, row), *map(words.share, row.shares)) for row in table.rows),
        )
    lines += ["", f"## {words.text('limits')}", "", words.text("limits_method"), ""]
    lines += _table(
        ("amount", "asked", "95% limit", "found/made", "fit"),
        (
            (
                view.limit_name(row),
                words.text(row.asked),
                view.limit(row),
                view.levels(row),
                view.fit(row),
            )
            for row in v.limits
        ),
    )
    lines += ["", words.text("limit_caveat"), "", f"## {words.text('states')}", ""]
    lines += _table(
        ("in the sample", "state given", "samples", "right"),
        (
            (
                words.coded("reason", row.why),
                f"`{row.given}`",
                str(row.samples),
                "yes" if row.right else "**no**",
            )
            for row in v.states
        ),
    )
    lines += ["", f"## {words.text('carry_over')}", ""]
    lines.append(words.text("carry_over_text", share=words.share(v.held_back)))
    lines += ["", f"## {words.text('reproducibility')}", ""]
    lines.append(words.text("reproducibility_text", share=words.share(v.repeated)))
    lines += ["", f"## {words.text('peers')}", "", *_peers(v, words, machine)]
    lines += ["", f"## {words.text('failures')} ({len(v.failures)})", ""]
    lines.append(
        "Each is made again, with its reads, by `python -m benchmarks.accuracy --work DIR --only"
        " SAMPLE`"
        f" and `--samples {v.size} --seed {v.seed}`."
        f" {words.text('failures_elsewhere')}"
    )
    lines.append("")
    lines += [
        f"* `{one.make}`{'' if one.id == one.make else f' ({one.id})'}: {view.kinds(one)};"
        f" {one.conditions}; `{one.state}`" + "".join(f"; `{call}`" for call in one.calls)
        for one in view.failures
    ]
    return "\n".join(lines) + "\n"


def _of_the_panel(v: Validation) -> str:
    """What is not as it is in a patient."""
    if NEIGHBOUR not in v.panel_genes:
        return ""
    return f" {NEIGHBOUR} has its packaged exons and invented bases;"


def _changed(v: Validation, view: View) -> list[str]:
    """What was asked otherwise after the first run, with what either way of asking gives."""
    shown = {one.criterion.figure: one for one in v.criteria}

    def answer(figure: Figure) -> str:
        return f"{view.observed(shown[figure])}, {view.words.text(shown[figure].answer)}"

    return [
        "## Changed after the first run",
        "",
        (
            "Why, and with which outcomes known:"
            " [docs/validation.md](../../docs/validation.md#changed-after-the-first-run). In short:"
        ),
        "",
        (
            "* The exact base was to be right in 99.5 % of all called joints on exon edges"
            f" (`position`: {answer('position')}). The first run did not meet it: where no read"
            " crosses the joint, it is bounded. `position_crossed` asks only where one does"
            f" ({answer('position_crossed')}). Both are criteria."
        ),
        (
            "* Invented paralogues had up to 93 % of NUTM1's bases. The criterion of the state is"
            " now held against 75 to 90 % alone; those of 93 % are a row of their own"
            f"{_close(v)}, and no BET state may be given to any."
        ),
        "* A BET state is wrong wherever none is right, before in negatives alone.",
        "* A criterion that too few samples answer is not measured.",
        "* Read-through given as `rearranged_partner_unknown` is a wrong state and a false call.",
        "* A 15q14 neighbour's joint has a place, and only `rearranged_neighbour` is right for it.",
        "",
    ]


def _close(v: Validation) -> str:
    """How often the state of the closest paralogues is right; nothing when none were made."""
    negatives = next(table for table in v.tables if table.id == "negatives")
    right = negatives.columns.index("state_right")
    for row in negatives.rows:
        if row.label == "paralogue_close":
            return f" (state right: {Words(Language.EN).share(row.shares[right])})"
    return ""


def _peers(v: Validation, words: Words, machine: Mapping[str, str]) -> list[str]:
    if not v.peers:
        return [words.text("peers_none")]
    nothing = words.text("not_measured")

    def shown(share: Share | None) -> str:
        return nothing if share is None else words.share(share)

    rows = [
        (
            row.program,
            row.version or "",
            shown(row.found),
            shown(row.named),
            shown(row.false_positives),
            f"{row.wall:.1f}" if row.wall is not None else nothing,
            f"{row.cpu:.1f}" if row.cpu is not None else nothing,
            f"{row.peak:.0f}" if row.peak is not None else nothing,
        )
        if row.measured
        else (row.program, f"{nothing}: {row.why}", *[nothing] * 6)
        for row in v.peers
    ]
    header = ["program", "version", "right base", "right genes", "NUTM1 wrongly"]
    header += ["time (s)", "processor (s)", "memory (MiB)"]
    lines = _table(header, rows)
    lines += ["", words.text("peers_caveat"), ""]
    lines.append(
        "Times are those of all samples, one process each; "
        + ", ".join(f"{key}: {value}" for key, value in machine.items() if key != "zcat")
        + "."
    )
    return lines


def results_table(v: Validation) -> str:
    """Every share of the page, one a line; tab-separated."""
    lines = ["table\trow\tcolumn\tfound\tmade\tlow\thigh"]
    lines += [
        _line("criteria", one.criterion.figure, one.answer, one.observed) for one in v.criteria
    ]
    for table in v.tables:
        for row in table.rows:
            for column, share in zip(table.columns, row.shares, strict=True):
                lines.append(_line(table.id, row.label, column, share))
    for limit in v.limits:
        for level, found, made in limit.levels:
            lines.append(f"limit\t{limit.id} {limit.asked}\t{level:g}\t{found}\t{made}\t\t")
    return "\n".join(lines) + "\n"


def _line(table: str, row: str, column: str, share: Share) -> str:
    low = "" if share.low is None else f"{share.low:.6f}"
    high = "" if share.high is None else f"{share.high:.6f}"
    return f"{table}\t{row}\t{column}\t{share.found}\t{share.made}\t{low}\t{high}"
