"""``docs/export-columns.md``, made from the columns themselves.

``python -m tests.exports.column_tables`` writes it again.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from nutfusion.exports.tables import TABLES
from nutfusion.model.atomic import write_atomically

PAGE: Final = Path(__file__).parents[2] / "docs" / "export-columns.md"

HEAD: Final = """\
# Columns of the tables

What the tables of `nutfusion export --format tables` hold ([exports.md](exports.md)), also in
their file `columns.tsv`. Positions are 1-based residues, counts are distinct fragments, an empty
cell is never zero. A `word` is of a closed list, `texts` is a list of texts, divided by `; ` in
TSV and XLSX.

This page is made by `python -m tests.exports.column_tables`.
"""


def current_page() -> str:
    """The page as it should be."""
    parts = [HEAD]
    for table in TABLES:
        rows = [f"## `{table.name}`", "", "| column | type | meaning |", "|---|---|---|"]
        rows += [f"| `{c.name}` | {c.kind} | {c.meaning} |" for c in table.laid_out]
        parts.append("\n".join(rows) + "\n")
    return "\n".join(parts)


if __name__ == "__main__":
    write_atomically(PAGE, current_page())
