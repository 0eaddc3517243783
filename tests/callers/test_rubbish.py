"""Whatever a file holds: a clear refusal or a finding, never a traceback, never a silent zero."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.builders import starter_panel

from nutfusion.callers import CALLERS, CallerResult, read_caller_file
from nutfusion.errors import CallerFormatError

if TYPE_CHECKING:
    from random import Random

    from nutfusion.model.reported import ReportedFusion

GOLDEN = Path(__file__).parent / "golden"
FILES = sorted(file.name for file in GOLDEN.iterdir())
TABLES = [name for name in FILES if name.endswith((".tsv", ".txt", ".csv"))]
QUIET = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def result(path: Path, data: bytes, name: str | None = None) -> CallerResult | None:
    """What a file says; ``None`` when it is refused with a message."""
    path.write_bytes(data)
    try:
        return read_caller_file(path, starter_panel(), name=name)
    except CallerFormatError as error:
        refusal = error
    assert str(refusal).startswith(str(path))
    assert "expected" in refusal.message
    return None


def found(name: str, data: bytes, tmp_path: Path) -> CallerResult:
    read = result(tmp_path / name.partition(".")[2], data, name.split(".", maxsplit=1)[0])
    assert read is not None
    return read


def rows(read: CallerResult) -> list[ReportedFusion]:
    """What was found, without the file's digest and with lines left out."""
    return [fusion.model_copy(update={"sha256": "", "line": 0}) for fusion in read.fusions]


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("change", ["crlf", "cr", "bom", "gzip", "no_last_newline", "utf16"])
def test_how_a_file_is_written_changes_nothing(name: str, change: str, tmp_path: Path) -> None:
    data = (GOLDEN / name).read_bytes()
    text = data.decode()
    changed = {
        "crlf": data.replace(b"\n", b"\r\n"),
        "cr": data.replace(b"\n", b"\r"),
        "bom": b"\xef\xbb\xbf" + data,
        "gzip": gzip.compress(data),
        "no_last_newline": data.rstrip(b"\n"),
        "utf16": text.encode("utf-16"),
    }[change]
    assert rows(found(name, changed, tmp_path)) == rows(found(name, data, tmp_path))


@pytest.mark.parametrize("fmt", CALLERS)
@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"\n \n", "empty"),
        (b"\x00\x01\x02", "binary"),
        (b"\x1f\x8b\x08\x00", "truncated"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:1\n", "git_lfs"),
        (b"hello world\n1 2 3\n", "other_format"),
    ],
)
def test_what_is_no_output_of_a_caller_is_refused_with_a_reason(
    fmt: str, data: bytes, code: str, tmp_path: Path
) -> None:
    path = tmp_path / "x.tsv"
    path.write_bytes(data)
    with pytest.raises(CallerFormatError) as caught:
        read_caller_file(path, starter_panel(), name=fmt)
    assert caught.value.code == code


@pytest.mark.parametrize("name", TABLES)
@QUIET
@given(data=st.data())
def test_any_cell_of_a_table_may_be_anything(
    name: str, data: st.DataObject, tmp_path: Path
) -> None:
    text = (GOLDEN / name).read_text()
    delimiter = max("\t,;", key=text.count)
    lines = [line.split(delimiter) for line in text.splitlines()]
    row = data.draw(st.integers(0, len(lines) - 1))
    cell = data.draw(st.integers(0, len(lines[row]) - 1))
    lines[row][cell] = data.draw(
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\n\r"), max_size=12)
        | st.sampled_from(["-1", "1e9", "NaN", "'", '"', "NUTM1", "x" * 300, "9" * 40, "=1+1"])
    )
    result(
        tmp_path / name.partition(".")[2],
        "\n".join(delimiter.join(line) for line in lines).encode(),
        name.split(".", maxsplit=1)[0],
    )


@pytest.mark.parametrize("name", FILES)
@QUIET
@given(data=st.data())
def test_a_file_may_end_anywhere(name: str, data: st.DataObject, tmp_path: Path) -> None:
    whole = (GOLDEN / name).read_bytes()
    at = data.draw(st.integers(0, len(whole)))
    result(tmp_path / name.partition(".")[2], whole[:at])


