"""Everything nutfusion raises on purpose.

* NutfusionError
  * InputError                what the user gave us; they can fix it (exit 2)
    + FastqError              a FASTQ file is not what the format says, or its mates disagree
    + AlignmentFileError      a BAM or CRAM is unreadable, cut short, or on another assembly
    + CallerFormatError       a caller's or a panel's file is not what its module documents
    + SampleSheetError        the sample sheet contradicts itself or identifies a person
    + ConfigError             an assay profile, a policy or a workflow config is not valid
    + StageFileError          a stage was given a file that another stage did not write
    + ReviewError             a review, a key or a meeting's bundle is not what it has to be
  * ReferenceDataError        a panel is missing, broken or contradicts the coordinates (exit 3)

Any other exception is a bug in nutfusion and keeps its traceback.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from pathlib import Path


def printable(text: str) -> str:
    r"""Text as one line that a terminal can show.

    A name or a cell that is repeated in a message may hold line ends, escape sequences or bytes
    that are no UTF-8; they are written as ``\n``, ``\x1b``, ``\xff``.
    """
    return "".join(char if char.isprintable() else _escaped(char) for char in text)


def _escaped(char: str) -> str:
    code = ord(char)
    if 0xDC80 <= code <= 0xDCFF:  # a byte of a file name that is no UTF-8
        return f"\\x{code - 0xDC00:02x}"
    return char.encode("unicode_escape").decode("ascii")


class NutfusionError(Exception):
    """Base of every deliberate error.

    Args:
        message: What was expected, what was found, and what to do about it; kept as one line that
            a terminal can show (see ``printable``).
        path: The file concerned; ``None`` when no file is.
        line: 1-based line number in ``path``; ``None`` when the whole file is meant.

    Attributes:
        exit_code: What the command line exits with.
    """

    exit_code: ClassVar[int] = 2

    def __init__(
        self, message: str, *, path: Path | str | None = None, line: int | None = None
    ) -> None:
        self.message = printable(message)
        self.path = None if path is None else str(path)
        self.line = line
        super().__init__(self.message)

    def __str__(self) -> str:
        """Return ``path:line: message``, without the parts that are unknown."""
        where = "" if self.path is None else printable(self.path)
        if where and self.line is not None:
            where = f"{where}:{self.line}"
        return f"{where}: {self.message}" if where else self.message


class InputError(NutfusionError):
    """What the user gave us is wrong; they can mend it."""


class FastqError(InputError):
    """A FASTQ file breaks the format, is truncated, or its mates disagree."""


class AlignmentFileError(InputError):
    """A BAM, CRAM or SAM file is unreadable, cut short, or on an assembly we have no loci on."""


class CallerFormatError(InputError):
    """A caller's or a panel's file is of no known format, or not what its format says.

    Attributes:
        code: Kind of the refusal in one word, for tables of expectations.
    """

    def __init__(
        self,
        message: str,
        *,
        path: Path | str | None = None,
        line: int | None = None,
        code: str = "format",
    ) -> None:
        self.code = code
        super().__init__(message, path=path, line=line)


class SampleSheetError(InputError):
    """The sample sheet contradicts itself, or holds what identifies a person."""


class ConfigError(InputError):
    """An assay profile, an eligibility policy or the workflow config is not valid."""


class StageFileError(InputError):
    """A stage got a file that the stage before it did not write."""


class ReviewError(InputError):
    """A review, a key or a meeting's bundle is wrong, was touched, or would be overwritten.

    Attributes:
        code: Kind of a mistake in a form, for a page in the reader's language; ``None`` for others.
    """

    def __init__(
        self,
        message: str,
        *,
        path: Path | str | None = None,
        line: int | None = None,
        code: str | None = None,
    ) -> None:
        self.code = code
        super().__init__(message, path=path, line=line)


class ReferenceDataError(NutfusionError):
    """A reference panel is missing, broken, or contradicts the shipped coordinates."""

    exit_code: ClassVar[int] = 3
