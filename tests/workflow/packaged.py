"""The packaged samples, judged in this process."""

from __future__ import annotations

from functools import cache
from pathlib import Path
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
                lanes = [Lane(*map(Path, map(str, lane.files))) for lane in row.lanes]
                callers = [
                    report
                    for caller in row.callers
                    for report in read_caller(Path(str(caller.path)), panel, name=caller.name)
                ]
                evidence = read_sample(sample, lanes, panel, callers=callers)
                annotated = annotate(consolidate(evidence, panel), panel)
                assay = load_assay(row.assay) if row.assay else load_assay()
                return score(annotated, assay, panel, row.sample.orthogonal)
    raise ValueError(f"no packaged sample {sample!r}")
