"""Starting what stands in for a Kubernetes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tests.bucket.store import PLUGINS as BUCKET
from tests.conftest import lacking
from tests.workflow.running import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

PLUGIN: Final = Path(sys.prefix) / "kubernetes"
"""Snakemake's executor and the client of Kubernetes (scripts/plugins.sh)."""


@dataclass(frozen=True)
class Cluster:
    """A stand-in for a Kubernetes.

    Attributes:
        folder: Where each pod has a folder and a log.
        config: The file that tells its clients where it is.
    """

    folder: Path
    config: Path

    def requests(self) -> list[dict[str, Any]]:
        """What was asked of it, in order; status queries are not kept."""
        lines = (self.folder / "requests.jsonl").read_text("utf-8").splitlines()
        return [json.loads(line) for line in lines]

    def pods(self) -> list[dict[str, Any]]:
        """The specification of every pod, in order."""
        return [
            request["body"]["spec"]["template"]["spec"]
            for request in self.requests()
            if "body" in request
        ]

    def log(self) -> str:
        """What all pods said."""
        return "\n".join(path.read_text("utf-8") for path in sorted(self.folder.glob("*.log")))

    def environment(self, found: dict[str, str]) -> dict[str, str]:
        """The environment of a command that is to find it."""
        path = f"{PLUGIN}:{found['PYTHONPATH']}"
        return {**found, "PYTHONPATH": path, "KUBECONFIG": str(self.config)}


def _wheel(folder: Path) -> Path:
    """A folder with the wheel of the storage plugin: each pod installs it before it starts."""
    (info,) = BUCKET.glob("snakemake_storage_plugin_s3-*.dist-info")
    folder.mkdir()
    with zipfile.ZipFile(
        folder / f"{info.name.removesuffix('.dist-info')}-py3-none-any.whl", "w"
    ) as out:
        for line in (info / "RECORD").read_text("utf-8").splitlines():
            name = line.split(",")[0]
            if "__pycache__" not in name and not name.startswith(".."):
                out.write(BUCKET / name, name)
    return folder


@contextmanager
def running(folder: Path, hidden: Path) -> Iterator[Cluster]:
    """A stand-in whose pods do not see ``hidden``; skips where something is missing."""
    if not (PLUGIN / "snakemake_executor_plugin_kubernetes").is_dir():
        lacking("no snakemake-executor-plugin-kubernetes; sh scripts/plugins.sh kubernetes")
    if subprocess.run(["unshare", "--mount", "true"], capture_output=True, check=False).returncode:
        lacking("no mount namespaces: not root, or not allowed")
    (folder / "pods").mkdir(parents=True)
    # as packaging/Containerfile.kubernetes sets them
    image = {
        "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin",
        "PYTHONPATH": f"{BUCKET}:{ROOT / 'src'}",
        "PIP_NO_INDEX": "1",
        "PIP_NO_DEPS": "1",
        "PIP_FIND_LINKS": str(_wheel(folder / "wheels")),
    }
    settings = {"folder": str(folder / "pods"), "hidden": str(hidden), "image": image}
    (folder / "settings.json").write_text(json.dumps(settings), "utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.kubernetes.server", str(folder / "settings.json")],
        env={**os.environ, "PYTHONPATH": f"{PLUGIN}:{ROOT}"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        context = {"cluster": "it", "user": "me"}
        config = {
            "apiVersion": "v1",
            "kind": "Config",
            "current-context": "it",
            "clusters": [{"name": "it", "cluster": {"server": process.stdout.readline().strip()}}],
            "users": [{"name": "me", "user": {}}],
            "contexts": [{"name": "it", "context": context}],
        }
        (folder / "kubeconfig").write_text(json.dumps(config), "utf-8")
        yield Cluster(folder / "pods", folder / "kubeconfig")
    finally:
        # its input ends, and so do it and its pods
        process.communicate(timeout=60)
