"""Every format that is read, by name. Explicit: what is not here does not exist."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from nutfusion.callers.formats import (
    annofuse,
    arriba,
    chimpipe,
    defuse,
    fusion_report,
    fusion_report_list,
    fusionmap,
    infusion,
    integrate,
    integrate_summary,
    mapsplice,
    metafusion_cff,
    metafusion_cluster,
    nfuse,
    prada,
    rnafusion_vcf,
    soapfuse,
    squid,
    star_fusion,
    star_seqr,
    tophat_fusion,
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
            defuse.FORMAT,
            nfuse.FORMAT,
            star_seqr.FORMAT,
            integrate.FORMAT,
            integrate_summary.FORMAT,
            fusionmap.FORMAT,
            tophat_fusion.FORMAT,
            mapsplice.FORMAT,
            soapfuse.FORMAT,
            prada.FORMAT,
            infusion.FORMAT,
            chimpipe.FORMAT,
            fusion_report.FORMAT,
            fusion_report_list.FORMAT,
            rnafusion_vcf.FORMAT,
            metafusion_cff.FORMAT,
            metafusion_cluster.FORMAT,
            annofuse.FORMAT,
        )
    }
)
"""RNA callers, then aggregators, panels and vendors, DNA, exchange formats."""
