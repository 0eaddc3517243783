"""Tables of whole studies: rows of many people in one file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nutfusion.model.remarks import remark

if TYPE_CHECKING:
    from collections.abc import Iterable


def several_samples(names: Iterable[str | None]) -> tuple[str, ...]:
    """A note when the rows of a file belong to more than one sample.

    Args:
        names: Sample of every row; only counted, never kept.
    """
    samples = {name for name in names if name is not None}
    return (remark("several_samples", samples=len(samples)),) if len(samples) > 1 else ()
