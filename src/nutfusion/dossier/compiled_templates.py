"""Templates are compiled once per installation, as the interpreter does with modules.

Turning the page's templates into code takes a quarter of a second of a sample's time, as long as
half a million read pairs. The code goes to ``__pycache__`` beside the templates, with the trust
that modules' compiled code has there; where that cannot be written, every process compiles anew.
"""

from __future__ import annotations

from contextlib import suppress
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import FileSystemBytecodeCache

if TYPE_CHECKING:
    from jinja2.bccache import Bucket


class CompiledTemplates(FileSystemBytecodeCache):
    """Compiled templates of a folder; what is unreadable or older than its source is made again.

    Args:
        folder: Where they go; it exists.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder), "%s.template")

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template; a full disk or another user's folder only costs the next process."""
        with suppress(OSError):
            super().dump_bytecode(bucket)


def compiled_templates(package: str) -> CompiledTemplates | None:
    """The kept templates of a package's folder ``templates``; ``None`` where there is no folder.

    Args:
        package: Dotted name.
    """
    beside = files(package).joinpath("templates")
    if not isinstance(beside, Path):  # in a zip file
        return None
    folder = beside / "__pycache__"
    with suppress(OSError):
        folder.mkdir(exist_ok=True)
    return CompiledTemplates(folder) if folder.is_dir() else None
