"""A sequence service on this machine that can be told to misbehave."""

from __future__ import annotations

import json
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

import pytest
from tests.reference.builders import STARTER, locus_of, mane, sequence_of

if TYPE_CHECKING:
    from collections.abc import Iterator

LOCUS = locus_of(mane("NUTM1"))


@dataclass
class Service:
    """What the server serves, what it was asked, and how it misbehaves.

    ``faults`` maps an accession to the answers of its first requests: a status, a header value
    for 429, ``truncate``, ``slow`` or ``garbage``. ``absent`` gets a 400, as Ensembl gives it.
    """

    url: str = ""
    versions: dict[str, int] = field(default_factory=dict)
    changed: dict[str, str] = field(default_factory=dict)
    absent: set[str] = field(default_factory=set)
    faults: dict[str, list[Any]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def answer(self, path: str) -> dict[str, object] | None:
        kind, _, name = path.removeprefix("/sequence/").partition("/")
        if kind == "region":
            place = name.removeprefix("human/15:").removesuffix(":1")
            start, end = (int(part) for part in place.split(".."))
            bases = LOCUS.bases[start - LOCUS.start : end - LOCUS.start + 1]
            return {"id": place, "seq": self.changed.get("locus", bases)}
        base, _, version = name.partition(".")
        transcript = STARTER.transcripts.get(name)
        if transcript is None or name in self.absent:
            return None
        return {
            "id": base,
            "version": self.versions.get(name, int(version)),
            "seq": self.changed.get(name, sequence_of(transcript)),
            "molecule": "dna",
        }


def _handler(service: Service) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = unquote(urlsplit(self.path).path)
            name = path.rpartition("/")[2]
            service.asked.append(name)
            fault = service.faults.get(name, [None]).pop(0) if service.faults.get(name) else None
            answer = service.answer(path)
            body = json.dumps(answer or {"error": f"ID '{name}' not found"}).encode()
            status = 200 if answer else 400
            headers = {}
            match fault:
                case int():
                    status, body = fault, b"busy"
                case {"Retry-After": value}:
                    status, body, headers = 429, b"slow down", {"Retry-After": value}
                case "garbage":
                    body = b"<html>maintenance</html>"
                case "slow":
                    time.sleep(1.0)
                case _:
                    pass
            self.send_response(status)
            for key, value in headers.items():
                self.send_header(key, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body[: len(body) // 2] if fault == "truncate" else body)

        def log_message(self, *_: object) -> None:
            """Stay silent."""

        def handle(self) -> None:
            try:
                super().handle()
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

    return Handler


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    """A running service; proxies of the machine are not used."""
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    made = Service()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(made))
    server.daemon_threads = True
    made.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield made
    server.shutdown()
    thread.join()
    server.server_close()
