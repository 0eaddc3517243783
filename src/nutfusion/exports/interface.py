"""What an export format is: a name, and the files that it makes of dossiers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from nutfusion.model.dossier import Dossier

Files = dict[str, bytes]
"""Relative path with ``/``, and the whole content."""


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """One format.

    Attributes:
        name: What ``--format`` takes.
        title: One line for people.
        files: All files of the format for dossiers of different samples, in the order given. The
            same dossiers give the same bytes: no clock, no path, no random order.
        patients_only: Everybody in its files is taken for a patient: dossiers that are of none are
            left out and named.
    """

    name: str
    title: str
    files: Callable[[Sequence[Dossier]], Mapping[str, bytes]]
    patients_only: bool = False
