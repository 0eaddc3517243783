"""Every format that is read, by name. Explicit: what is not here does not exist."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from nutfusion.callers.formats import (
    archer,
    archer_json,
    arriba,
    caris,
    ctat_lr_fusion,
    dragen_rna,
    foundation,
    fusioncatcher,
    fusioncatcher_summary,
    fusioninspector,
    ion_reporter_tsv,
    ion_reporter_vcf,
    jaffa,
    qiaseq_rnascan,
    rna_amplicon,
    squid,
    star_chimeric,
    star_fusion,
    tempus,
    tso500_all_fusions,
    tso500_combined,
    tso500_ctdna,
    tso500_dragen,
    tst170,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nutfusion.callers.statement import CallerFormat

CALLERS: Final[Mapping[str, CallerFormat]] = MappingProxyType(
    {
        fmt.name: fmt
        for fmt in (
            arriba.FORMAT,
            star_fusion.FORMAT,
            squid.FORMAT,
            star_chimeric.FORMAT,
            fusioncatcher.FORMAT,
            fusioncatcher_summary.FORMAT,
            fusioninspector.FORMAT,
            ctat_lr_fusion.FORMAT,
            jaffa.FORMAT,
            dragen_rna.FORMAT,
            tso500_all_fusions.FORMAT,
            tso500_combined.FORMAT,
            tso500_dragen.FORMAT,
            tso500_ctdna.FORMAT,
            tst170.FORMAT,
            rna_amplicon.FORMAT,
            archer.FORMAT,
            archer_json.FORMAT,
            ion_reporter_vcf.FORMAT,
            ion_reporter_tsv.FORMAT,
            qiaseq_rnascan.FORMAT,
            foundation.FORMAT,
            tempus.FORMAT,
            caris.FORMAT,
        )
    }
)
"""RNA callers, then aggregators, panels and vendors, DNA, exchange formats."""
