"""What a user's files gave, on its way into a panel."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nutfusion.model.panel import Decoy, Transcript


@dataclass(slots=True)
class Harvest:
    """Checked transcripts and decoys with what was noticed about them.

    Attributes:
        transcripts: By accession.version; a transcript of the starter keeps the starter's
            accession.version (see ``Transcript.sequence_of``).
        decoys: By name.
        notes: One sentence each, starting with the accession: what was left out and why, what
            differs from the starter without contradicting it.
        warnings: Notes about shipped transcripts that got no sequence although a file names them;
            the command line shows them.
        facts: JSON-able statements for the manifest (assembly, splice sites...).
    """

    transcripts: dict[str, Transcript] = field(default_factory=dict)
    decoys: dict[str, Decoy] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    facts: dict[str, object] = field(default_factory=dict)
