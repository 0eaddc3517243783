"""Sequences by accession from the Ensembl REST service, patiently.

Requests are GET with JSON answers. A busy or broken answer (429, 5xx, time-out, a body that ends
early) is asked for again after a growing pause, or after the pause that ``Retry-After`` names; a
service that cannot be reached at all is given up soon, so that an offline set-up does not wait.

Source: Ensembl REST API documentation, GET sequence/id/:id, GET sequence/region/:species/:region;
Ensembl/ensembl-rest wiki, "HTTP Response Codes" and "HTTP Headers" (Retry-After has a fraction).
"""

from __future__ import annotations

import email.utils
import http.client
import json
import time
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from nutfusion import __version__
from nutfusion.errors import InputError
from nutfusion.reference.sequence import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from email.message import Message

DEFAULT_BASE_URL: Final = "https://rest.ensembl.org"

_ABSENT: Final = frozenset({400, 404})
"""Ensembl answers 400 for an identifier it does not know."""

_LARGEST_BODY: Final = 1 << 24
"""Bytes; the longest panel transcript is under 20,000 bases."""

_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})


class ServiceError(InputError):
    """The sequence service cannot be reached, or keeps answering wrongly."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A sequence as the service gave it.

    Attributes:
        name: accession.version as served, or the region asked for.
        sequence: Upper-case A C G T N.
        url: Where it came from.
    """

    name: str
    sequence: str
    url: str


