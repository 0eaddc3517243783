"""Tables that R or a spreadsheet wrote again, and columns that hold what does not belong there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.builders import starter_panel
from tests.callers.changed import changed_file
from tests.callers.test_registry import GOLDEN

from nutfusion.callers import read_caller
from nutfusion.model.terms import Assembly

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    "name", ["arriba.v2.tsv", "star_fusion.abridged.tsv", "fusioncatcher.16_columns.txt"]
)
def test_a_table_in_quotes_is_the_same_table(tmp_path: Path, name: str) -> None:
    # R's write.table puts quotes around every cell unless it is told not to
    lines = (GOLDEN / name).read_text(encoding="utf-8").splitlines()
    quoted = tmp_path / name
    cells = ([cell.replace('"', '""') for cell in line.split("\t")] for line in lines)
    quoted.write_text("".join("\t".join(f'"{c}"' for c in row) + "\n" for row in cells))
    (plain,) = read_caller(GOLDEN / name, starter_panel())
    (found,) = read_caller(quoted, starter_panel())
    digest = {"sha256": ""}
    assert [row.model_copy(update=digest) for row in found.fusions] == [
        row.model_copy(update=digest) for row in plain.fusions
    ]


@pytest.mark.parametrize(
    ("name", "old"),
    [
        ("arriba.v2.tsv", "\ttranslocation\t"),
        ("star_fusion.abridged.tsv", "\tONLY_REF_SPLICE\t"),
        ("chimpipe.junctions.txt", "\tna\t"),
        ("arriba.v2.tsv", "\nBRD4\t"),
    ],
)
def test_words_of_people_in_a_programs_column_are_not_kept(
    tmp_path: Path, name: str, old: str
) -> None:
    # a column shifted in a spreadsheet; nothing of it may reach a dossier
    path = changed_file(tmp_path, name, (old, f"{old[0]}Jeanne Dupont 1950\t"))
    (found,) = read_caller(path, starter_panel())
    assert found.fusions
    assert "Dupont" not in "".join(row.model_dump_json() for row in found.fusions)


def test_neighbours_with_their_distance_do_not_tell_the_assembly(tmp_path: Path) -> None:
    # BRD4 lies 111 kb higher on GRCh37: a base 14 kb before its start on GRCh38, which Arriba gives
    # as BRD4(14461),AKAP8(5000), is inside BRD4 there and used to make the file's assembly unknown
    golden = (GOLDEN / "arriba.v2.tsv").read_text(encoding="utf-8").splitlines()
    noise = (
        golden[2]
        .replace("KMT2A\t", "BRD4(14461),AKAP8(5000)\t")
        .replace("11:118482495", "19:15347000")
    )
    path = tmp_path / "fusions.tsv"
    path.write_text("\n".join([*golden, noise]) + "\n")
    (found,) = read_caller(path, starter_panel())
    assert found.file.assembly is Assembly.GRCH38
