"""A small server for the review page: on this machine only, for one person.

* It listens on the loopback address and on no other.
* The address that it prints holds a token that opens one session and then no more.
* Every address begins with a word that nobody can guess, and the cookie is for those alone: a
  browser sends cookies of 127.0.0.1 to every port of it (RFC 6265, 8.5), so to other local pages.
* A form has to come from a page of this session: cookie, ``Origin`` and a token in the form.
* ``Host`` has to be the address itself, so that no name that leads here (DNS rebinding) is served.
* A body has a stated length of at most 256 KiB; nothing is stored but reviews.
"""

from __future__ import annotations

import hmac
import secrets
import sys
import threading
from http import HTTPStatus
from http.cookies import CookieError, SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qs, urlsplit

from nutfusion.errors import NutfusionError, ReviewError
from nutfusion.review.forms import read_form

if TYPE_CHECKING:
    from nutfusion.review.desk import Answer, Desk

HOST: Final = "127.0.0.1"

LARGEST_BODY: Final = 256 * 1024
"""Bytes of a form (chosen by us, ADR 0017): eight texts of 2,000 characters per fusion fit."""

_COOKIE: Final = "nutfusion_review"

_FORM: Final = "application/x-www-form-urlencoded"


class DeskServer(ThreadingHTTPServer):
    """Serves one desk to one browser.

    Args:
        desk: The pages.
        port: 0 takes a free one.
    """

    daemon_threads = True

    def __init__(self, desk: Desk, port: int = 0) -> None:
        self.desk = desk
        self.turn = threading.Lock()
        self.prefix = secrets.token_urlsafe(24)
        desk.base = f"/{self.prefix}"
        self._entrance: str | None = secrets.token_urlsafe(32)
        self._session = secrets.token_urlsafe(32)
        self.form_token = secrets.token_urlsafe(32)
        super().__init__((HOST, port), DeskHandler)

    @property
    def origin(self) -> str:
        """Scheme, host and port."""
        return f"http://{HOST}:{self.server_address[1]}"

    @property
    def entrance(self) -> str:
        """The address that opens the session, once."""
        return f"{self.origin}/{self.prefix}/open?token={self._entrance}"

    def enter(self, token: str) -> str | None:
        """The session, for the right token; afterwards the token is worth nothing."""
        with self.turn:
            if self._entrance is None or not _same(token, self._entrance):
                return None
            self._entrance = None
            return self._session

    def knows(self, session: str) -> bool:
        """Whether a cookie is this session's, and the session was opened."""
        return self._entrance is None and _same(session, self._session)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A broken connection is no event; anything else is a bug and keeps its traceback."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)


class DeskHandler(BaseHTTPRequestHandler):
    """One connection."""

    server: DeskServer
    server_version = "nutfusion"
    sys_version = ""
    timeout = 20

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Say nothing: an address may hold a token."""

    def do_GET(self) -> None:
        """A page, or the entrance."""
        if not self._is_for_us():
            return
        path = self._below()
        if path == "/open":
            self._open(parse_qs(urlsplit(self.path).query).get("token", [""])[0])
        elif path is not None and self._is_inside():
            self._safely(lambda: self.server.desk.look(path, self.server.form_token))

    def do_POST(self) -> None:
        """A form."""
        path = self._below() if self._is_for_us() else None
        if path is None or not self._is_inside():
            return
        if self.headers.get("Origin") != self.server.origin:
            self._refuse(HTTPStatus.FORBIDDEN)
            return
        body = self._body()
        if body is None:
            return
        try:
            form = read_form(body)
        except ReviewError:
            self._refuse(HTTPStatus.BAD_REQUEST)
            return
        if not _same(form.get("token"), self.server.form_token):
            self._refuse(HTTPStatus.FORBIDDEN)
            return
        with self.server.turn:
            self._safely(lambda: self.server.desk.sign(path, form, self.server.form_token))

    def _open(self, token: str) -> None:
        """Give the session to whoever has the token, once."""
        session = self.server.enter(token)
        if session is None:
            self._refuse(HTTPStatus.FORBIDDEN)
            return
        self.send_response(HTTPStatus.SEE_OTHER)
        self.send_header("Location", f"/{self.server.prefix}/fr/")
        cookie = f"{_COOKIE}={session}; HttpOnly; SameSite=Strict; Path=/{self.server.prefix}/"
        self.send_header("Set-Cookie", cookie)
        self._finish("", "default-src 'none'")

    def _is_for_us(self) -> bool:
        """Whether the browser asked for this very address."""
        if self.headers.get_all("Host") == [self.server.origin.removeprefix("http://")]:
            return True
        self._refuse(HTTPStatus.MISDIRECTED_REQUEST)
        return False

    def _below(self) -> str | None:
        """The path below the word that every address begins with; ``None`` after a refusal."""
        word, slash, rest = urlsplit(self.path).path.removeprefix("/").partition("/")
        if slash and _same(word, self.server.prefix):
            return f"/{rest}"
        self._refuse(HTTPStatus.NOT_FOUND)
        return None

    def _is_inside(self) -> bool:
        """Whether the request belongs to the session."""
        try:
            cookie = SimpleCookie(self.headers.get("Cookie", "")).get(_COOKIE)
        except CookieError:
            cookie = None
        if cookie is not None and self.server.knows(cookie.value):
            return True
        self._refuse(HTTPStatus.FORBIDDEN)
        return False

    def _body(self) -> bytes | None:
        """The whole body; ``None`` after a refusal."""
        length = self.headers.get("Content-Length", "")
        kind = self.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        if "Transfer-Encoding" in self.headers or not (length.isascii() and length.isdigit()):
            self._refuse(HTTPStatus.LENGTH_REQUIRED)
        elif kind != _FORM:
            self._refuse(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
        elif len(length) > len(str(LARGEST_BODY)) or int(length) > LARGEST_BODY:
            self._refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        else:
            body = self.rfile.read(int(length))
            if len(body) == int(length):
                return body
        return None

    def _safely(self, make: Any) -> None:
        """Send what the desk answers; what cannot be read is told without its path."""
        try:
            self._send(make())
        except (OSError, NutfusionError):
            self._refuse(HTTPStatus.INTERNAL_SERVER_ERROR)

    def _refuse(self, status: HTTPStatus) -> None:
        self.close_connection = True
        self._send(self.server.desk.refuse(status.value))

    def _send(self, answer: Answer) -> None:
        self.send_response(answer.status)
        if answer.location is not None:
            self.send_header("Location", answer.location)
        self._finish(answer.body, answer.policy)

    def _finish(self, body: str, policy: str) -> None:
        """Headers that every answer has, and the body."""
        data = body.encode("utf-8")
        for name, value in (
            ("Content-Type", "text/html; charset=utf-8"),
            ("Content-Length", str(len(data))),
            ("Content-Security-Policy", policy),
            ("X-Content-Type-Options", "nosniff"),
            ("X-Frame-Options", "DENY"),
            # NB: with no-referrer a browser sends "Origin: null" with a form
            ("Referrer-Policy", "same-origin"),
            ("Cross-Origin-Opener-Policy", "same-origin"),
            ("Cross-Origin-Resource-Policy", "same-origin"),
            ("Cache-Control", "no-store"),
        ):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)


def _same(given: str, wanted: str) -> bool:
    """Compare in a time that tells nothing."""
    return hmac.compare_digest(given.encode(), wanted.encode())
