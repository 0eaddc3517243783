"""Find out within seconds whether a sequence service is there at all."""

from __future__ import annotations

import threading
from typing import Final

from nutfusion.errors import NutfusionError
from nutfusion.model.panel import NUTM1
from nutfusion.reference.ensembl import EnsemblRest, Patience, ServiceError
from nutfusion.reference.load import load_panel

LONGEST: Final = 12.0
"""Seconds in all (chosen by us: a set-up without network should not wait longer)."""


def greet(base_url: str, longest: float = LONGEST) -> None:
    """Ask a service for NUTM1, with little patience.

    Args:
        base_url: See ``EnsemblRest``.
        longest: Seconds in all, the look-up of the name included.

    Raises:
        ServiceError: There is no service, or what answers is none: no network, a login page.
        InputError: Not an address of a service.
    """
    service = EnsemblRest(base_url, Patience(timeout=5.0, attempts=2, connection_attempts=2))
    mane = load_panel().mane(NUTM1)
    accession = "" if mane is None else mane.accession
    problems: list[NutfusionError] = []
    served: list[bool] = []

    def ask() -> None:
        try:
            served.append(service.transcript(accession) is not None)
        except NutfusionError as error:
            problems.append(error)

    # NB: a name server that does not answer can only be left waiting in a thread.
    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(longest)
    if problems:
        raise problems[0]
    if not served:
        raise ServiceError(f"{base_url}: no answer in {longest:.0f} seconds")
    if not served[0]:
        raise ServiceError(f"{base_url}: does not know {accession}, so it is no sequence service")
