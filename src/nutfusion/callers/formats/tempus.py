"""Tempus JSON report: fusions of versions to 2 and from 3.3.

Source: HuntsmanCancerInstitute/USeq, TempusVariant.java, TempusV3Variant.java and
TempusV3GenomicVariants.java. No public report was at hand.

==================================  ============================================================
JSON                                nutfusion
==================================  ============================================================
gene5, gene3                        5' and 3' gene; gene3 ``null``: within one gene or unknown
gene, fusedGene (3.3+)              genes without order, where gene5 or gene3 is missing
gene, structuralVariant (to 2)      one gene of a rearrangement, where gene5 and gene3 are missing
genomicVariants.*.variants[] with   the records; in older reports any record with gene5, gene3 or
variantType ``fusions``             structuralVariant, which stand in several lists
variantDescription, fusionType,     kept when one of a few phrases, else ``other``
allelicFraction
==================================  ============================================================

Order: stated by gene5 and gene3. There are no positions. A report does not say whether DNA or RNA
showed a fusion, so it is taken as inferred, which claims less, and a reason says so. Nothing else
of the report is looked at: it holds the patient's name, birth date and record numbers.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from nutfusion.callers.reports import genes, kept, number, one_word_of, record_statements
from nutfusion.callers.statement import (
    CallerFormat,
    CallerReport,
    Recognised,
    RowError,
    SideStatement,
    Statement,
    Tells,
)
from nutfusion.callers.structured import as_dict, as_text, json_value
from nutfusion.errors import CallerFormatError
from nutfusion.model.remarks import remark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nutfusion.callers.text import CallerText, Head

_V3: Final = re.compile(r'"genomicVariants"\s*:')
_V2: Final = re.compile(r'"fusionVariants"\s*:')
_TEMPUS: Final = re.compile(r'"tempus|"somaticPotentiallyActionable|"gene5"\s*:', re.IGNORECASE)
_NAMED: Final = ("gene5", "gene3")
_PHRASES: Final = (
    "fusion",
    "gene fusion",
    "gene rearrangement",
    "chromosomal rearrangement",
    "rearrangement",
    "translocation",
    "inversion",
    "intragenic",
)
"""Chosen by us: the sources show no fusion's phrase, and a sentence could hold a name."""


def recognise(head: Head) -> Recognised | None:
    """By the keys."""
    if not head.text.lstrip().startswith("{"):
        return None
    if _V3.search(head.text):
        return Recognised("3.3 or later", "JSON with genomicVariants")
    if _V2.search(head.text) and _TEMPUS.search(head.text):
        return Recognised("to 2", "JSON with fusionVariants of Tempus")
    return None


def read(text: CallerText, recognised: Recognised) -> CallerReport:  # noqa: ARG001
    """Read every fusion, wherever it stands."""
    try:
        top = as_dict(json_value(text), "the file")
    except RowError as error:
        raise CallerFormatError(str(error), path=text.path, code="json") from error
    note = remark("silence_depends_on_captured_genes")
    return record_statements(_records(top), _statement, notes=(note,))


def _records(top: object) -> Iterator[object]:
    """Fusions of a report in the order of the file.

    A record is what stands in ``fusionVariants`` or in the details of fusions, and any object that
    names gene5, gene3 or a structural variant; not a list of the genes that were tested.
    """
    waiting: list[tuple[object, bool]] = [(top, False)]
    while waiting:
        value, in_list = waiting.pop()
        if isinstance(value, list):
            waiting += [(item, in_list) for item in reversed(value)]
        elif isinstance(value, dict):
            if any(_filled(value.get(key)) for key in (*_NAMED, "structuralVariant")) or in_list:
                yield value
                continue
            fusions = value.get("variantType") == "fusions"
            waiting += [
                (item, key == "fusionVariants" or (fusions and key == "variantDetails"))
                for key, item in reversed(list(value.items()))
                if isinstance(item, dict | list)
            ]
        elif in_list and value is not None:
            yield value


def _filled(value: object) -> bool:
    return value not in (None, "")


def _statement(line: int, record: object) -> Statement:
    values = as_dict(record, "a fusion")
    five, three = (genes(_text(values, key), key) for key in _NAMED)
    ordered = five is not None and three is not None
    if five is None and three is None:
        five = genes(_text(values, "gene"), "gene")
        three = genes(_text(values, "fusedGene"), "fusedGene")
        if five is None:
            raise RowError("expected gene5, gene3 or gene, found none")
    elif five is None or three is None:
        others = (genes(_text(values, key), key) for key in ("gene", "fusedGene"))
        other = next((gene for gene in others if gene not in (None, five, three)), None)
        five, three = five or other, three or other
    problems = [remark("molecule_not_stated")]
    if five is None or three is None:
        problems.append(remark("partner_not_stated"))
    return Statement(
        line=line,
        first=SideStatement(gene=five),
        second=SideStatement(gene=three),
        ordered=ordered,
        molecule="dna",
        fields=kept(
            ("variantDescription", _phrase(_text(values, "variantDescription"))),
            ("fusionType", _phrase(_text(values, "fusionType"))),
            ("allelicFraction", number(_text(values, "allelicFraction"), "allelicFraction")),
        ),
        problems=tuple(problems),
    )


def _phrase(value: str | None) -> str | None:
    """A phrase of the closed list, ``other`` for another one."""
    return one_word_of(None if value is None else value.casefold(), _PHRASES)


def _text(values: dict[str, object], key: str) -> str | None:
    return as_text(values.get(key), key)


FORMAT: Final = CallerFormat(
    name="tempus",
    title="Tempus, JSON report",
    versions="to 2, and 3.3 or later",
    files=("*.json",),
    tells=Tells(
        order="sometimes",
        position="none",
        strand=False,
        split_reads=False,
        discordant_pairs=False,
        reading_frame=False,
    ),
    seen_on_real_file=False,
    expects="JSON with genomicVariants, or with fusionVariants of Tempus",
    recognise=recognise,
    read=read,
)
"""Tempus."""
