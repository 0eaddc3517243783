"""What the files on a command line are: reads, alignments, other programs' outputs."""

from __future__ import annotations

import gzip
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, TypeVar

import click

from nutfusion.cli.options import PATH
from nutfusion.errors import InputError
from nutfusion.model.terms import Assembly

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from nutfusion.callers import CallerResult
    from nutfusion.model.panel import Panel

F = TypeVar("F", bound="Callable[..., Any]")

Kind = Literal["alignment", "fastq", "caller"]

_HEAD: Final = 4096
_SAM: Final = (b"@HD\t", b"@SQ\t", b"@RG\t", b"@PG\t", b"@CO\t")


@dataclass(frozen=True, slots=True)
class CallerInput:
    """A caller's file or folder.

    Attributes:
        path: The file or folder.
        name: Format; ``None``: to be found out.
    """

    path: Path
    name: str | None


def kind_of(path: Path) -> Kind:
    """What a file is, by its first bytes.

    Raises:
        OSError: It cannot be read.
    """
    if path.is_dir():
        return "caller"
    with path.open("rb") as file:
        raw = file.read(_HEAD)
    head = raw
    if raw.startswith(b"\x1f\x8b"):
        try:
            with gzip.open(path) as file:
                head = file.read(_HEAD)
        except (EOFError, zlib.error, gzip.BadGzipFile):
            return "caller"
    if raw.startswith(b"CRAM") or head.startswith((b"BAM\1", *_SAM)):
        return "alignment"
    lines = head.split(b"\n")
    if head.startswith(b"@") and len(lines) > 2 and lines[2].startswith(b"+"):
        return "fastq"
    return "caller"


def _caller_input(_ctx: click.Context, _param: click.Parameter, values: Any) -> Any:
    """``NAME=PATH`` taken apart."""
    found = []
    for value in values:
        name, equals, path = value.partition("=")
        if not equals or not name or not path:
            raise click.BadParameter(
                f"expected NAME=FILE or NAME=FOLDER, found {value!r};"
                " 'nutfusion callers list' names them."
            )
        found.append(CallerInput(Path(path), name))
    return tuple(found)


def caller_options(command: F) -> F:
    """``--caller NAME=FILE_OR_DIR``, ``--caller-assembly`` and ``FILE...``."""
    for option in (
        click.argument("files", nargs=-1, type=PATH, metavar="[FILE]..."),
        click.option(
            "--caller-assembly",
            type=click.Choice([assembly.value for assembly in Assembly]),
            help="Assembly of other programs' files that do not show it.",
        ),
        click.option(
            "--caller",
            "callers",
            multiple=True,
            metavar="NAME=FILE_OR_DIR",
            callback=_caller_input,
            help="Output of a fusion caller or panel; repeatable.",
        ),
    ):
        command = option(command)
    return command


def sorted_out(files: Sequence[Path]) -> tuple[tuple[Path, ...], tuple[CallerInput, ...]]:
    """Alignments and callers' files among files that were given without an option.

    Raises:
        InputError: A file is not there, is a pipe, or is FASTQ, whose mates and lanes no name can
            tell.
    """
    alignments: list[Path] = []
    callers: list[CallerInput] = []
    for path in files:
        if not path.exists():
            raise InputError("expected a file, found none of that name", path=path)
        if not (path.is_file() or path.is_dir()):
            raise InputError(
                "expected a file or a folder, found a pipe or a device, of which the part that is"
                " read to find out its format would be lost; save it to a file first",
                path=path,
            )
        match kind_of(path):
            case "alignment":
                alignments.append(path)
            case "caller":
                callers.append(CallerInput(path, None))
            case "fastq":
                raise InputError(
                    "FASTQ given without saying which mate it is; use --fastq R1 R2 or"
                    " --fastq-single R",
                    path=path,
                )
    return tuple(alignments), tuple(callers)


def _refuse_several_samples(result: CallerResult, path: Path) -> None:
    """Refuse a table of a study: its rows about other people must not enter this dossier.

    Raises:
        InputError: The file says that it holds more than one sample.
    """
    from nutfusion.model.reason import Reason

    for note in map(Reason.parse, result.file.notes):
        if note.code == "several_samples":
            samples = dict(note.values).get("samples", "several")
            raise InputError(
                f"expected the rows of one sample, found those of {samples}; keep the header and"
                " the rows of this sample in a file of its own",
                path=path,
            )


def read_callers(
    inputs: Sequence[CallerInput], panel: Panel, assembly: str | None
) -> tuple[CallerResult, ...]:
    """Read every caller's file once.

    Raises:
        InputError: A file is not there, or the same one is given twice.
        CallerFormatError: A file is of no format, or breaks its own.
    """
    if not inputs:
        return ()
    from nutfusion.callers import read_caller

    results: list[CallerResult] = []
    seen: dict[str, Path] = {}
    stated = None if assembly is None else Assembly(assembly)
    for given in inputs:
        if not given.path.exists():
            raise InputError("expected a caller's file, found none of that name", path=given.path)
        for result in read_caller(given.path, panel, name=given.name, assembly=stated):
            _refuse_several_samples(result, given.path)
            other = seen.setdefault(result.file.sha256, given.path)
            if other is not given.path:
                raise InputError(
                    f"expected every file once, found the same bytes in {other}", path=given.path
                )
            results.append(result)
    return tuple(results)
