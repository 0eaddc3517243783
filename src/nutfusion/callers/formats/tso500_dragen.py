"""Illumina DRAGEN TruSight Oncology 500 ``AllFusions.csv``, versions 2.x.

Source: InPreD/tsoppy discussion 15 (files of DRAGEN server 3.11.2); SACGF/variantgrid, notes on
importing TSO 500 fusions. As the local app's file (``tso500_all_fusions``), with four columns more.

==================================  ============================================================
AllFusions.csv of DRAGEN            nutfusion
==================================  ============================================================
columns of the local app            as there
Gene A/B Sense                      ``True``: the transcript's strand is the gene's; several with
                                    ``;`` count when they agree
Gene A/B Location                   kept (IntactExon, BrokenExon, Intronic, Intergenic)
Filter                              kept; ``PASS``, or ``FAIL`` and the reasons
==================================  ============================================================

Order: as in the local app's file, by Fusion Directionality Known.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from nutfusion.callers.formats.tso500_all_fusions import TELLS, header_of, is_dragen, read_family
from nutfusion.callers.statement import CallerFormat, CallerReport, Recognised, Tells

if TYPE_CHECKING:
    from nutfusion.callers.text import CallerText, Head


def recognise(head: Head) -> Recognised | None:
    """By the header line."""
    names = header_of(head)
    if "Caller" not in names or not is_dragen(names):
        return None
    return Recognised("DRAGEN 2.x", "header line with Caller, Gene A Breakpoint and Gene A Sense")


def read(text: CallerText, recognised: Recognised) -> CallerReport:  # noqa: ARG001
    """Read every row."""
    return read_family(text)


FORMAT: Final = CallerFormat(
    name="tso500_dragen",
    title="Illumina DRAGEN TruSight Oncology 500, AllFusions.csv",
    versions="DRAGEN 2.x",
    files=("*_AllFusions.csv",),
    tells=Tells(
        order=TELLS.order,
        position=TELLS.position,
        strand=True,
        split_reads=True,
        discordant_pairs=True,
        reading_frame=False,
    ),
    seen_on_real_file=False,
    expects="a header line with Caller, Gene A, Gene A Breakpoint and Gene A Sense",
    recognise=recognise,
    read=read,
)
"""TruSight Oncology 500, DRAGEN."""
