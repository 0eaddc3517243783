"""The verdict on each real caller file alone: ``python -m tests.calls.real_states`` writes it.

``expected_states.tsv`` holds, for every third-party file with a NUTM1 row, the state of a sample
that has this file and nothing else, and the names of its fusions. Read it before
committing it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.callers.real_files import expectations
from tests.simulation import real_data

from nutfusion.annotation import annotate
from nutfusion.callers import read_caller_file
from nutfusion.calls import consolidate
from nutfusion.evidence import read_sample
from nutfusion.reference import load_panel
from nutfusion.scoring import load_assay, score

if TYPE_CHECKING:
    from nutfusion.model.scored import SampleScored

TABLE: Final = Path(__file__).with_name("expected_states.tsv")
HEADER: Final = ("file", "state", "fusions")


def verdict(file: str) -> SampleScored:
    """The sample that has this file and nothing else, judged by the default profile."""
    panel = load_panel()
    result = read_caller_file(real_data.path("callers", file), panel)
    evidence = read_sample("S1", [], panel, callers=[result])
    return score(annotate(consolidate(evidence, panel), panel), load_assay(), panel)


def row(file: str) -> tuple[str, str, str]:
    """One line of the table."""
    scored = verdict(file)
    names = sorted(f"{f.annotated.name} {f.state.value}" for f in scored.fusions)
    return file, scored.molecular_state.value, "; ".join(dict.fromkeys(names))


def files() -> list[str]:
    """Files with a NUTM1 row."""
    return sorted(e.file for e in expectations().values() if e.format and int(e.nutm1_rows))


def expected() -> dict[str, tuple[str, str, str]]:
    """The committed table, by file."""
    lines = TABLE.read_text(encoding="utf-8").splitlines()[1:]
    found = (line.split("\t") for line in lines)
    return {cells[0]: (cells[0], cells[1], cells[2]) for cells in found}


if __name__ == "__main__":
    rows = [HEADER, *map(row, files())]
    TABLE.write_text("".join("\t".join(cells) + "\n" for cells in rows), encoding="utf-8")
