"""The review page answers one browser on this machine, and nobody else."""

from __future__ import annotations

import http.client
import re
import shutil
import threading
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

import pytest
from tests.dossier import builders as dossier_builders
from tests.review.builders import dossier_folder, key, signed, trusted

from nutfusion.review.desk import Desk
from nutfusion.review.keys import public_text
from nutfusion.review.model import Reviewer
from nutfusion.review.server import LARGEST_BODY, DeskServer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

FORM = "application/x-www-form-urlencoded"


class Client:
    """A browser that does what it is told."""

    def __init__(self, server: DeskServer) -> None:
        self.server = server
        self.cookie: str | None = None
        self.base = f"/{server.prefix}"

    def ask(
        self, path: str, body: bytes | None = None, method: str | None = None, **changes: str | None
    ) -> tuple[int, dict[str, str], str]:
        headers: dict[str, str | None] = {
            "Host": urlsplit(self.server.origin).netloc,
            "Cookie": self.cookie,
        }
        if body is not None:
            headers |= {"Origin": self.server.origin, "Content-Type": FORM}
            headers |= {"Content-Length": str(len(body))}
        headers |= {name.replace("_", "-"): value for name, value in changes.items()}
        connection = http.client.HTTPConnection("127.0.0.1", self.server.server_address[1], 10)
        try:
            connection.putrequest(
                method or ("GET" if body is None else "POST"),
                f"{self.base}{path}",
                skip_host=True,
                skip_accept_encoding=True,
            )
            for name, value in headers.items():
                if value is not None:
                    connection.putheader(name, value)
            connection.endheaders(body)
            answer = connection.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read().decode()
        finally:
            connection.close()

    def enter(self) -> None:
        status, headers, _ = self.ask(entrance(self.server))
        assert (status, headers["Location"]) == (303, f"{self.base}/fr/")
        self.cookie = headers["Set-Cookie"].partition(";")[0]

    def form(self, path: str = "/fr/d/0/") -> dict[str, str]:
        """The hidden fields of a form, and acceptance."""
        text = self.ask(path)[2]
        hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', text))
        return {**hidden, "v-0": "accepted", "date": "2026-11-24", "step": "sign"}


def entrance(server: DeskServer) -> str:
    """The address that opens the session, below the base."""
    address = urlsplit(server.entrance)
    return f"{address.path.removeprefix(f'/{server.prefix}')}?{address.query}"


def serving(folders: list[Path]) -> Iterator[DeskServer]:
    who = Reviewer(id="10001234567", centre="CHU-A", public_key=public_text(key().public_key()))
    panel = dossier_builders.panel()
    desk = Desk(folders, key(), who, trusted(), panel, lambda: "2026-11-24")
    with DeskServer(desk) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return dossier_folder(tmp_path / "S")


@pytest.fixture
def server(folder: Path) -> Iterator[DeskServer]:
    yield from serving([folder])


@pytest.fixture
def client(server: DeskServer) -> Client:
    made = Client(server)
    made.enter()
    return made


def encoded(form: Mapping[str, str]) -> bytes:
    return urlencode(form).encode()


def written(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if "review" in path.name)


def test_it_listens_on_the_loopback_address_only(server: DeskServer) -> None:
    assert server.server_address[0] == "127.0.0.1"


def test_a_form_is_looked_at_again_and_then_signed(client: Client, folder: Path) -> None:
    form = client.form()
    status, _, text = client.ask("/fr/d/0/sign", encoded({**form, "step": "look"}))
    assert status == 200
    assert "Rien n&#39;est encore signé" in text
    assert written(folder) == []
    status, headers, _ = client.ask("/fr/d/0/sign", encoded(form))
    assert (status, headers["Location"]) == (303, f"{client.base}/fr/d/0/")
    assert written(folder) == ["dossier.review-1.json", "dossier.review-1.json.sig"]
    assert "Signé ; rien" in client.ask("/fr/d/0/")[2].replace("\u202f", " ")


def test_what_was_signed_is_said_before_another_review_and_in_the_list(client: Client) -> None:
    assert "Relire de nouveau" not in client.ask("/fr/d/0/")[2]
    # the biologist overrules a confirmed fusion: the automatic result never stands alone again
    changes = {"v-0": "corrected", "c-0-state": "indeterminate", "w-0-state": "RT-PCR négative"}
    assert client.ask("/fr/d/0/sign", encoded({**client.form(), **changes}))[0] == 303
    form = client.ask("/fr/d/0/")[2]
    assert "La relecture 1, signée le" in form.replace("\u202f", " ")
    assert "RT-PCR négative" in form
    assert form.index("RT-PCR négative") < form.index("Relire de nouveau") < form.index("<form")
    listed = client.ask("/fr/")[2]
    assert "Fusion de NUTM1 avec un gène BET, confirmée" in listed
    assert "Résultat indéterminé" in listed


