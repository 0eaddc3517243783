"""Which format a file is of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nutfusion.callers.registry import CALLERS
from nutfusion.errors import CallerFormatError

if TYPE_CHECKING:
    from pathlib import Path

    from nutfusion.callers.statement import CallerFormat, Recognised
    from nutfusion.callers.text import Head


@dataclass(frozen=True, slots=True)
class Detected:
    """A file's format.

    Attributes:
        format: The one that recognises it.
        recognised: Version and why.
    """

    format: CallerFormat
    recognised: Recognised


def detect(head: Head, path: Path) -> Detected:
    """Find the one format that recognises a file.

    Raises:
        CallerFormatError: None does, or several do; with what was tried.
    """
    found = [
        Detected(fmt, recognised)
        for fmt in CALLERS.values()
        if (recognised := fmt.recognise(head)) is not None
    ]
    if len(found) == 1:
        return found[0]
    if found:
        names = ", ".join(f"{one.format.name} ({one.recognised.why})" for one in found)
        raise CallerFormatError(
            f"expected a file of one format, found one that fits {len(found)}: {names}; say which"
            f" with --caller NAME={path.name}",
            path=path,
            code="ambiguous",
        )
    raise CallerFormatError(
        f"expected the output of a caller or panel, found a file that fits none of"
        f' {len(CALLERS)} formats; "nutfusion callers detect" says what was tried',
        path=path,
        code="unknown",
    )


def tried() -> str:
    """What makes a file each format, one line each, as ``detect`` looks for it."""
    return "".join(f"{fmt.name}: {fmt.expects}\n" for fmt in CALLERS.values())


def recognise_as(name: str, head: Head, path: Path) -> Detected:
    """Check that a file is of a format that the user named.

    Raises:
        CallerFormatError: There is no such format, or the file is not of it.
    """
    fmt = CALLERS.get(name)
    if fmt is None:
        raise CallerFormatError(
            f"expected a caller's name ({', '.join(CALLERS)}), found {name!r}",
            path=path,
            code="no_such_format",
        )
    recognised = fmt.recognise(head)
    if recognised is not None:
        return Detected(fmt, recognised)
    others = [f.name for f in CALLERS.values() if f.recognise(head) is not None]
    hint = f"it fits {' or '.join(others)}" if others else "it fits no format"
    raise CallerFormatError(
        f"not {fmt.title} output: expected {fmt.expects}, found something else ({hint})",
        path=path,
        code="other_format",
    )
