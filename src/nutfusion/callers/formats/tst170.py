"""Illumina TruSight Tumor 170 ``Fusions.csv``.

Source: Illumina, TruSight Tumor 170 app v2 online help 1000000090009, "Fusions CSV". As
TruSight Oncology 500's AllFusions.csv (``tso500_all_fusions``), without the column Caller.

==================================  ============================================================
Fusions.csv                         nutfusion
==================================  ============================================================
columns of AllFusions.csv           as there
Filter                              kept; whether LowDupReads and Homology lower the confidence
                                    differs between versions
==================================  ============================================================

Order: as in AllFusions.csv where Fusion Directionality Known is there, else not stated.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from nutfusion.callers.formats.tso500_all_fusions import TELLS, header_of, read_family
from nutfusion.callers.statement import CallerFormat, CallerReport, Recognised

if TYPE_CHECKING:
    from nutfusion.callers.text import CallerText, Head


def recognise(head: Head) -> Recognised | None:
    """By the header line."""
    names = header_of(head)
    if "KeepFusion" not in names or "Caller" in names:
        return None
    return Recognised("v1 or v2", "header line with Gene A Breakpoint and KeepFusion, no Caller")


def read(text: CallerText, recognised: Recognised) -> CallerReport:  # noqa: ARG001
    """Read every row."""
    return read_family(text)


FORMAT: Final = CallerFormat(
    name="tst170",
    title="Illumina TruSight Tumor 170",
    versions="app v1 and v2",
    files=("*_Fusions.csv",),
    tells=TELLS,
    seen_on_real_file=False,
    expects="a header line with Gene A, Gene A Breakpoint and KeepFusion, without Caller",
    recognise=recognise,
    read=read,
)
"""TruSight Tumor 170."""
