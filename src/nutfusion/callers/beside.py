"""Files that a program writes beside its result: recognised, so that they can be refused well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nutfusion.errors import CallerFormatError

if TYPE_CHECKING:
    from nutfusion.callers.text import CallerText


def not_the_result(text: CallerText, *, found: str, wanted: str) -> CallerFormatError:
    """The error for a file that lies beside the one that holds the fusions.

    Args:
        text: The file.
        found: What it is.
        wanted: The file to give instead.
    """
    return CallerFormatError(
        f"expected {wanted}, found {found}, which holds no fusions by itself; give {wanted} of the"
        " same run",
        path=text.path,
        code="not_the_result",
    )
