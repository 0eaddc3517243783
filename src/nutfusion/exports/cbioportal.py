"""cBioPortal: structural variants, the gene panel matrix and the case list of one study.

Source: cBioPortal, docs/File-Formats.md, "Structural Variant Data", "Gene Panel Data" and "Case
Lists" (cBioPortal/cbioportal@0290a2a).

==============================  ================================================================
cBioPortal                      dossier
==============================  ================================================================
Site1, Site2                    5' and 3' side (the pages call them left and right)
SiteN_Position                  exact positions only; a range has no place here
SiteN_Chromosome                contig without ``chr``
SiteN_Ensembl_Transcript_Id     MANE transcript without its version
Site2_Effect_On_Frame           In_frame, Out-of-frame; else NA
Tumor_Split_Read_Count          ``split_reads``
Tumor_Paired_End_Read_Count     ``discordant_pairs``
DNA_Support, RNA_Support        Yes where DNA shows a break, where RNA shows the joint; else NA
SV_Status                       always SOMATIC: the format has no third word
==============================  ================================================================

NA is not known. Columns ``nutfusion.*`` are custom columns, which the portal keeps.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from nutfusion.exports.columns import DIVIDER, Column, neutral
from nutfusion.exports.fusion_columns import FusionRow, fusion_rows
from nutfusion.exports.interface import ExportFormat, Files
from nutfusion.exports.not_expressed import (
    CONTRADICTED,
    fusions_left_out,
    not_expressed,
    sample_left_out,
    why_not_expressed,
)
from nutfusion.exports.patients import of_nobody, of_patients
from nutfusion.exports.reviews import NO_REVIEWS
from nutfusion.model.terms import FusionDetection, MolecularState, ReadingFrame

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from nutfusion.exports.columns import Value
    from nutfusion.exports.reviews import Beside, Reviews
    from nutfusion.model.annotated import ExonLabel
    from nutfusion.model.dossier import Dossier, DossierFusion
    from nutfusion.model.junction import JunctionEnd

STUDY: Final = "nutfusion"
"""``cancer_study_identifier``: replace it by that of your study in all files."""

NOT_KNOWN: Final = "NA"

_FRAME: Final[Mapping[ReadingFrame, str]] = {
    ReadingFrame.IN_FRAME: "In_frame",
    ReadingFrame.OUT_OF_FRAME: "Out-of-frame",
}


def cbioportal(dossiers: Sequence[Dossier], reviews: Reviews = NO_REVIEWS) -> Files:
    """The files of one study, in ``cbioportal/``.

    Returns:
        A row in the portal is a somatic fusion, and a sample of the case list without a row has
        none. Fusions that are indeterminate, declared only or in no known order, and samples of
        which neither can be said, are left out of both and of the panel matrix, and named in
        ``cbioportal/not_expressed.csv``; so are samples of no patient, and what a review
        contradicts.
    """
    patients = of_patients(dossiers)
    beside = {one.sample.id: reviews.get(one.sample.id) for one in patients}
    rows = [row for d in patients for row in _rows(d, beside[d.sample.id])]
    profiled = [one for one in patients if _is_profiled(one, beside[one.sample.id])]
    panels = {p: d for d in profiled if (p := _panel(d)) != NOT_KNOWN}
    missing = [row for one in patients for row in _left_out(one, beside[one.sample.id])]
    missing += of_nobody(dossiers)
    files = {
        "data_sv.txt": _table(_COLUMNS, rows),
        "meta_sv.txt": _meta(
            genetic_alteration_type="STRUCTURAL_VARIANT",
            datatype="SV",
            stable_id="structural_variants",
            show_profile_in_analysis_tab="true",
            profile_name="NUTM1 fusions",
            profile_description="NUTM1 fusions as nutfusion states them",
            data_filename="data_sv.txt",
        ),
        "data_gene_panel_matrix.txt": "".join(
            f"{sample}\t{panel}\n"
            for sample, panel in (
                ("SAMPLE_ID", "structural_variants"),
                *((one.sample.id, _panel(one)) for one in profiled),
            )
        ),
        "meta_gene_panel_matrix.txt": _meta(
            genetic_alteration_type="GENE_PANEL_MATRIX",
            datatype="GENE_PANEL_MATRIX",
            data_filename="data_gene_panel_matrix.txt",
        ),
        "case_lists/cases_sv.txt": _meta(
            stable_id=f"{STUDY}_sv",
            case_list_name="Samples with structural variant data",
            case_list_description="Samples in which a NUTM1 fusion could have been seen",
            case_list_ids="\t".join(one.sample.id for one in profiled),
        ),
        **{f"gene_panel_{name}.txt": _panel_file(name, d) for name, d in panels.items()},
        "not_expressed.csv": not_expressed(missing),
    }
    return {f"cbioportal/{name}": text.encode("utf-8") for name, text in files.items()}


def _rows(dossier: Dossier, beside: Beside | None) -> list[FusionRow]:
    """The fusions that the portal has words for."""
    return [row for row in fusion_rows(dossier) if why_not_expressed(row.fusion, beside) is None]


def _is_profiled(dossier: Dossier, beside: Beside | None) -> bool:
    """Whether the portal can say of the sample that it has a fusion, or that it has none.

    A sample without a row counts as one without a fusion, which ``not_detected`` alone says, where
    no biologist says another state.
    """
    is_negative = dossier.molecular_state is MolecularState.NOT_DETECTED
    return bool(_rows(dossier, beside)) or (is_negative and not _has_another_state(dossier, beside))


def _has_another_state(dossier: Dossier, beside: Beside | None) -> bool:
    """Whether a biologist gives the sample another state than the program."""
    review = None if beside is None else beside.review
    return review is not None and review.sample_state.reviewed is not dossier.molecular_state


def _left_out(dossier: Dossier, beside: Beside | None) -> list[Mapping[str, str]]:
    """What of a dossier is in none of the portal's files."""
    fusions = fusions_left_out(dossier, beside)
    if _is_profiled(dossier, beside) or fusions:
        return fusions
    other = _has_another_state(dossier, beside)
    return [sample_left_out(dossier, CONTRADICTED if other else dossier.molecular_state.value)]


