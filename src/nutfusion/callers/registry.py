"""Every format that is read, by name. Explicit: what is not here does not exist."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from nutfusion.callers.formats import (
    annofuse,
    archer,
    archer_json,
    arriba,
    caris,
    chimpipe,
    ctat_lr_fusion,
    defuse,
    dragen_rna,
    foundation,
    fusion_report,
    fusion_report_list,
    fusioncatcher,
    fusioncatcher_summary,
    fusioninspector,
    fusionmap,
    infusion,
    integrate,
    integrate_summary,
    ion_reporter_tsv,
    ion_reporter_vcf,
    jaffa,
    mapsplice,
    metafusion_cff,
    metafusion_cluster,
    nfuse,
    prada,
    qiaseq_rnascan,
    rna_amplicon,
    rnafusion_vcf,
    soapfuse,
    squid,
    star_chimeric,
    star_fusion,
    star_seqr,
    tempus,
    tophat_fusion,
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
