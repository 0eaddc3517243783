"""What the user says about transcript records: their names, and which of them are cut."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from nutfusion.errors import InputError
from nutfusion.reference.opening import opened
from nutfusion.reference.shipped import split_accession

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

REQUIRED_COLUMNS: Final = ("record", "accession")
OPTIONAL_COLUMNS: Final = ("gene", "prefix", "cds_prefix")


@dataclass(frozen=True, slots=True)
class Naming:
    """What one row says about one record.

    Attributes:
        record: First word of the record's header.
        accession: accession.version.
        gene: Symbol; ``None`` when the row leaves it to the accession or the header.
        is_prefix: The record ends before the transcript does.
        is_cds: The record starts at the first coding base and may end before the transcript.
    """

    record: str
    accession: str
    gene: str | None
    is_prefix: bool
    is_cds: bool


def read_name_map(path: Path) -> dict[str, Naming]:
    """Read a name map.

    Args:
        path: Tab-separated with a header line: ``record``, ``accession`` (with its version), and
            optionally ``gene``, ``prefix`` and ``cds_prefix`` (``yes``, ``no`` or empty).

    Returns:
        By record name, in the order of the file.

    Raises:
        InputError: A column is missing or unknown, a row is not whole, an accession has no
            version, a yes-or-no cell holds something else, or a record comes twice.
    """
    with opened(path) as handle:
        text = handle.read().decode("utf-8-sig", errors="replace")
    rows = csv.reader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    columns = next(rows, [])
    known = {*REQUIRED_COLUMNS, *OPTIONAL_COLUMNS}
    if not set(REQUIRED_COLUMNS) <= set(columns) or not set(columns) <= known:
        raise InputError(
            f"expected the columns record and accession, and of gene, prefix, cds_prefix any, "
            f"found {', '.join(columns) or 'nothing'}",
            path=path,
            line=1,
        )
    names: dict[str, Naming] = {}
    for line, cells in enumerate(rows, start=2):
        if not any(cells):
            continue
        if len(cells) != len(columns):
            raise InputError(
                f"expected {len(columns)} tab-separated cells, found {len(cells)}",
                path=path,
                line=line,
            )
        naming = _naming(dict(zip(columns, cells, strict=True)), path, line)
        if naming.record in names:
            raise InputError(
                f"expected each record once, found {naming.record} again", path=path, line=line
            )
        names[naming.record] = naming
    return names


def _naming(row: dict[str, str], path: Path, line: int) -> Naming:
    parts = split_accession(row["accession"])
    if not row["record"] or parts is None or parts[1] is None:
        raise InputError(
            "expected a record name and an accession with its version such as "
            f"ENST00000303407.12 or NM_007371.4, found {row['record']!r} and {row['accession']!r}",
            path=path,
            line=line,
        )
    flags = {}
    for column in ("prefix", "cds_prefix"):
        value = row.get(column, "")
        if value not in {"", "yes", "no"}:
            raise InputError(
                f"expected yes, no or nothing in column {column}, found {value!r}",
                path=path,
                line=line,
            )
        flags[column] = value == "yes"
    return Naming(
        record=row["record"],
        accession=row["accession"],
        gene=row.get("gene") or None,
        is_prefix=flags["prefix"] or flags["cds_prefix"],
        is_cds=flags["cds_prefix"],
    )


@dataclass(slots=True)
class Declarations:
    """Everything the user declared about records.

    Attributes:
        names: By record name.
        prefixes: Accessions (with or without version) of records that are cut at the end.
        cds_prefixes: Accessions of records that start at the first coding base.
    """

    names: dict[str, Naming]
    prefixes: frozenset[str]
    cds_prefixes: frozenset[str]

    @classmethod
    def of(
        cls,
        names: dict[str, Naming] | None = None,
        prefixes: Iterable[str] = (),
        cds_prefixes: Iterable[str] = (),
    ) -> Declarations:
        """Gather what the command line gave."""
        return cls(names or {}, frozenset(prefixes), frozenset(cds_prefixes))
