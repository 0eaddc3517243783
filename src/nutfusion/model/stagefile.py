"""The files that stages hand to each other.

A stage type whose bulk is one list of records is a Parquet file: one row per record, columns as
in ``nutfusion.model.arrow``; what is said once per sample stands as JSON in the schema's
metadata. Every other record is a JSON file. Both name the record type and the layout's version,
so that a file of another stage, of another program or of another version is refused.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final, TypeVar

from pydantic import ValidationError

from nutfusion.errors import StageFileError
from nutfusion.model.annotated import SampleAnnotated
from nutfusion.model.arrow import arrow_schema
from nutfusion.model.atomic import atomic_path, write_atomically
from nutfusion.model.base import Record
from nutfusion.model.call import SampleCalls
from nutfusion.model.evidence import SampleEvidence

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pyarrow as pa

R = TypeVar("R", bound=Record)

LAYOUT_VERSION: Final = 3
"""Raised when a reader could misread a file that an older version wrote."""

ROWS: Final[Mapping[type[Record], str]] = {
    SampleEvidence: "junctions",
    SampleCalls: "calls",
    SampleAnnotated: "fusions",
}
"""The stage types that are tables, and the field that makes the rows."""

_KEY: Final = b"nutfusion"


def write_stage(record: Record, path: Path) -> None:
    """Write a stage's output whole or not at all.

    Raises:
        StageFileError: ``path`` holds something that no stage wrote.
        OSError: The file cannot be written.
    """
    _check_target(path)
    rows = ROWS.get(type(record))
    if rows is None:
        head = {"nutfusion": type(record).__name__, "layout": LAYOUT_VERSION}
        body = {**head, "record": record.model_dump(mode="json")}
        write_atomically(path, json.dumps(body, ensure_ascii=False, indent=1) + "\n")
        return
    import pyarrow as pa
    import pyarrow.parquet as pq

    values = record.model_dump(mode="json")
    table_rows = values.pop(rows)
    head = {"record": type(record).__name__, "layout": LAYOUT_VERSION, "sample": values}
    schema = _row_schema(type(record)).with_metadata({_KEY: json.dumps(head, ensure_ascii=False)})
    table = pa.Table.from_pylist(table_rows, schema=schema)
    with atomic_path(path) as temporary:
        pq.write_table(table, temporary, compression="zstd")


def _check_target(path: Path) -> None:
    """Refuse to replace a file that is not a stage's: a reads file typed as ``--out``.

    Raises:
        StageFileError: The file there is neither empty nor a stage file.
    """
    if not path.is_file():
        return
    with path.open("rb") as file:
        head = file.read(4)
    if head and head != b"PAR1" and not head.startswith(b"{"):
        raise StageFileError(
            "expected a new file or an earlier output of a stage, found something else;"
            " give another --out",
            path=path,
        )


def read_stage(kind: type[R], path: Path) -> R:
    """Read what ``write_stage`` wrote.

    Args:
        kind: The record type that the file must hold.
        path: The file.

    Raises:
        StageFileError: The file is missing, cut short, or holds something else.
    """
    if not path.is_file():
        raise StageFileError(f"expected a {kind.__name__} file, found no file", path=path)
    payload = _read_table(kind, path) if kind in ROWS else _read_json(kind, path)
    try:
        return kind.model_validate(payload)
    except ValidationError as error:
        raise StageFileError(
            f"expected the fields of {kind.__name__}, found {_first(error)}", path=path
        ) from error


def _row_schema(kind: type[Record]) -> pa.Schema:
    """The columns of a stage type's rows."""
    annotation = kind.model_fields[ROWS[kind]].annotation
    row_type = annotation.__args__[0] if annotation is not None else Record
    return arrow_schema(row_type)


def _read_table(kind: type[Record], path: Path) -> dict[str, object]:
    """Rows and sample-level values of a Parquet stage file."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.read_table(path)
    except (pa.ArrowException, OSError) as error:
        if isinstance(error, PermissionError):
            raise
        raise StageFileError(
            f"expected a Parquet file with {kind.__name__}, found something that Parquet cannot"
            " read; it may be cut short or belong to another program",
            path=path,
        ) from error
    head = (table.schema.metadata or {}).get(_KEY)
    if head is None:
        raise StageFileError(
            f"expected {kind.__name__}, found a Parquet file of another program", path=path
        )
    says = json.loads(head)
    _check_head(kind, says.get("record"), says.get("layout"), path)
    if not table.schema.equals(_row_schema(kind), check_metadata=False):
        raise StageFileError(f"expected the columns of {kind.__name__}, found others", path=path)
    return {**says["sample"], ROWS[kind]: table.to_pylist()}


def _read_json(kind: type[Record], path: Path) -> object:
    """The record of a JSON stage file."""
    try:
        says = json.loads(path.read_bytes())
    except (ValueError, RecursionError) as error:
        raise StageFileError(
            f"expected a JSON file with {kind.__name__}, found something that JSON cannot read;"
            " it may be cut short or belong to another program",
            path=path,
        ) from error
    if not isinstance(says, dict) or "nutfusion" not in says:
        raise StageFileError(
            f"expected {kind.__name__}, found a JSON file of another program", path=path
        )
    _check_head(kind, says["nutfusion"], says.get("layout"), path)
    return says.get("record")


def _check_head(kind: type[Record], name: object, layout: object, path: Path) -> None:
    """Refuse another stage's file and another version's layout."""
    if name != kind.__name__:
        raise StageFileError(
            f"expected {kind.__name__}, found {name}; give this stage the output of the one before",
            path=path,
        )
    if layout != LAYOUT_VERSION:
        raise StageFileError(
            f"expected layout {LAYOUT_VERSION} of {name}, found {layout}; run the stage again",
            path=path,
        )


def _first(error: ValidationError) -> str:
    """The first complaint of pydantic in one line."""
    detail = error.errors(include_url=False, include_input=False)[0]
    where = ".".join(str(part) for part in detail["loc"])
    return f"{detail['msg']} at {where or 'the top'}"
