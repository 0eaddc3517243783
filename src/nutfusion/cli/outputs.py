"""Write the files of a dossier."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from nutfusion.model.dossier import Dossier
    from nutfusion.model.panel import Panel


def write_dossier(dossier: Dossier, panel: Panel, outdir: Path) -> None:
    """Write the supporting reads, the page, and last ``dossier.json``.

    Each file is there whole or not at all; where ``dossier.json`` is, the others are.
    """
    from nutfusion.dossier import dossier_html, dossier_json
    from nutfusion.evidence import write_supporting_reads
    from nutfusion.model.atomic import write_atomically

    page = dossier_html(dossier, panel)
    write_supporting_reads(
        [(f.fusion_id, f.consensus_sequence, f.support.reads) for f in dossier.fusions],
        outdir / "supporting_reads.bam",
    )
    write_atomically(outdir / "dossier.html", page)
    write_atomically(outdir / "dossier.json", dossier_json(dossier))