class SequenceService(Protocol):
    """Where sequences come from; the only part of ``reference fetch`` that uses the network."""

    def transcript(self, accession: str) -> Fetched | None:
        """Return the spliced transcript, in whatever version is served; ``None`` if unknown."""
        ...

    def region(self, contig: str, start: int, end: int) -> Fetched | None:
        """Return GRCh38 bases, forward strand, 1-based inclusive; ``None`` if unknown."""
        ...


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to try.

    Attributes:
        timeout: Seconds without an answer, or without more of it.
        attempts: Tries of a request that the service answers badly.
        connection_attempts: Tries when there is no connection at all.
        pause: Seconds before the second try; doubled each time (chosen by us).
        longest_pause: Seconds; a longer ``Retry-After`` ends the attempt (chosen by us).
        sleep: Waits; tests put their own.
    """

    timeout: float = 30.0
    attempts: int = 6
    connection_attempts: int = 2
    pause: float = 1.0
    longest_pause: float = 60.0
    sleep: Callable[[float], None] = time.sleep


class _RetryError(Exception):
    """One try failed in a way that another may not."""

    def __init__(self, why: str, *, after: float | None = None, connected: bool = True) -> None:
        self.why = why
        self.after = after
        self.connected = connected
        super().__init__(why)


class EnsemblRest:
    """The Ensembl REST service.

    Args:
        base_url: HTTPS; plain HTTP is for this machine only.
        patience: How long to try.

    Raises:
        InputError: Another kind of URL.
    """

    def __init__(self, base_url: str = DEFAULT_BASE_URL, patience: Patience | None = None) -> None:
        parts = urllib.parse.urlsplit(base_url)
        local = parts.scheme == "http" and parts.hostname in _LOOPBACK
        if not parts.hostname or not (parts.scheme == "https" or local):
            raise InputError(f"expected an https:// address of a service, found {base_url!r}")
        self._base_url = base_url.rstrip("/")
        self._patience = patience or Patience()

    def transcript(self, accession: str) -> Fetched | None:
        """Return the spliced transcript (``type=cdna``) in the version served.

        Args:
            accession: With a version; the service may serve another one.

        Raises:
            ServiceError: See the module's docstring.
        """
        url = f"{self._base_url}/sequence/id/{urllib.parse.quote(accession)}?type=cdna"
        answer = self._ask(url)
        if answer is None:
            return None
        name, version = str(answer.get("id")), answer.get("version")
        base = accession.partition(".")[0]
        if name.partition(".")[0] != base:
            raise ServiceError(f"{url}: expected {base}, found {name}")
        if "." not in name:
            name = f"{name}.{version}"
        return Fetched(name=name, sequence=clean(str(answer["seq"])), url=url)

    def region(self, contig: str, start: int, end: int) -> Fetched | None:
        """Return GRCh38 bases of the forward strand.

        Args:
            contig: ``chr`` spelling.
            start: First residue, 1-based.
            end: Last residue.

        Raises:
            ServiceError: See the module's docstring; or another number of bases came.
        """
        place = f"{contig.removeprefix('chr')}:{start}..{end}:1"
        url = f"{self._base_url}/sequence/region/human/{place}?coord_system_version=GRCh38"
        answer = self._ask(url)
        if answer is None:
            return None
        sequence = clean(str(answer["seq"]))
        if len(sequence) != end - start + 1:
            raise ServiceError(f"{url}: expected {end - start + 1} bases, found {len(sequence)}")
        return Fetched(name=f"{contig}:{start}-{end}", sequence=sequence, url=url)

    def _ask(self, url: str) -> Mapping[str, object] | None:
        patience = self._patience
        pause = patience.pause
        tries = 0
        while True:
            tries += 1
            try:
                return self._try(url)
            except _RetryError as problem:
                limit = patience.attempts if problem.connected else patience.connection_attempts
                wait = pause if problem.after is None else problem.after
                if tries >= limit or wait > patience.longest_pause:
                    raise ServiceError(
                        f"{url}: {problem.why}, given up after {tries} "
                        f"{'try' if tries == 1 else 'tries'}; try later, or build from files with "
                        '"nutfusion reference build"'
                    ) from problem
                patience.sleep(wait)
                pause = min(2 * pause, patience.longest_pause)

    def _try(self, url: str) -> Mapping[str, object] | None:
        request = urllib.request.Request(  # noqa: S310 - __init__ has checked the scheme
            url,
            headers={
                "Accept": "application/json",
                "Content-Type": "application/json",
                "User-Agent": f"nutfusion/{__version__}",
            },
        )
        try:
            with urllib.request.urlopen(  # noqa: S310 - __init__ has checked the scheme
                request, timeout=self._patience.timeout
            ) as response:
                body = response.read(_LARGEST_BODY)
                expected = response.headers.get("Content-Length")
        except urllib.error.HTTPError as error:
            error.close()
            if error.code in _ABSENT:
                return None
            if error.code == http.HTTPStatus.TOO_MANY_REQUESTS or error.code >= 500:
                raise _RetryError(
                    f"the service answered {error.code}", after=_retry_after(error.headers)
                ) from error
            raise ServiceError(f"{url}: the service answered {error.code}") from error
        except urllib.error.URLError as error:
            raise _RetryError(f"no connection ({error.reason})", connected=False) from error
        except (TimeoutError, http.client.HTTPException, OSError) as error:
            why = str(error) or type(error).__name__
            raise _RetryError(f"the connection broke ({why})") from error
        if expected is not None and len(body) < int(expected):
            raise _RetryError(f"expected {expected} bytes, found {len(body)}")
        return _answer(body)


def _answer(body: bytes) -> Mapping[str, object]:
    try:
        answer = json.loads(body)
    except ValueError as error:
        raise _RetryError(f"expected JSON, found {len(body)} bytes of something else") from error
    if not isinstance(answer, dict) or not isinstance(answer.get("seq"), str):
        raise _RetryError("expected a JSON object with seq")
    return answer


def _retry_after(headers: Message) -> float | None:
    """Seconds that a ``Retry-After`` header asks for: a number, or the time until a date."""
    value = headers.get("Retry-After")
    if value is None:
        return None
    try:
        return max(0.0, float(value))
    except ValueError:
        pass
    try:
        return max(0.0, email.utils.parsedate_to_datetime(value).timestamp() - time.time())
    except ValueError:
        return None
