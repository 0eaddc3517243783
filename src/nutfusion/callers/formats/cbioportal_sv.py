"""cBioPortal ``data_sv.txt``, also ``data_structural_variants.txt`` and GENIE's ``data_sv.txt``.

Source: cBioPortal/cbioportal@0290a2a, docs/File-Formats.md, "Structural Variant Data". Columns vary
by study and stand in any order; they are read by name. Quotes are characters.

==============================  ================================================================
cBioPortal                      nutfusion
==============================  ================================================================
Site1_Hugo_Symbol, Site2_...    the two genes, in no order; a gene that only SiteN_Description
                                names ("Intron of ERG(-): ...") is added to the cell
SiteN_Chromosome, _Position     where DNA broke, or for RNA the joint; 1-based, ``-1`` unknown
Connection_Type ``3to5``        first figure: Site1, second: Site2; ``3``: the lower coordinates
                                stay, ``5``: the higher ones
NCBI_Build                      the assembly, one for the file
DNA_Support, RNA_Support        what was sequenced; neither: RNA for Archer, else taken for DNA
                                with the reason ``molecule_not_stated``
Event_Info                      ``{A:B}`` and ``(A-B)`` of a protein or transcript fusion, and
                                ``A-B Fusion - Archer``: A is 5'. ``in frame``, ``out of frame``
Tumor_Split_Read_Count          split_reads ("junction reads")
Tumor_Paired_End_Read_Count     discordant_pairs ("spanning fragments")
SV_Status, Class, ...           kept as stated
==============================  ================================================================

Order: from Event_Info as above, else from Connection_Type and the genes. Site1 and Site2 are in no
order (the documentation calls Site1 "left (3')", Memorial Sloan Kettering's files are otherwise).
``A-B Fusion`` without Archer states none: in a public study 5 of 15 such rows have the reverse of
what their break shows, and 67 more join two parts of one end, while ``{A:B}`` and ``(A-B)`` agree
with it in 475 of 475. Free text (Annotation, Comments) is not kept.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from nutfusion.callers.several import several_samples
from nutfusion.callers.statement import (
    CallerFormat,
    CallerReport,
    Recognised,
    RowError,
    SideStatement,
    Statement,
    Tells,
)
from nutfusion.callers.table import (
    Row,
    header_cells,
    one_of,
    position_of,
    rows_of,
    shown,
    statements,
)
from nutfusion.errors import CallerFormatError
from nutfusion.model.remarks import remark
from nutfusion.model.terms import Assembly, ReadingFrame

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Literal

    from nutfusion.callers.text import CallerText, Head
    from nutfusion.model.terms import Kept

_NEEDED: Final = frozenset({"Site1_Hugo_Symbol", "Site2_Hugo_Symbol"})
_BUILDS: Final[Mapping[str, Assembly]] = {
    "grch37": Assembly.GRCH37,
    "37": Assembly.GRCH37,
    "hg19": Assembly.GRCH37,
    "grch38": Assembly.GRCH38,
    "38": Assembly.GRCH38,
    "hg38": Assembly.GRCH38,
}
_KEPT: Final[Mapping[str, Kept]] = {"3": "lower", "5": "higher"}
_CONNECTION: Final = re.compile(r"([35])'? ?to ?([35])'?", re.IGNORECASE)
_DESCRIPTION: Final = re.compile(
    r"(?:Intron|Exon \d+|Promoter|5-UTR|3-UTR) of (?P<gene>[A-Za-z0-9@.-]+)\([+-]\)"
)
_PRODUCT: Final = re.compile(
    r"(?:Protein|Transcript) fusion.*?[{(](?P<pair>[A-Za-z0-9@.:-]+)[)}]\s*", re.IGNORECASE
)
_ARCHER: Final = re.compile(r"(?P<pair>[A-Za-z0-9@.-]+) fusion ?- ?Archer.*", re.IGNORECASE)
_FRAMES: Final[Mapping[str, ReadingFrame]] = {
    "inframe": ReadingFrame.IN_FRAME,
    "outofframe": ReadingFrame.OUT_OF_FRAME,
    "frameshift": ReadingFrame.OUT_OF_FRAME,
}
_PRECISE: Final = ("PRECISE", "IMPRECISE", "IMPPRECISE")
"""The last one is a spelling of public files."""
_SUPPORT: Final = ("yes", "no", "unknown")
_FIELDS: Final = (
    *("SV_Status", "Class", "Connection_Type", "Breakpoint_Type"),
    *("DNA_Support", "RNA_Support", "Confidence_Class"),
)


def recognise(head: Head) -> Recognised | None:
    """By the header line."""
    names = set(header_cells(head.first(skip=("#",))))
    if not names >= _NEEDED:
        return None
    version = "data_sv" if "Sample_Id" in names else "data_sv without Sample_Id"
    return Recognised(version, "header line with Site1_Hugo_Symbol and Site2_Hugo_Symbol")


def _is_header(line: str) -> bool:
    return set(header_cells(line)) >= _NEEDED


def read(text: CallerText, recognised: Recognised) -> CallerReport:  # noqa: ARG001
    """Read every row."""
    rows = list(rows_of(text, is_header=_is_header))
    return statements(
        rows,
        _statement,
        assembly=_assembly(rows, text),
        notes=several_samples(row.get("Sample_Id", "Sample_ID") for row in rows),
    )


def _assembly(rows: list[Row], text: CallerText) -> Assembly | None:
    found: Assembly | None = None
    for row in rows:
        build = row.get("NCBI_Build")
        known = None if build is None else _BUILDS.get(build.casefold())
        if build is not None and (known is None or (found is not None and known is not found)):
            raise CallerFormatError(
                f"expected NCBI_Build as GRCh37 or GRCh38, the same in every row, found"
                f" {shown(build)}",
                path=text.path,
                line=row.line,
                code="assembly",
            )
        found = known or found
    return found


def _statement(row: Row) -> Statement:
    connection = row.get("Connection_Type")
    ends = None if connection is None else _CONNECTION.fullmatch(connection)
    if connection is not None and ends is None:
        raise RowError(f"expected Connection_Type as 3to5 or the like, found {shown(connection)}")
    first, second = (
        _side(row, f"Site{n}", None if ends is None else _KEPT[ends[n]]) for n in (1, 2)
    )
    molecule, problems = _molecule(row, connection)
    order = _order(row, (first, second))
    if order == "other":
        problems += (remark("event_names_other_genes"),)
    if order == "backward":
        first, second = second, first
    precision = row.get("Breakpoint_Type")
    return Statement(
        line=row.line,
        first=first,
        second=second,
        ordered=order in ("forward", "backward"),
        molecule=molecule,
        precise=precision is None
        or one_of(precision.upper(), "Breakpoint_Type", _PRECISE) == "PRECISE",
        split_reads=row.count("Tumor_Split_Read_Count", "Split_Read_Support"),
        discordant_pairs=row.count("Tumor_Paired_End_Read_Count", "Paired_End_Read_Support"),
        reading_frame=_frame(row),
        fields=row.words(_FIELDS),
        problems=problems,
    )


def _side(row: Row, site: str, kept: Kept | None) -> SideStatement:
    gene = row.get(f"{site}_Hugo_Symbol")
    described = _DESCRIPTION.match(row.get(f"{site}_Description") or "")
    if described is not None and (gene or "").casefold() != described["gene"].casefold():
        gene = described["gene"] if gene is None else f"{gene};{described['gene']}"
    position = row.get(f"{site}_Position")
    in_exon = (row.get(f"{site}_Region") or "").casefold() == "exon"
    return SideStatement(
        gene=gene,
        contig=row.get(f"{site}_Chromosome"),
        position=None if position == "-1" else position_of(position, f"{site}_Position"),
        kept=kept,
        transcript=row.get(f"{site}_Ensembl_Transcript_Id"),
        exon=row.get(f"{site}_Region_Number") if in_exon else None,
    )


def _molecule(row: Row, connection: str | None) -> tuple[Literal["rna", "dna"], tuple[str, ...]]:
    """What was sequenced; a break with a connection type is one of DNA."""
    dna, rna = (_support(row, name) for name in ("DNA_Support", "RNA_Support"))
    if connection is not None or dna:
        return "dna", ()
    if rna or _ARCHER.fullmatch(row.get("Event_Info") or ""):
        return "rna", ()
    return "dna", (remark("molecule_not_stated"),)


def _support(row: Row, name: str) -> bool:
    value = row.get(name)
    return value is not None and one_of(value.casefold(), name, _SUPPORT) == "yes"


def _order(
    row: Row, sides: tuple[SideStatement, SideStatement]
) -> Literal["forward", "backward", "none", "other"]:
    """Which site is 5', by the one kind of text that states it."""
    event = row.get("Event_Info") or ""
    match = _PRODUCT.fullmatch(event) or _ARCHER.fullmatch(event)
    if match is None:
        return "none"
    pair = match["pair"].casefold()
    left, right = ([g.casefold() for g in (side.gene or "").split(";")] for side in sides)
    # symbols hold hyphens themselves, so the text is compared, not cut
    forward = any(pair in (f"{a}-{b}", f"{a}:{b}") for a in left for b in right)
    backward = any(pair in (f"{b}-{a}", f"{b}:{a}") for a in left for b in right)
    if forward is backward:
        return "none" if forward else "other"
    return "forward" if forward else "backward"


def _frame(row: Row) -> ReadingFrame | None:
    """The frame of the one cell, free text otherwise, or of the event."""
    stated = re.sub(r"[ _-]", "", row.get("Site2_Effect_On_Frame") or "").casefold()
    if stated in _FRAMES:
        return _FRAMES[stated]
    event = (row.get("Event_Info") or "").casefold()
    if "fusion" not in event:
        return None
    if "out of frame" in event:
        return ReadingFrame.OUT_OF_FRAME
    return ReadingFrame.IN_FRAME if "in frame" in event else None


FORMAT: Final = CallerFormat(
    name="cbioportal_sv",
    title="cBioPortal and GENIE data_sv",
    versions="data_sv.txt, data_structural_variants.txt, with any set of columns",
    files=("data_sv.txt", "data_structural_variants.txt", "*data_sv*.txt"),
    tells=Tells(
        order="sometimes",
        position="genomic",
        strand=False,
        split_reads=True,
        discordant_pairs=True,
        reading_frame=True,
    ),
    seen_on_real_file=True,
    expects="a header line with Site1_Hugo_Symbol and Site2_Hugo_Symbol",
    recognise=recognise,
    read=read,
)
"""cBioPortal structural variants."""
