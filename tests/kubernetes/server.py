"""Stands in for the API server and the nodes of a Kubernetes, run as a program of its own.

    PYTHONPATH=.venv/kubernetes:. python -m tests.kubernetes.server SETTINGS.json

It knows the requests that Snakemake's executor makes: secrets, jobs, their pods and logs. A job
that the API would admit (``objects``) is run here as a process: in an empty folder, with the
variables of its image and those that the pod takes from its secret, and where the folder of the one
who sent it cannot be seen (a mount namespace, which needs root). Nothing of nodes, networks,
quotas, image registries or service accounts is shown by it.

Prints its address; ends, with all pods, when its standard input does.
"""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar, Final
from urllib.parse import parse_qs, urlsplit

from tests.kubernetes import objects

HIDE: Final = 'mount -t tmpfs none "$1" && shift && exec "$@"'
CORE: Final = "/api/v1/namespaces/([^/]+)"
BATCH: Final = "/apis/batch/v1/namespaces/([^/]+)"


@dataclass
class Pod:
    """A job's only pod."""

    job: Any
    body: dict[str, Any]
    process: subprocess.Popen[bytes]
    log: Path
    name: str = field(init=False)

    def __post_init__(self) -> None:
        self.name = f"{self.job.metadata.name}-pod"

    def status(self) -> dict[str, Any]:
        """``status`` of the pod."""
        code = self.process.poll()
        state: dict[str, Any] = (
            {"running": {}} if code is None else {"terminated": {"exitCode": code}}
        )
        phase = "Running" if code is None else "Failed" if code else "Succeeded"
        return {
            "phase": phase,
            "containerStatuses": [
                {
                    "name": "snakemake",
                    "image": self.job.spec.template.spec.containers[0].image,
                    "imageID": "none",
                    "ready": code is None,
                    "restartCount": 0,
                    "state": state,
                }
            ],
        }

    def job_status(self) -> dict[str, Any]:
        """``status`` of the job."""
        code = self.process.poll()
        if code is None:
            return {"active": 1}
        return {"failed": 1} if code else {"succeeded": 1}


