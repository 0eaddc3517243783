"""GA4GH VRS 2.0: sequence locations and adjacencies with their computed identifiers.

Source: VRS 2.0 (ga4gh/vrs), "Computed Identifiers": the inherent keys as canonical JSON (RFC 8785),
SHA-512 cut to 24 bytes, base64url; a nested identifiable object stands as its digest. A key without
a value is written as null there, as ga4gh-vrs 2.3.3 does and as published FUSOR identifiers need.

VRS counts between residues: what stays up to residue p (1-based) ends at p, what stays from p on
starts at p - 1.
"""

from __future__ import annotations

import base64
import hashlib
import json
from typing import TYPE_CHECKING, Any

from nutfusion.exports.refget import GRCH38

if TYPE_CHECKING:
    from nutfusion.exports.breakends import Adjacency, Breakend


def sequence_location(end: Breakend) -> dict[str, Any] | None:
    """Where what stays of a side ends or starts; ``None`` on a contig without a refget accession.

    Returns:
        A ``SequenceLocation`` with either ``end`` (the bases up to it stay) or ``start`` (those
        from it on stay); a range ``[lowest, highest]`` when the joint is not exact.
    """
    accession = GRCH38.get(end.contig)
    if accession is None:
        return None
    shift = 0 if end.kept == "lower" else 1
    reach = [end.lowest - shift, end.highest - shift]
    value: int | list[int] = reach[0] if end.lowest == end.highest else reach
    key = "end" if end.kept == "lower" else "start"
    reference = {"type": "SequenceReference", "refgetAccession": accession}
    digest = _digest(
        {
            "end": value if key == "end" else None,
            "sequenceReference": reference,
            "start": value if key == "start" else None,
            "type": "SequenceLocation",
        }
    )
    return {
        "id": f"ga4gh:SL.{digest}",
        "digest": digest,
        "type": "SequenceLocation",
        "sequenceReference": reference,
        key: value,
    }


def vrs_adjacency(adjacency: Adjacency) -> dict[str, Any] | None:
    """An ``Adjacency``, 5' part first; ``None`` unless both sides lie on chromosomes of GRCh38.

    Returns:
        ``linker`` is there when bases stand between the parts; ``homology`` is false where the
        places are ranges, which are not due to homology.
    """
    if adjacency.five_prime is None or adjacency.three_prime is None:
        return None
    ends = (adjacency.five_prime, adjacency.three_prime)
    five, three = (sequence_location(end) for end in ends)
    if five is None or three is None:
        return None
    linker = None
    if adjacency.linker:
        linker = {"type": "LiteralSequenceExpression", "sequence": adjacency.linker}
    digest = _digest(
        {
            "adjoinedSequences": [five["digest"], three["digest"]],
            "linker": linker,
            "type": "Adjacency",
        }
    )
    found: dict[str, Any] = {
        "id": f"ga4gh:AJ.{digest}",
        "digest": digest,
        "type": "Adjacency",
        "adjoinedSequences": [five, three],
    }
    if linker is not None:
        found["linker"] = linker
    if any(end.lowest != end.highest for end in ends):
        found["homology"] = False
    return found


def _digest(inherent: dict[str, Any]) -> str:
    """The sha512t24u of a record; texts here are ASCII and numbers whole, as RFC 8785 wants."""
    text = json.dumps(inherent, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    raw = hashlib.sha512(text.encode("utf-8")).digest()[:24]
    return base64.urlsafe_b64encode(raw).decode("ascii")
