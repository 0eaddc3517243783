"""UMIs that travel in read names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

_ILLUMINA: Final = re.compile(r"^(?:[^:]+:){7}([ACGTN]{4,}(?:[+_-][ACGTN]{4,})?)$")
"""bcl2fastq and BCL Convert: the eighth field of the read name."""
_SUFFIX: Final = re.compile(r"_([ACGTN]{4,}(?:[+_-]?[ACGTN]{4,})?)$")
"""UMI-tools and fastp: after the last underscore."""


def umis_of_names(names: Sequence[str]) -> list[str] | None:
    """UMI of each read name, if every name has one; otherwise ``None``.

    Source:
        Illumina "BCL Convert" read name format; UMI-tools ``extract``; fastp ``--umi_prefix``.
    """
    for pattern in (_ILLUMINA, _SUFFIX):
        matches = [pattern.search(name) for name in names]
        if names and all(matches):
            return [match[1] for match in matches if match]
    return None