class Cluster(BaseHTTPRequestHandler):
    """The requests of Snakemake's executor."""

    folder: ClassVar[Path]
    hidden: ClassVar[str]
    image: ClassVar[dict[str, str]]
    secrets: ClassVar[dict[str, dict[str, str]]] = {}
    pods: ClassVar[dict[str, Pod]] = {}
    lock: ClassVar[threading.Lock] = threading.Lock()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        """Nothing: requests are in ``requests.jsonl``."""

    def answer(self, code: int, body: dict[str, Any] | str) -> None:
        """Answer as JSON, or as the text of a log."""
        content = (body if isinstance(body, str) else json.dumps(body)).encode()
        kind = "text/plain" if isinstance(body, str) else "application/json"
        self.send_response(code)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def refuse(self, code: int, reason: str, message: str) -> None:
        """Answer with a ``Status``, as the API does."""
        self.answer(
            code,
            {
                "kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Failure",
                "message": message, "reason": reason, "code": code,
            },
        )  # fmt: skip

    def note(self, **what: object) -> None:
        """Remember a request."""
        path = urlsplit(self.path).path
        with (self.folder / "requests.jsonl").open("a", encoding="utf-8") as out:
            out.write(json.dumps({"verb": self.command, "path": path, **what}) + "\n")

    def body(self) -> Any:
        """The body of the request."""
        return json.loads(self.rfile.read(int(self.headers.get("Content-Length") or 0)) or b"{}")

    def do_POST(self) -> None:
        """A secret or a job."""
        body = self.body()
        try:
            with self.lock:
                if re.fullmatch(f"{CORE}/secrets", self.path):
                    name, values = objects.secret(body)
                    self.secrets[name] = values
                    self.note(values=sorted(values))
                elif re.fullmatch(f"{BATCH}/jobs", self.path):
                    job = objects.job(body)
                    self.pods[job.metadata.name] = self.started(job, body)
                    self.note(body=body)
                else:
                    return self.refuse(404, "NotFound", self.path)
        except objects.RefusedError as error:
            self.note(refused=str(error))
            return self.refuse(422, "Invalid", str(error))
        return self.answer(201, body)

    def started(self, job: Any, body: dict[str, Any]) -> Pod:
        """The process of a job's container."""
        (container,) = job.spec.template.spec.containers
        environment = dict(self.image)
        for entry in container.env or ():
            source = entry.value_from.secret_key_ref if entry.value_from else None
            if source is None:
                environment[entry.name] = entry.value or ""
            elif source.key in self.secrets.get(source.name, {}):
                environment[entry.name] = self.secrets[source.name][source.key]
            else:
                raise objects.RefusedError(
                    f"env {entry.name}: no key {source.key!r} in {source.name!r}"
                )
        home = self.folder / job.metadata.name
        working = home / container.working_dir.lstrip("/")
        working.mkdir(parents=True)
        log = self.folder / f"{job.metadata.name}.log"
        with log.open("wb") as out:
            process = subprocess.Popen(
                ["unshare", "--mount", "sh", "-c", HIDE, "pod", self.hidden,
                 *container.command, *container.args],
                cwd=working, env={**environment, "HOME": str(home)}, stdin=subprocess.DEVNULL,
                stdout=out, stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip
        return Pod(job, body, process, log)

    def do_GET(self) -> None:
        """The status of a job, its pods, or a pod's log."""
        address = urlsplit(self.path)
        asked = parse_qs(address.query)
        if found := re.fullmatch(f"{BATCH}/jobs/([^/]+)/status", address.path):
            pod = self.pods.get(found[2])
            if pod is None:
                return self.refuse(404, "NotFound", f'jobs.batch "{found[2]}" not found')
            return self.answer(200, {**pod.body, "status": pod.job_status()})
        if re.fullmatch(f"{CORE}/pods", address.path):
            label = asked["labelSelector"][0].removeprefix("job-name=")
            pods = [self.pods[label]] if label in self.pods else []
            items = [
                {
                    "metadata": {"name": pod.name},
                    "spec": pod.body["spec"]["template"]["spec"],
                    "status": pod.status(),
                }
                for pod in pods
            ]
            return self.answer(
                200, {"kind": "PodList", "apiVersion": "v1", "metadata": {}, "items": items}
            )
        if found := re.fullmatch(f"{CORE}/pods/([^/]+)/log", address.path):
            self.note(asked=asked)
            (container,) = asked["container"]
            if asked.get("previous") == ["True"]:
                # what a kubelet says of a container that was started once
                return self.refuse(
                    400,
                    "BadRequest",
                    f'previous terminated container "{container}" in pod "{found[2]}" not found',
                )
            pod = self.pods[found[2].removesuffix("-pod")]
            return self.answer(200, pod.log.read_text("utf-8", errors="replace"))
        return self.refuse(404, "NotFound", self.path)

    def do_DELETE(self) -> None:
        """A secret, a job or its pod."""
        self.body()
        path = urlsplit(self.path).path
        self.note()
        found = re.fullmatch(f"(?:{CORE}|{BATCH})/(secrets|jobs|pods)/([^/]+)", path)
        if found is None:
            return self.refuse(404, "NotFound", path)
        kind, name = found[3], found[4]
        with self.lock:
            if kind == "secrets":
                gone: object = self.secrets.pop(name, None)
            else:
                gone = self.pods.get(name.removesuffix("-pod"))
                if isinstance(gone, Pod):
                    ended(gone.process)
                if kind == "jobs":
                    self.pods.pop(name, None)
        if gone is None:
            return self.refuse(404, "NotFound", f'{kind} "{name}" not found')
        return self.answer(200, {"kind": "Status", "apiVersion": "v1", "status": "Success"})


def ended(process: subprocess.Popen[bytes]) -> None:
    """End a pod with all that it started."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def main() -> None:
    """Serve until the standard input ends."""
    settings = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    Cluster.folder = Path(settings["folder"])
    Cluster.hidden = settings["hidden"]
    Cluster.image = settings["image"]
    server = ThreadingHTTPServer(("127.0.0.1", 0), Cluster)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    sys.stdout.write(f"http://127.0.0.1:{server.server_port}\n")
    sys.stdout.flush()
    sys.stdin.read()
    server.shutdown()
    for pod in Cluster.pods.values():
        ended(pod.process)


if __name__ == "__main__":
    main()
