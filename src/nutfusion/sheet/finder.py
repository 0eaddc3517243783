"""Finding the files that a row names, here or in a store."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn

from nutfusion.errors import SampleSheetError
from nutfusion.sheet.address import ANY_ADDRESS, Address, StoreError, address_in

if TYPE_CHECKING:
    from nutfusion.sheet.address import Asked
    from nutfusion.sheet.records import Place

_LONGEST_NAME: Final = 255
"""Bytes of a file's name that the usual disks keep."""


@dataclass(frozen=True, slots=True)
class Finder:
    """Finds the files of one row, none of which another row may have.

    Attributes:
        sheet: The sheet.
        line: 1-based line of the row.
        sample: Sample of the row.
        seen: Every file found so far, and the line that has it.
        check_files: Whether files must be there.
        asked: Asked for addresses; ``None``: nobody is.
    """

    sheet: Path
    line: int
    sample: str
    seen: dict[Place, int]
    check_files: bool
    asked: Asked | None

    def once(self, value: str, column: str, *, may_be_folder: bool = False) -> Place:
        """A file that stands in the sheet once.

        Raises:
            SampleSheetError: It is not there, or another row has it.
        """
        file = self.any(value, column, may_be_folder=may_be_folder)
        if file in self.seen:
            raise SampleSheetError(
                f"expected every file once, found {value!r} here and in line {self.seen[file]}",
                path=self.sheet,
                line=self.line,
            )
        self.seen[file] = self.line
        return file

    def any(self, value: str, column: str, *, may_be_folder: bool = False) -> Place:
        """A file that several rows may share."""
        if ANY_ADDRESS.match(value):
            return self._address(value, column)
        return self._file(value, column, may_be_folder=may_be_folder)

    def _file(self, value: str, column: str, *, may_be_folder: bool) -> Path:
        """An absolute path with its links followed."""
        if max(map(len, value.encode().split(b"/"))) > _LONGEST_NAME:
            self._refuse(
                f"expected a file name of at most {_LONGEST_NAME} bytes in column {column!r}, found"
                " a longer one"
            )
        beside = self.sheet.parent / value
        file = beside if beside.exists() or not Path(value).exists() else Path(value)
        if self.check_files and (not file.exists() or (file.is_dir() and not may_be_folder)):
            what = "a folder" if file.is_dir() else "no such file"
            kind = "a FASTQ file" if column.startswith("fastq") else "a file"
            self._refuse(
                f"expected {kind} in column {column!r}, found {what}: {value!r}; names are"
                " relative to the sheet's folder or to the working directory"
            )
        return file.resolve()

    def _address(self, value: str, column: str) -> Address:
        """An object in a store."""
        address = address_in(value)
        if address is None:
            # NB: other addresses may hold a password or a signature, and are not repeated
            self._refuse(
                f"expected a file of this machine or s3://BUCKET/KEY in column {column!r}, without"
                " '..', '?', '#' or braces, found another address; download that file first"
            )
        if self.asked is None:
            return address
        try:
            is_there = self.asked(address)
        except StoreError as error:
            self._refuse(
                f"expected an object of sample {self.sample!r} in column {column!r}, but the store"
                f" did not say whether {address} is there: {error}"
            )
        if not is_there:
            self._refuse(
                f"expected an object of sample {self.sample!r} in column {column!r}, found none:"
                f" {address}"
            )
        return address

    def _refuse(self, message: str) -> NoReturn:
        raise SampleSheetError(message, path=self.sheet, line=self.line)
