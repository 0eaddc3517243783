"""UMIs that travel in read names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    Patterns = tuple[re.Pattern[str], ...]

_ILLUMINA: Final = re.compile(r"^(?:[^:]+:){7}([ACGTN]{4,}(?:[+_-][ACGTN]{4,})?)$")
"""bcl2fastq and BCL Convert: the eighth field of the read name."""
_SUFFIX: Final = re.compile(r"_([ACGTN]{4,}(?:[+_-]?[ACGTN]{4,})?)$")
"""UMI-tools and fastp: after the last underscore."""
PATTERNS: Final[Patterns] = (_ILLUMINA, _SUFFIX)
"""The ways to write a UMI into a read name; the first that all names follow counts.

Source: Illumina "BCL Convert" read name format; UMI-tools ``extract``; fastp ``--umi_prefix``.
"""


def matching(patterns: Patterns, names: Sequence[str]) -> Patterns:
    """Those patterns that every name follows."""
    return tuple(p for p in patterns if all(p.search(name) for name in names))


def cut(pattern: re.Pattern[str], names: Sequence[str]) -> list[str]:
    """The UMI of each name that follows a pattern."""
    return [match[1] for name in names if (match := pattern.search(name))]
