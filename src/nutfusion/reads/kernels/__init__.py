"""Compiled loops; everything here works on arrays and knows nothing of genes or files.

The compiled code is kept beside these modules or in the user's own cache. Where neither can be
written (a read-only installation run by a service account), it goes to a folder in the temporary
directory, named after the user. A change of any of these modules compiles all of them anew
(``stamp``), and so does code that is not as it was kept (``keeping``).
"""

from __future__ import annotations

import os
import stat
import tempfile
from contextlib import suppress
from pathlib import Path


def _can_write(folder: Path) -> bool:
    """Whether files can be made in a folder, or the folder itself can."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return os.access(folder, os.W_OK)


def _shared_place(temporary: Path) -> Path:
    """A folder of the user's own where everybody may write.

    Compiled code is run as it is read: a folder that another user made, or may write to, is not
    used; the code is then compiled for this process alone.
    """
    folder = temporary / f"nutfusion-cache-{os.getuid()}"
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    found = folder.lstat()
    own = found.st_uid == os.getuid() and not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    if stat.S_ISDIR(found.st_mode) and own:
        return folder
    return Path(tempfile.mkdtemp(prefix="nutfusion-cache-", dir=temporary))


if "NUMBA_CACHE_DIR" not in os.environ:
    _beside = Path(__file__).parent / "__pycache__"
    _own = Path(os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser())
    if not _can_write(_beside) and not _can_write(_own):
        os.environ["NUMBA_CACHE_DIR"] = str(_shared_place(Path(tempfile.gettempdir())))

# numba reads the variable when it is first imported, which is here
from nutfusion.reads.kernels import keeping, loading, stamp  # noqa: E402

stamp.stamp_together()
keeping.keep_with_checksums()
loading.load_quickly()