def _meta(**fields: str) -> str:
    """A meta file."""
    named = {"cancer_study_identifier": STUDY, **fields}
    return "".join(f"{key}: {value}\n" for key, value in named.items())


def _panel(dossier: Dossier) -> str:
    """The gene panel of an assay; NA for a whole transcriptome, as for a whole exome."""
    interrogates = dossier.assay.interrogates
    if not interrogates.nutm1 or interrogates.partners == "all":
        return NOT_KNOWN
    return "".join(c if c.isalnum() or c in "._-" else "_" for c in dossier.assay.id)


def _panel_file(name: str, dossier: Dossier) -> str:
    genes = dict.fromkeys(("NUTM1", *dossier.assay.interrogates.partners))
    title = " ".join(dossier.assay.title.split())
    return f"stable_id: {name}\ndescription: {title}\ngene_list: " + "\t".join(genes) + "\n"


def _table(columns: Sequence[Column[FusionRow]], rows: Sequence[FusionRow]) -> str:
    lines = ["\t".join(column.name for column in columns)]
    lines += ["\t".join(_cell(column.value(row)) for column in columns) for row in rows]
    return "".join(f"{line}\n" for line in lines)


def _cell(value: Value) -> str:
    if value is None or value == "":
        return NOT_KNOWN
    return neutral(DIVIDER.join(value) if isinstance(value, tuple) else str(value))


def _site(number: int, side: str) -> list[Column[FusionRow]]:
    def end(take: Callable[[JunctionEnd], Value]) -> Callable[[FusionRow], Value]:
        def value(row: FusionRow) -> Value:
            found = getattr(row.fusion.junction, side)
            return None if found is None else take(found)

        return value

    def exon(take: Callable[[ExonLabel], Value]) -> Callable[[FusionRow], Value]:
        def value(row: FusionRow) -> Value:
            found = getattr(row.fusion.exons, side)
            return None if found is None else take(found)

        return value

    def symbol(row: FusionRow) -> Value:
        gene = getattr(row.fusion, f"{side}_gene")
        return None if gene is None else str(gene.symbol)

    fields: dict[str, Callable[[FusionRow], Value]] = {
        "Hugo_Symbol": symbol,
        "Ensembl_Transcript_Id": exon(lambda label: label.transcript.partition(".")[0]),
        "Region_Number": exon(lambda label: label.exon),
        "Region": exon(lambda _: "Exon"),
        "Chromosome": end(lambda e: None if e.contig is None else e.contig.removeprefix("chr")),
        "Position": end(lambda e: e.position),
    }
    return [
        Column(f"Site{number}_{name}", "text", "As cBioPortal says.", take)
        for name, take in fields.items()
    ]


def _fusion(name: str, take: Callable[[DossierFusion], Value]) -> Column[FusionRow]:
    return Column(name, "text", "As cBioPortal says.", lambda row: take(row.fusion))


def _precision(fusion: DossierFusion) -> Value:
    """Whether both sides are known to the base; NA when one has no place."""
    ends = (fusion.junction.five_prime, fusion.junction.three_prime)
    if any(e is None or (e.position is None and e.position_range is None) for e in ends):
        return None
    return "PRECISE" if fusion.junction.exact else "IMPRECISE"


_COLUMNS: Final[tuple[Column[FusionRow], ...]] = (
    Column("Sample_Id", "text", "As cBioPortal says.", lambda row: row.dossier.sample.id),
    Column("SV_Status", "word", "As cBioPortal says.", lambda _: "SOMATIC"),
    *_site(1, "five_prime"),
    *_site(2, "three_prime"),
    _fusion("Site2_Effect_On_Frame", lambda f: _FRAME.get(f.reading_frame)),
    _fusion("NCBI_Build", lambda _: "GRCh38"),
    _fusion("DNA_Support", lambda f: "Yes" if f.genomic_breakpoint is not None else None),
    _fusion(
        "RNA_Support",
        lambda f: "Yes" if f.fusion_detection is FusionDetection.OBSERVED else None,
    ),
    _fusion("Tumor_Split_Read_Count", lambda f: f.support.split_reads),
    _fusion("Tumor_Paired_End_Read_Count", lambda f: f.support.discordant_pairs),
    _fusion("Breakpoint_Type", _precision),
    _fusion("Event_Info", lambda f: f"{f.name} fusion"),
    _fusion("Annotation", lambda f: f.synonyms[0] if f.synonyms else None),
    _fusion("Comments", lambda f: f.state_reasons),
    _fusion("nutfusion.state", lambda f: f.state.value),
    _fusion("nutfusion.partner_class", lambda f: f.partner_class.value),
    _fusion("nutfusion.fusion_id", lambda f: f.fusion_id),
)

FORMAT: Final = ExportFormat(
    "cbioportal",
    "cBioPortal structural variants of a study",
    cbioportal,
    reviewed=cbioportal,
    patients_only=True,
)
"""cBioPortal."""
