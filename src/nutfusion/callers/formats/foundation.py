"""Foundation Medicine XML: rearrangements of FoundationOne CDx and Heme reports.

Source: lifeomic/foundation-xml-fhir@40ceab2, test/data/sample.xml; HuntsmanCancerInstitute/USeq,
FoundationRearrangeVariant.java; lifeomic foundation-ingest src/util/fnv.py.

==================================  ============================================================
rearrangement                       nutfusion
==================================  ============================================================
targeted-gene or target-gene,       genes; ``N/A`` unknown; the first is the one with baits, not
other-gene                          the 5' one
pos1, pos2                          ``chr15:low-high`` is the range of the supporting reads (its
                                    lowest residue is handed on, not exact), or one residue;
                                    1-based, hg19; ``ch17`` is ``chr17``
supporting-read-pairs               kept; pairs and split reads together, so neither is known
in-frame Yes, No, unknown           reading frame
type, status, equivocal             kept
description                         kept when it is the two genes and "fusion", else not: it is
                                    free text
rna-evidence, dna-evidence          seen in RNA when there is RNA evidence, else inferred from DNA;
                                    their samples are not kept
==================================  ============================================================

Order: never stated. Nothing outside the rearrangements is looked at: the report holds the patient's
name, birth date, record number and physicians.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal

from nutfusion.callers.reports import (
    NOT_SHOWN,
    contig,
    genes,
    kept,
    number,
    record_statements,
    word,
    yes_or_no,
)
from nutfusion.callers.statement import (
    CallerFormat,
    CallerReport,
    Recognised,
    RowError,
    SideStatement,
    Statement,
    Tells,
)
from nutfusion.callers.structured import xml_root
from nutfusion.callers.table import UNKNOWN, position_of
from nutfusion.errors import CallerFormatError
from nutfusion.model.remarks import remark
from nutfusion.model.terms import ReadingFrame

if TYPE_CHECKING:
    from nutfusion.callers.text import CallerText, Head

_NAMESPACE: Final = "foundationmedicine.com"
_PLACE: Final = re.compile(r"(?P<contig>[^:\s]+):(?P<low>\d{1,12})(?:-(?P<high>\d{1,12}))?")
_EVIDENCE: Final = ("dna-evidence", "rna-evidence")


def recognise(head: Head) -> Recognised | None:
    """By the namespace."""
    if not head.text.lstrip().startswith("<") or _NAMESPACE not in head.text:
        return None
    return Recognised("XML", f"XML in a namespace of {_NAMESPACE}")


def read(text: CallerText, recognised: Recognised) -> CallerReport:  # noqa: ARG001
    """Read every rearrangement.

    Raises:
        CallerFormatError: The file has no part for them, which is not the same as none found.
    """
    records: list[dict[str, str]] = []
    has_part = False
    for element in xml_root(text).iter():
        name = _local(element.tag)
        has_part = has_part or name in ("variant-report", "rearrangements")
        if name == "rearrangement":
            evidence = {_local(child.tag) for child in element}
            records.append(
                {**element.attrib, **{key: "yes" for key in _EVIDENCE if key in evidence}}
            )
    if not has_part:
        raise CallerFormatError(
            "expected a variant-report with rearrangements, found none; take the whole XML report",
            path=text.path,
            code="no_rearrangements",
        )
    note = remark("silence_depends_on_captured_genes")
    return record_statements(records, _statement, notes=(note,))


def _local(tag: object) -> str:
    """Name of an element without its namespace; ``""`` for comments."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _statement(line: int, record: dict[str, str]) -> Statement:
    if "targeted-gene" not in record and "target-gene" not in record:
        raise RowError("expected the attribute targeted-gene, found none")
    first = genes(record.get("targeted-gene", record.get("target-gene")), "targeted-gene")
    second = genes(record.get("other-gene"), "other-gene")
    in_frame = yes_or_no(record.get("in-frame"), "in-frame")
    molecule: Literal["rna", "dna"] = "rna" if "rna-evidence" in record else "dna"
    sides = [
        _side(first, record.get("pos1"), "pos1"),
        _side(second, record.get("pos2"), "pos2"),
    ]
    ranges = any(side.position_range is not None for side in sides)
    return Statement(
        line=line,
        first=sides[0],
        second=sides[1],
        ordered=False,
        molecule=molecule,
        precise=not ranges,
        reading_frame=None
        if in_frame is None
        else ReadingFrame.IN_FRAME
        if in_frame
        else ReadingFrame.OUT_OF_FRAME,
        fields=kept(
            ("description", _description(record.get("description"), first, second)),
            ("type", word(record.get("type"))),
            ("status", word(record.get("status"))),
            ("equivocal", word(record.get("equivocal"))),
            (
                "supporting-read-pairs",
                number(record.get("supporting-read-pairs"), "supporting-read-pairs"),
            ),
        ),
        problems=(remark("position_is_a_range"),) if ranges else (),
    )


def _side(gene: str | None, place: str | None, name: str) -> SideStatement:
    if place is None or place.strip() in UNKNOWN:
        return SideStatement(gene=gene)
    match = _PLACE.fullmatch(place.strip())
    if match is None:
        raise RowError(f"expected {name} as contig:low-high, found {NOT_SHOWN}")
    low, high = position_of(match["low"], name), position_of(match["high"], name)
    return SideStatement(
        gene=gene,
        contig=contig(match["contig"], name),
        position=low,
        position_range=None if low is None or high is None or high <= low else (low, high),
    )


def _description(text: str | None, first: str | None, second: str | None) -> str | None:
    """``A-B fusion`` of the two genes, in either order; ``None`` for any other text."""
    if text is None or first is None or second is None:
        return None
    allowed = {f"{a}-{b} fusion" for a, b in ((first, second), (second, first))}
    return text.strip() if text.strip() in allowed else None


FORMAT: Final = CallerFormat(
    name="foundation",
    title="Foundation Medicine, XML report",
    versions="FoundationOne CDx and Heme",
    files=("*.xml",),
    tells=Tells(
        order="never",
        position="genomic",
        strand=False,
        split_reads=False,
        discordant_pairs=False,
        reading_frame=True,
    ),
    seen_on_real_file=True,
    expects=f"XML in a namespace of {_NAMESPACE}",
    recognise=recognise,
    read=read,
)
"""Foundation Medicine."""
