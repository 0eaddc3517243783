"""What is expected of every real caller file: ``python -m tests.callers.real_files FOLDER ...``.

Writes ``tests/callers/expected/FOLDER.tsv`` from what the code says now, to be read and held
against the folder's description before it is committed. Nothing of a file's rows is written.
"""

from __future__ import annotations

import csv
import sys
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Final

from tests.simulation import real_data

from nutfusion.callers import read_caller_file
from nutfusion.errors import CallerFormatError
from nutfusion.reference import load_panel

EXPECTED: Final = Path(__file__).parent / "expected"


@dataclass(frozen=True)
class Expectation:
    """One real file.

    Attributes:
        file: ``folder/name`` under ``callers/`` of the real-data folder.
        format: Name in the registry; empty when refused.
        version: Layout; empty when refused.
        rows: Rows; empty when refused.
        nutm1_rows: Rows that touch NUTM1; empty when refused.
        refusal: Code of the refusal; empty when read.
    """

    file: str
    format: str
    version: str
    rows: str
    nutm1_rows: str
    refusal: str


def real_files() -> list[str]:
    """Every third-party file under ``callers/``, descriptions left out."""
    top = real_data.folder() / "callers"
    return sorted(
        str(file.relative_to(top))
        for file in top.glob("*/*")
        if file.is_file() and file.name != "SPEC.md"
    )


def expectations() -> dict[str, Expectation]:
    """All committed expectations, by file."""
    found: dict[str, Expectation] = {}
    for table in sorted(EXPECTED.glob("*.tsv")):
        with table.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines, delimiter="\t"):
                found[row["file"]] = Expectation(**row)
    return found


def observed(file: str) -> Expectation:
    """What the code says of a file now."""
    try:
        result = read_caller_file(real_data.path("callers", file), load_panel())
    except CallerFormatError as error:
        return Expectation(file, "", "", "", "", error.code)
    said = result.file
    return Expectation(file, said.caller, said.version, str(said.rows), str(said.nutm1_rows), "")


def main(folders: list[str]) -> None:
    """Write the expectations of some folders."""
    for folder in folders:
        names = [file for file in real_files() if file.startswith(f"{folder}/")]
        with (EXPECTED / f"{folder}.tsv").open("w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(
                out,
                [field.name for field in fields(Expectation)],
                delimiter="\t",
                lineterminator="\n",
            )
            writer.writeheader()
            writer.writerows(asdict(observed(file)) for file in names)


if __name__ == "__main__":
    main(sys.argv[1:])
