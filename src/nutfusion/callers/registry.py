"""Every format that is read, by name. Explicit: what is not here does not exist."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from nutfusion.callers.formats import (
    arriba,
    cbioportal_sv,
    ccat_json,
    delly,
    dragen_sv,
    fusor,
    genie_fusions,
    gridss,
    manta,
    manta_rna,
    nutfusion_tsv,
    squid,
    star_fusion,
    svaba,
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
            manta.FORMAT,
            manta_rna.FORMAT,
            dragen_sv.FORMAT,
            delly.FORMAT,
            gridss.FORMAT,
            svaba.FORMAT,
            cbioportal_sv.FORMAT,
            genie_fusions.FORMAT,
            fusor.FORMAT,
            ccat_json.FORMAT,
            nutfusion_tsv.FORMAT,
        )
    }
)
"""RNA callers, then aggregators, panels and vendors, DNA, exchange formats."""
