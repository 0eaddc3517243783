"""Words of FusionCatcher's effect and description, shared by its table and its VCF.

Source: ndaniel/fusioncatcher@5c2ca36, doc/manual.md, tables 1 and 2.
"""

from __future__ import annotations

import re
from typing import Final

from nutfusion.callers.statement import RowError
from nutfusion.callers.table import shown
from nutfusion.model.terms import ReadingFrame

_FRAMES: Final = {
    "in-frame": ReadingFrame.IN_FRAME,
    "out-of-frame": ReadingFrame.OUT_OF_FRAME,
}
_SITES: Final = frozenset(
    {
        "---",
        "CDS(complete)",
        "CDS(no-known-start-or-end)",
        "CDS(not-reliable-start-or-end)",
        "CDS(truncated)",
        "UTR",
        "exonic(no-known-CDS)",
        "intergenic",
        "intronic",
    }
)
_LABELS: Final = re.compile(
    r"known|exon-exon|readthrough|adjacent|antisense|short_distance|distance\d+k?bp"
    r"|banned|healthy|gtex|hpa|bodymap2|conjoing|cacg|1000genomes"
    r"|non_tumor_cells|non_cancer_tissues|tcga-normal|(?:partial-)?matched-normal"
    r"|similar_reads|similar_symbols|paralogs|duplicates|pair_pseudo_genes|pseudogene"
    r"|(?:ensembl|ucsc|refseq|gencode)_(?:fully|partially|same_strand)_overlapping"
)
"""Labels that weigh for or against a fusion; the others name data bases and genes."""


def effect_of(value: str | None, name: str) -> tuple[ReadingFrame | None, str | None]:
    """The frame and the words of an effect; ``None`` when the effect says nothing of the frame.

    Raises:
        RowError: It is not made of the documented words.
    """
    if value is None:
        return None, None
    if value not in _FRAMES and not set(value.split("/")) <= _SITES:
        raise RowError(f"expected {name} as in-frame, out-of-frame or sites, found {shown(value)}")
    return _FRAMES.get(value), value


def labels_of(value: str | None) -> tuple[str | None, bool | None]:
    """The labels that weigh, and whether it is a read-through; ``None`` without a column."""
    if value is None:
        return None, None
    labels = [label.strip() for label in value.split(",")]
    kept = ",".join(label for label in labels if _LABELS.fullmatch(label))
    return kept or None, "readthrough" in labels
