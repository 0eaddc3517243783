"""Every format that is read, by name. Explicit: what is not here does not exist."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from nutfusion.callers.formats import (
    arriba,
    cicero,
    ctat_lr_fusion,
    dragen_rna,
    easyfuse,
    ericscript,
    fusioncatcher,
    fusioncatcher_summary,
    fusioninspector,
    fusionseeker,
    fuzzion2,
    genion,
    isofox,
    jaffa,
    linx,
    longgf,
    pbfusion,
    pizzly,
    squid,
    star_chimeric,
    star_fusion,
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
            pizzly.FORMAT,
            ericscript.FORMAT,
            cicero.FORMAT,
            fuzzion2.FORMAT,
            easyfuse.FORMAT,
            isofox.FORMAT,
            linx.FORMAT,
            longgf.FORMAT,
            fusionseeker.FORMAT,
            pbfusion.FORMAT,
            genion.FORMAT,
        )
    }
)
"""RNA callers, then aggregators, panels and vendors, DNA, exchange formats."""
