"""From rows to samples: lanes together, facts that agree, files that exist."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from nutfusion.errors import SampleSheetError
from nutfusion.model.dossier import Declared, DossierSample
from nutfusion.model.pseudonym import SAMPLE_ID
from nutfusion.sheet.columns import INPUTS
from nutfusion.sheet.finder import Finder
from nutfusion.sheet.orthogonal import RESULTS, TEST_COLUMNS, orthogonal_tests
from nutfusion.sheet.records import CallerPath, Lane, Place, SampleRow
from nutfusion.sheet.table import SheetLine, read_table
from nutfusion.shipped import shipped_names

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nutfusion.model.run_level import ControlKind
    from nutfusion.sheet.address import Asked

_YAML: Final = (".yaml", ".yml")
_FASTQ: Final = ("fastq_1", "fastq_2", "fastq_umi")
_ALIGNMENTS: Final = ("bam", "cram")
_STAR_JUNCTIONS: Final = "star_chimeric"
"""Format of the files in column ``junctions``."""
_CALLER: Final = re.compile(r"(?:(?P<name>[a-z0-9_]+)=)?(?P<file>[^=].*)")
_FACTS: Final = ("run", "control", "assay", "disease", "pretreated", "relapse")
_YES_NO: Final[Mapping[str, bool | None]] = {
    **dict.fromkeys(("yes", "y", "true", "1", "oui", "o", "vrai"), True),
    **dict.fromkeys(("no", "n", "false", "0", "non", "faux"), False),
    **dict.fromkeys(("", "na", "n/a", "nd", "unknown", "inconnu"), None),
}


def load_sheet(
    path: Path, *, check_files: bool = True, is_in_store: Asked | None = None
) -> tuple[SampleRow, ...]:
    """Read and check a sample sheet.

    Args:
        path: CSV or TSV, one row per lane. File names in it are relative to the folder of the
            sheet, or else to the working directory.
        check_files: Whether the files must be there.
        is_in_store: Asked for each address, unless ``check_files`` is false; ``None``: nobody is
            asked, and ``SampleRow.addresses`` are as the sheet has them.

    Returns:
        One row per sample, in the order of first appearance.

    Raises:
        SampleSheetError: With the line, what was expected, what was found and what to do.
    """
    samples: dict[str, list[SheetLine]] = {}
    spelling: dict[str, str] = {}
    runs: dict[str, str] = {"": ""}
    files: dict[Place, int] = {}
    asked = is_in_store if check_files else None
    inputs: dict[str, list[_Inputs]] = {}
    for row in read_table(path):
        name = _sample_id(row, path)
        if spelling.setdefault(name.casefold(), name) != name:
            raise SampleSheetError(
                f"sample {name!r} and {spelling[name.casefold()]!r} differ only in case;"
                " use one spelling for one sample",
                path=path,
                line=row.line,
            )
        run = row.cells.get("run", "")
        alike = "".join(run.casefold().split())
        if runs.setdefault(alike, run) != run:
            raise SampleSheetError(
                f"run {run!r} and {runs[alike]!r} differ only in case or blanks; samples of one run"
                " are compared with each other, so use one spelling",
                path=path,
                line=row.line,
            )
        samples.setdefault(name, []).append(row)
        finder = Finder(path, row.line, name, files, check_files=check_files, asked=asked)
        inputs.setdefault(name, []).append(_inputs(row, path, finder))
    return tuple(_sample(name, rows, inputs[name], path) for name, rows in samples.items())


@dataclass(frozen=True, slots=True)
class _Inputs:
    """The files of one row."""

    line: int
    lane: Lane | None
    alignments: tuple[Place, ...]
    reference_fasta: Place | None
    callers: tuple[CallerPath, ...]


def _sample_id(row: SheetLine, path: Path) -> str:
    name = row.cells["sample"]
    if not SAMPLE_ID.fullmatch(name):
        raise SampleSheetError(
            "expected a sample of 1 to 64 letters, digits, '.', '_' or '-' that starts with a"
            " letter or digit, found another name",
            path=path,
            line=row.line,
        )
    return name


def _inputs(row: SheetLine, path: Path, finder: Finder) -> _Inputs:
    """The files of one row."""
    cells = row.cells
    if not any(cells[column] for column in INPUTS):
        raise SampleSheetError(
            f"expected a file in one of the columns {', '.join(INPUTS)}, found empty cells",
            path=path,
            line=row.line,
        )
    lane: Lane | None = None
    if any(cells[column] for column in _FASTQ):
        if not cells["fastq_1"]:
            raise SampleSheetError(
                "expected a file in column 'fastq_1', found an empty cell", path=path, line=row.line
            )
        lane = Lane.model_validate(
            {c: finder.once(cells[c], c) if cells[c] else None for c in _FASTQ}
        )
    callers = [
        _caller(part.strip(), path, finder) for part in cells["callers"].split(";") if part.strip()
    ]
    if cells["junctions"]:
        file = finder.once(cells["junctions"], "junctions")
        callers.append(CallerPath(name=_STAR_JUNCTIONS, path=file))
    genome = cells["reference_fasta"]
    return _Inputs(
        line=row.line,
        lane=lane,
        alignments=tuple(finder.once(cells[c], c) for c in _ALIGNMENTS if cells[c]),
        reference_fasta=finder.any(genome, "reference_fasta") if genome else None,
        callers=tuple(callers),
    )


def _caller(part: str, path: Path, finder: Finder) -> CallerPath:
    """``NAME=FILE`` or ``FILE``."""
    match = _CALLER.fullmatch(part)
    if match is None:
        raise SampleSheetError(
            "expected NAME=FILE or FILE in column 'callers', divided by ';', found something else",
            path=path,
            line=finder.line,
        )
    name = match["name"]
    return CallerPath(
        name=name, path=finder.once(match["file"], "callers", may_be_folder=name is not None)
    )


def _sample(name: str, rows: list[SheetLine], inputs: list[_Inputs], path: Path) -> SampleRow:
    """One sample from its rows."""
    laned = [(found.line, found.lane) for found in inputs if found.lane is not None]
    if len({lane.fastq_2 is None for _, lane in laned}) > 1:
        line = next(line for line, lane in laned if lane.fastq_2 is None)
        raise SampleSheetError(
            f"expected all lanes of {name!r} paired or all single, found one without fastq_2",
            path=path,
            line=line,
        )
    _refuse_both(name, inputs, path)
    cells = {column: _agreed(name, column, rows, path) for column in (*_FACTS, *TEST_COLUMNS)}
    return SampleRow(
        sample=DossierSample(
            id=name,
            run=cells["run"][1] or None,
            control=_control(*cells["control"], path),
            declared=Declared(
                disease=cells["disease"][1] or None,
                pretreated=_yes_no("pretreated", *cells["pretreated"], path),
                relapse=_yes_no("relapse", *cells["relapse"], path),
            ),
            orthogonal=orthogonal_tests(cells, path),
        ),
        assay=_assay(*cells["assay"], path),
        lanes=tuple(lane for _, lane in laned),
        alignments=tuple(file for found in inputs for file in found.alignments),
        reference_fasta=_reference(name, inputs, path),
        callers=tuple(caller for found in inputs for caller in found.callers),
    )


def _refuse_both(name: str, inputs: list[_Inputs], path: Path) -> None:
    """Refuse FASTQ beside alignments: a fragment in both would count twice."""
    aligned = [found.line for found in inputs if found.alignments]
    if aligned and any(found.lane is not None for found in inputs):
        raise SampleSheetError(
            f"expected FASTQ files or alignments of sample {name!r}, found both; they hold the same"
            " reads, so leave one of them out",
            path=path,
            line=aligned[0],
        )


def _reference(name: str, inputs: list[_Inputs], path: Path) -> Place | None:
    """The one genome of a sample's CRAM files."""
    known: Place | None = None
    for found in inputs:
        if found.reference_fasta is None:
            continue
        if known is not None and found.reference_fasta != known:
            raise SampleSheetError(
                f"rows of sample {name!r} contradict each other in column 'reference_fasta'",
                path=path,
                line=found.line,
            )
        known = found.reference_fasta
    return known