def test_the_same_form_sent_twice_signs_once(client: Client, folder: Path) -> None:
    form = encoded(client.form())
    assert client.ask("/fr/d/0/sign", form)[0] == 303
    status, _, text = client.ask("/fr/d/0/sign", form)
    assert status == 422
    assert "a changé depuis" in text
    assert len(written(folder)) == 2


def test_the_entrance_opens_once(server: DeskServer) -> None:
    once = entrance(server)
    wrong = Client(server).ask("/open?token=x")
    assert (wrong[0], "Set-Cookie" in wrong[1]) == (403, False)
    first = Client(server)
    first.enter()
    status, headers, _ = Client(server).ask(once)
    assert (status, "Set-Cookie" in headers) == (403, False)
    assert Client(server).ask("/open?token=None")[0] == 403
    assert first.ask("/fr/")[0] == 200


def test_the_cookie_is_of_no_use_to_scripts_and_other_pages(server: DeskServer) -> None:
    headers = Client(server).ask(entrance(server))[1]
    assert headers["Set-Cookie"].endswith(f"; HttpOnly; SameSite=Strict; Path=/{server.prefix}/")


def test_another_local_page_neither_gets_the_cookie_nor_knows_the_way(client: Client) -> None:
    """A browser sends a cookie of 127.0.0.1 to each of its ports, where the path fits."""
    short = client.server.prefix[:-1]
    client.base = ""
    for path in ("/", "/fr/", "/fr/d/0/", "/open?token=x", f"/{short}/fr/", "//fr/", "/%C3%A9/fr/"):
        status, _, text = client.ask(path)
        assert (status, "EX-POS-01" in text) == (404, False)


def test_a_folder_that_is_gone_hides_no_other(tmp_path: Path) -> None:
    gone, there = dossier_folder(tmp_path / "A"), dossier_folder(tmp_path / "B", "negative")
    for server in serving([gone, there]):
        client = Client(server)
        client.enter()
        form = client.form()
        shutil.rmtree(gone)
        status, _, text = client.ask("/fr/")
        assert (status, "EX-NEG-04" in text, "EX-POS-01" in text) == (200, True, False)
        # nobody knows whether it was signed
        assert "Modifié" not in text
        assert client.ask("/fr/d/0/")[0] == 200
        assert client.ask("/fr/d/0/page")[0] == 404
        assert client.ask("/fr/d/0/sign", encoded(form))[0] == 422
        assert client.ask("/fr/d/1/")[0] == 200


@pytest.mark.parametrize("cookie", [None, "", "nutfusion_review=x", "nutfusion_review", "é=;;"])
def test_without_the_session_nothing_is_shown(cookie: str | None, client: Client) -> None:
    client.cookie = cookie.encode().decode("latin-1") if cookie else cookie
    for path in ("/", "/fr/", "/fr/d/0/", "/fr/d/0/page", "/nowhere"):
        status, _, text = client.ask(path)
        assert (status, "EX-POS-01" in text) == (403, False)


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"Origin": None}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "http://localhost:80"}, 403),
        ({"Host": "evil.example"}, 421),
        ({"Host": "127.0.0.1"}, 421),
        ({"Host": None}, 421),
        ({"Content_Type": "text/plain"}, 415),
        ({"Content_Type": "multipart/form-data"}, 415),
        ({"Content_Length": None}, 411),
        ({"Content_Length": "-1"}, 411),
        ({"Content_Length": "9" * 40}, 413),
        ({"Content_Length": str(LARGEST_BODY + 1)}, 413),
        ({"Transfer_Encoding": "chunked"}, 411),
        ({"Cookie": None}, 403),
    ],
)
def test_a_form_that_is_not_from_this_page_signs_nothing(
    changes: dict[str, Any], status: int, client: Client, folder: Path
) -> None:
    assert client.ask("/fr/d/0/sign", encoded(client.form()), **changes)[0] == status
    assert written(folder) == []


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"token": ""}, 403),
        ({"token": "x"}, 403),
        ({"seen": "0" * 64}, 422),
        ({"number": "2"}, 422),
        ({"v-0": ""}, 422),
        ({"v-0": "rejected"}, 422),
        ({"v-0": "rejected", "r-0": "artefact"}, 422),
        ({"v-0": "corrected"}, 422),
        ({"c-0-state": "indeterminate", "w-0-state": "x"}, 422),
        ({"v-0": "corrected", "w-0-state": "reason without a value"}, 422),
        ({"v-0": "corrected", "c-0-state": "indeterminate"}, 422),
        ({"state": "not_detected"}, 422),
        ({"comment": "Mme Durand"}, 422),
        ({"date": "hier"}, 422),
    ],
)
def test_a_form_that_says_something_else_signs_nothing(
    changes: dict[str, str], status: int, client: Client, folder: Path
) -> None:
    answer = client.ask("/fr/d/0/sign", encoded({**client.form(), **changes}))
    assert answer[0] == status
    assert written(folder) == []
    if status == 422:
        assert "Rien n&#39;a été signé" in answer[2]
        assert re.search(r"Rien n&#39;a été signé\. \w+", answer[2]), "said in French"


