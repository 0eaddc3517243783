"""Which formats are outputs of one program, so that they are one voice and not two."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_PROGRAMS: Final[Mapping[str, tuple[str, ...]]] = {
    "star_fusion": ("star_fusion", "fusioninspector", "ctat_lr_fusion"),
    "fusioncatcher": ("fusioncatcher", "fusioncatcher_summary"),
    "dragen": (
        "dragen_rna",
        "dragen_sv",
        "tso500_all_fusions",
        "tso500_combined",
        "tso500_dragen",
        "tso500_ctdna",
        "tst170",
        "manta",
        "manta_rna",
    ),
    "archer": ("archer", "archer_json"),
    "ion_reporter": ("ion_reporter_vcf", "ion_reporter_tsv"),
    "defuse": ("defuse", "nfuse"),
    "integrate": ("integrate", "integrate_summary"),
    "linx": ("linx", "gridss"),
}
"""FusionInspector and CTAT-LR-fusion are of one toolkit with STAR-Fusion, which hands them its
candidates; DRAGEN's callers and Illumina's reports of them are Manta's kin; nFuse is built on
deFuse; LINX chains the breaks that GRIDSS found."""

PROGRAM_OF: Final[Mapping[str, str]] = MappingProxyType(
    {name: program for program, names in _PROGRAMS.items() for name in names}
)
"""Format to program, where they are not called the same."""

RESTATING: Final = frozenset(
    {
        "fusion_report",
        "fusion_report_list",
        "rnafusion_vcf",
        "metafusion_cff",
        "metafusion_cluster",
        "annofuse",
        "easyfuse",
        "cbioportal_sv",
        "genie_fusions",
        "fusor",
        "ccat_json",
        "nutfusion_tsv",
    }
)
"""Formats that restate what other programs found: beside any of those they say nothing new."""


def independent(sources: Iterable[str]) -> frozenset[str]:
    """The independent voices among sources, by name of the program.

    Args:
        sources: Names of formats, and ``reads`` for our own look.

    Returns:
        Lists that restate others count as one voice together, and only when nobody else speaks.
    """
    names = frozenset(sources)
    speaking = frozenset(PROGRAM_OF.get(name, name) for name in names - RESTATING)
    if speaking or not names:
        return speaking
    return frozenset({"restated"})
