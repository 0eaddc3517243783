"""The packaged samples, judged in this process."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from tests.workflow.running import ROOT

from nutfusion.annotation import annotate
from nutfusion.callers import read_caller
from nutfusion.calls import consolidate
from nutfusion.evidence import Lane, read_sample
from nutfusion.reference import load_panel
from nutfusion.scoring import load_assay, score
from nutfusion.sheet import load_sheet

if TYPE_CHECKING:
    from nutfusion.model.scored import SampleScored

DATA = ROOT / "test-data"


@cache
def judged(sample: str) -> SampleScored:
    """The verdict on one packaged sample."""
    for sheet, folder in (("samples.csv", None), ("synthetic.csv", DATA / "panel")):
        for row in load_sheet(DATA / sheet):
            if row.sample.id == sample:
                panel = load_panel(folder)
                lanes = [Lane(a.fastq_1, a.fastq_2, a.fastq_umi) for a in row.lanes]
                callers = [r for c in row.callers for r in read_caller(c.path, panel, name=c.name)]
                evidence = read_sample(sample, lanes, panel, callers=callers)
                annotated = annotate(consolidate(evidence, panel), panel)
                assay = load_assay(row.assay) if row.assay else load_assay()
                return score(annotated, assay, panel, row.sample.orthogonal)
    raise ValueError(f"no packaged sample {sample!r}")
