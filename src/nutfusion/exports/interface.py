"""What an export format is: a name, and the files that it makes of dossiers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from nutfusion.exports.reviews import Reviews
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
        reviewed: As ``files``, with what may be repeated of the reviews beside the dossiers;
            ``None`` for a format that has no place for what a biologist says.
        patients_only: Everybody in its files is taken for a patient: dossiers that are of none are
            left out and named.
    """

    name: str
    title: str
    files: Callable[[Sequence[Dossier]], Mapping[str, bytes]]
    reviewed: Callable[[Sequence[Dossier], Reviews], Mapping[str, bytes]] | None = None
    patients_only: bool = False