@pytest.mark.parametrize("name", FILES)
def test_a_cell_of_a_megabyte_is_no_crash(name: str, tmp_path: Path) -> None:
    text = (GOLDEN / name).read_text()
    for word in ("BRD4", "NUTM1", "15"):
        result(tmp_path / name.partition(".")[2], text.replace(word, word * 250_000, 1).encode())


@pytest.mark.parametrize("name", [name for name in TABLES if name.endswith((".tsv", ".csv"))])
def test_a_nutm1_row_that_cannot_be_read_is_a_finding(name: str, tmp_path: Path) -> None:
    # positions typed over by hand: the row still names NUTM1, or the file is refused
    text = (GOLDEN / name).read_text()
    for number in ("34347969", "34640170", "34347968", "15254152", "15364963", "15254151"):
        text = text.replace(number, "?" * 8)
    read = result(tmp_path / name.partition(".")[2], text.encode(), name.split(".", maxsplit=1)[0])
    assert read is None or any(fusion.touches_nutm1 for fusion in read.fusions)


def as_table(text: str) -> tuple[list[str], list[list[str]], str]:
    """Lines before the table, its cells with the header first, and what divides them."""
    delimiter = max("\t,;", key=text.count)
    lines = text.rstrip("\n").split("\n")
    width = max(line.count(delimiter) for line in lines)
    start = next(i for i, line in enumerate(lines) if line.count(delimiter) == width)
    return lines[:start], [line.split(delimiter) for line in lines[start:]], delimiter


def in_one_piece(before: list[str], cells: list[list[str]], delimiter: str) -> bytes:
    return "\n".join([*before, *(delimiter.join(row) for row in cells)]).encode() + b"\n"


@pytest.mark.parametrize("name", TABLES)
@settings(QUIET, max_examples=5)
@given(seed=st.randoms(use_true_random=False))
def test_the_order_of_columns_changes_nothing(name: str, seed: Random, tmp_path: Path) -> None:
    # read by name, or refused where the format has no names; never another fusion
    data = (GOLDEN / name).read_bytes()
    before, cells, delimiter = as_table(data.decode())
    if len({len(row) for row in cells}) > 1:
        return  # a header that is shorter than its rows has no columns to move
    hashed = cells[0][0].startswith("#")
    cells[0][0] = cells[0][0].removeprefix("#")
    order = list(range(len(cells[0])))
    seed.shuffle(order)
    moved = [[row[i] for i in order if i < len(row)] for row in cells]
    if hashed:
        moved[0][0] = "#" + moved[0][0]
    read = result(
        tmp_path / name.partition(".")[2],
        in_one_piece(before, moved, delimiter),
        name.split(".", maxsplit=1)[0],
    )
    if read is not None and read.file.nutm1_rows:
        known = rows(found(name, data, tmp_path))
        for row in rows(read):
            assert row in known or not row.is_readable or row.problems


PLAIN_CSV = [
    name for name in TABLES if name.endswith(".csv") and '"' not in (GOLDEN / name).read_text()
]


@pytest.mark.parametrize("name", PLAIN_CSV)
def test_quotes_around_cells_change_nothing(name: str, tmp_path: Path) -> None:
    data = (GOLDEN / name).read_bytes()
    before, cells, delimiter = as_table(data.decode())
    quoted = [[f'"{cell.strip(chr(34))}"' for cell in row] for row in cells]
    if delimiter == ",":
        again = found(name, in_one_piece(before, quoted, delimiter), tmp_path)
        assert rows(again) == rows(found(name, data, tmp_path))


@pytest.mark.parametrize("name", TABLES)
def test_a_file_without_rows_is_no_fusion_and_no_crash(name: str, tmp_path: Path) -> None:
    # what a program writes that found nothing; the tool's name still decides the format
    before, cells, delimiter = as_table((GOLDEN / name).read_text())
    alone = in_one_piece(before, cells[:1], delimiter)
    read = result(tmp_path / name.partition(".")[2], alone, name.split(".", maxsplit=1)[0])
    if read is not None and not any(w in alone for w in (b"NUTM1", b"NUT", b"3434", b"3464")):
        assert read.file.nutm1_rows == 0