@pytest.mark.parametrize("body", [b"\xff\xfe", b"a=%ff", b"token", b"v-0=a&v-0=b", b"a=1&" * 3000])
def test_a_body_that_is_no_form_is_refused(body: bytes, client: Client) -> None:
    assert client.ask("/fr/d/0/sign", body)[0] == 400


@pytest.mark.parametrize(
    "path",
    [
        "/../../etc/passwd",
        "/fr/d/1/",
        "/fr/d/99999999999/",
        "/fr/d/-1/",
        "/fr/d/%D9%A0/",
        "/fr/d/0/sign",
        "/de/",
        "//evil.example/",
        "/fr/d/0/page/../../..",
        "/favicon.ico",
    ],
)
def test_other_addresses_lead_nowhere(path: str, client: Client) -> None:
    assert client.ask(path)[0] == 404


def test_other_methods_are_not_understood(client: Client) -> None:
    for method in ("PUT", "DELETE", "OPTIONS", "HEAD", "TRACE"):
        assert client.ask("/fr/", method=method)[0] == 501


def test_every_answer_forbids_what_it_does_not_need(client: Client, server: DeskServer) -> None:
    for path in ("/fr/", "/fr/d/0/", "/fr/d/0/page", "/nowhere"):
        _, headers, text = client.ask(path)
        policy = headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'")
        assert "frame-ancestors 'none'" in policy
        assert headers["Cache-Control"] == "no-store"
        assert headers["X-Content-Type-Options"] == "nosniff"
        outside = re.findall(r'(?:src|href|action)="((?!data:|/|#)[^"]*)"', text)
        assert outside == []
    assert "'unsafe-inline'" not in client.ask("/fr/d/0/")[1]["Content-Security-Policy"]


def test_an_error_names_the_fusion_and_not_the_program_s_words(client: Client) -> None:
    text = client.ask("/fr/d/0/sign", encoded({**client.form(), "v-0": "corrected"}))[2]
    assert "aucune correction n&#39;est remplie" in text
    assert "<code>BRD4::NUTM1 (nf1." in text
    assert "expected" not in text


def test_what_is_typed_comes_back_as_text(client: Client) -> None:
    form = {**client.form(), "comment": "<script>alert(1)</script>", "v-0": "rejected"}
    status, _, text = client.ask("/fr/d/0/sign", encoded(form))
    assert status == 422
    assert "<script>" not in text
    assert "&lt;script&gt;alert(1)" in text


def test_a_touched_dossier_has_no_form(client: Client, folder: Path) -> None:
    signed(folder)
    before = client.form()
    path = folder / "dossier.json"
    path.write_text(path.read_text("utf-8").replace("carcinome NUT", "autre"), "utf-8")
    text = client.ask("/fr/d/0/")[2]
    assert "<form" not in text
    assert "ne peut pas être signé" in text
    assert client.ask("/fr/d/0/sign", encoded(before))[0] == 422
    assert len(written(folder)) == 2


def test_neither_token_nor_key_is_printed(
    client: Client, server: DeskServer, capfd: pytest.CaptureFixture[str]
) -> None:
    client.ask("/fr/d/0/sign", encoded(client.form()))
    said = capfd.readouterr()
    assert (said.out, said.err) == ("", "")
