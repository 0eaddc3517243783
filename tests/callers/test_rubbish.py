"""Whatever a file holds: a clear refusal or a finding, never a traceback, never a silent zero."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.builders import starter_panel

from nutfusion.callers import CALLERS, CallerResult, read_caller_file
from nutfusion.errors import CallerFormatError

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


def rows(read: CallerResult) -> list[object]:
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
