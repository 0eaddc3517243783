"""The tables of ``docs/callers.md``: ``python -m tests.callers.formats_page`` writes them again."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Final

from tests.callers.real_files import expectations

from nutfusion.callers import CALLERS
from nutfusion.callers.listing import COLUMNS, cells

PAGE: Final = Path(__file__).resolve().parents[2] / "docs" / "callers.md"
START: Final = "<!-- formats -->\n"
END: Final = "<!-- end of formats -->"


def _row(values: tuple[str, ...]) -> str:
    return "| " + " | ".join(value.replace("|", "\\|") or " " for value in values) + " |"


def tables() -> str:
    """Formats with what they can say; then real files with what was found in them."""
    lines = ["## Formats", "", _row(COLUMNS), "|" + "---|" * len(COLUMNS)]
    for fmt in CALLERS.values():
        name, *rest = cells(fmt)
        lines.append(_row((f"`{name}`", *rest)))
    found = sorted(expectations().values(), key=lambda e: (e.format or "~", e.file))
    read = Counter(e.format for e in found if e.format)
    said = (
        f"{len(found)} third-party files of the real-data folder (see `CONTRIBUTING.md`):"
        f" {sum(read.values())} are read by {len(read)} formats, the others are refused. `rows` are"
        " records in the file, `NUTM1` those that touch *NUTM1* by name or by place."
    )
    lines += [
        "",
        "## Real files",
        "",
        said,
        "",
        "| format | file | layout | rows | NUTM1 |",
        "|---|---|---|---:|---:|",
    ]
    for e in found:
        if e.format:
            lines.append(_row((f"`{e.format}`", f"`{e.file}`", e.version, e.rows, e.nutm1_rows)))
        else:
            lines.append(_row(("refused", f"`{e.file}`", f"`{e.refusal}`", "", "")))
    return "\n".join(lines) + "\n"


def page() -> str:
    """The page with its tables as they are now."""
    text = PAGE.read_text(encoding="utf-8")
    before, rest = text.split(START)
    return f"{before}{START}\n{tables()}\n{END}{rest.split(END)[1]}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
