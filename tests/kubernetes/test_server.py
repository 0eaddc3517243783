"""What stands in for a Kubernetes refuses what one would refuse."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from tests.kubernetes.cluster import running

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CORE = "/api/v1/namespaces/default"
JOBS = "/apis/batch/v1/namespaces/default/jobs"


def job(name: str) -> dict[str, Any]:
    """A job that is admitted."""
    container = {
        "name": "snakemake", "image": "i", "command": ["/bin/sh"], "args": ["-c", 'echo "$K"; ls'],
        "workingDir": "/workdir",
        "env": [{"name": "K", "valueFrom": {"secretKeyRef": {"name": "s", "key": "k"}}}],
        "resources": {"requests": {"cpu": "950m", "memory": "800M"}},
        "volumeMounts": [{"name": "w", "mountPath": "/workdir"}],
    }  # fmt: skip
    spec = {
        "containers": [container],
        "restartPolicy": "Never",
        "volumes": [{"name": "w", "emptyDir": {}}],
    }
    return {"metadata": {"name": name}, "spec": {"backoffLimit": 0, "template": {"spec": spec}}}


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., tuple[int, str]]]:
    """Sends a request: method, path and body; status and answer."""
    folder = tmp_path_factory.mktemp("cluster")
    (folder / "mine").mkdir()
    with running(folder, hidden=folder / "mine") as cluster:
        server = json.loads(cluster.config.read_text())["clusters"][0]["cluster"]["server"]

        def send(method: str, path: str, body: Any = None) -> tuple[int, str]:
            data = None if body is None else json.dumps(body).encode()
            try:
                with urlopen(Request(server + path, data, method=method), timeout=20) as answer:
                    return answer.status, answer.read().decode()
            except HTTPError as error:
                with error:
                    return error.code, error.read().decode()

        secret = {"metadata": {"name": "s"}, "type": "Opaque", "data": {"k": "djE="}}
        assert send("POST", f"{CORE}/secrets", secret)[0] == 201
        yield send


def test_a_pod_has_its_secret_and_an_empty_folder(ask: Callable[..., tuple[int, str]]) -> None:
    assert ask("POST", JOBS, job("a"))[0] == 201
    while "active" in json.loads(ask("GET", f"{JOBS}/a/status")[1])["status"]:
        pass
    assert json.loads(ask("GET", f"{JOBS}/a/status")[1])["status"] == {"succeeded": 1}
    assert ask("GET", f"{CORE}/pods/a-pod/log?container=snakemake") == (200, "v1\n")
    assert ask("GET", f"{CORE}/pods/a-pod/log?container=snakemake&previous=True")[0] == 400
    assert ask("DELETE", f"{JOBS}/a", {})[0] == 200
    assert ask("GET", f"{JOBS}/a/status")[0] == 404


def _pod(body: dict[str, Any]) -> dict[str, Any]:
    pod: dict[str, Any] = body["spec"]["template"]["spec"]
    return pod


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda body: body["metadata"].update(name="A_b"), "metadata.name"),
        (lambda body: body["spec"].pop("template"), "template"),
        (lambda body: _pod(body).update(restartPolicy="Always"), "restartPolicy"),
        (lambda body: _pod(body).update(volumes=[]), "no volume"),
        (lambda body: _pod(body)["containers"][0].pop("name"), "name"),
        (lambda body: _pod(body)["containers"][0].update(colour="red"), "unknown field"),
        (lambda body: _pod(body)["containers"][0].update(args="one"), "expected list"),
        (lambda body: _pod(body)["containers"][0]["env"][0].update(name="A-B"), "env.name"),
        (
            lambda body: _pod(body)["containers"][0]["env"][0]["valueFrom"]["secretKeyRef"].update(
                name="other"
            ),
            "no key 'k' in 'other'",
        ),
        (
            lambda body: _pod(body)["containers"][0]["resources"]["requests"].update(memory="8X"),
            "resources.memory",
        ),
    ],
)
def test_a_job_that_would_not_be_admitted_is_refused(
    change: Callable[[dict[str, Any]], object], says: str, ask: Callable[..., tuple[int, str]]
) -> None:
    body = copy.deepcopy(job("b"))
    change(body)
    code, answer = ask("POST", JOBS, body)
    assert code == 422
    assert says in json.loads(answer)["message"]


def test_a_secret_that_is_no_base64_is_refused(ask: Callable[..., tuple[int, str]]) -> None:
    secret = {"metadata": {"name": "t"}, "data": {"k": "no base64!"}}
    assert ask("POST", f"{CORE}/secrets", secret)[0] == 422
    assert ask("GET", f"{CORE}/nodes")[0] == 404