def _agreed(name: str, column: str, rows: list[SheetLine], path: Path) -> tuple[int, str]:
    """(line, value) on which all rows of a sample agree; rows may leave it empty."""
    line, value = rows[0].line, ""
    for row in rows:
        cell = row.cells[column]
        if cell and value and cell != value:
            raise SampleSheetError(
                f"rows of sample {name!r} contradict each other in column {column!r}: {value!r} in"
                f" line {line}, {cell!r} here",
                path=path,
                line=row.line,
            )
        if cell and not value:
            line, value = row.line, cell
    return line, value


def _assay(line: int, value: str, path: Path) -> str | None:
    """The name of a shipped profile as it stands, or a profile's absolute path."""
    known = shipped_names("assays", ".yaml")
    if not value or value in known:
        return value or None
    for file in (path.parent / value, Path(value)):
        if value.endswith(_YAML) and file.is_file():
            return str(file.resolve())
    raise SampleSheetError(
        f"expected the name of an assay profile ({', '.join(known)}) or the path of a .yaml file"
        f" from the sheet's folder or the working directory, found {value!r}",
        path=path,
        line=line,
    )


def _control(line: int, value: str, path: Path) -> ControlKind | None:
    """What a control should show; ``None`` for a patient's sample."""
    known = RESULTS.get(value.casefold())
    if value and known not in ("negative", "positive"):
        raise SampleSheetError(
            f"expected negative, positive or nothing in column 'control', found {value!r}",
            path=path,
            line=line,
        )
    return "negative" if known == "negative" else "positive" if known == "positive" else None


def _yes_no(column: str, line: int, value: str, path: Path) -> bool | None:
    if value.casefold() not in _YES_NO:
        raise SampleSheetError(
            f"expected yes, no or nothing in column {column!r}, found {value!r}",
            path=path,
            line=line,
        )
    return _YES_NO[value.casefold()]
