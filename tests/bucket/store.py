"""The bucket as a test sees it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.conftest import lacking

if TYPE_CHECKING:
    from collections.abc import Iterator

SERVER: Final = Path(__file__).with_name("server.py")
PLUGINS: Final = Path(sys.prefix) / "bucket"
"""Snakemake's plugin for S3 and the server, apart from the other packages (scripts/plugins.sh)."""


@dataclass(frozen=True)
class Store:
    """A server of S3.

    Attributes:
        endpoint: Its address.
        access: Name of the only key that it takes.
        secret: That key.
    """

    endpoint: str
    access: str
    secret: str
    process: subprocess.Popen[str]

    def _ask(self, *words: str) -> int:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(words) + "\n")
        self.process.stdin.flush()
        return int(self.process.stdout.readline())

    def put(self, folder: Path, bucket: str) -> int:
        """Lay the files of a folder into a new bucket; how many."""
        return self._ask("put", str(folder), bucket)

    def get(self, bucket: str, folder: Path) -> int:
        """Write the objects of a bucket into a folder; how many."""
        return self._ask("get", bucket, str(folder))

    def environment(self, **changed: str) -> dict[str, str]:
        """The environment of a command that is to find it."""
        found = {name: os.environ[name] for name in os.environ if not name.startswith("AWS_")}
        return {
            **found,
            "PYTHONPATH": f"{PLUGINS}:{os.environ.get('PYTHONPATH', '')}",
            "AWS_EC2_METADATA_DISABLED": "true",
            "SNAKEMAKE_STORAGE_S3_ENDPOINT_URL": self.endpoint,
            "SNAKEMAKE_STORAGE_S3_ACCESS_KEY": self.access,
            "SNAKEMAKE_STORAGE_S3_SECRET_KEY": self.secret,
            **changed,
        }


@contextmanager
def serving() -> Iterator[Store]:
    """A server of S3; skips where what it takes is not installed."""
    if not (PLUGINS / "snakemake_storage_plugin_s3").is_dir():
        lacking("no snakemake-storage-plugin-s3 in .venv/bucket; sh scripts/plugins.sh bucket")
    process = subprocess.Popen(
        [sys.executable, str(SERVER)],
        env={**os.environ, "PYTHONPATH": str(PLUGINS)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert process.stdout is not None
        yield Store(**json.loads(process.stdout.readline()), process=process)
    finally:
        # its input ends, and so does it
        process.communicate(timeout=30)
