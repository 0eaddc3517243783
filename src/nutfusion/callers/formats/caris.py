"""Caris Life Sciences report, XML or JSON: translocations.

Source: HuntsmanCancerInstitute/USeq, caris/Translocation.java (XML); lifeomic phc-ingestion,
ingestion/caris/structural.py (JSON of the same names). No public report was at hand.

==================================  ============================================================
translocation                       nutfusion
==================================  ============================================================
gene1, gene2                        5' and 3' gene, as fusionISOForm ``A:B``
genomicBreakpoint                   junction ``chr2:1:+/chr2:2:-``: 1-based exon bases and strands
                                    of the transcript
exon1, exon2, transcriptID1, 2      as stated
result, result_group                ``... Not Detected``, ``Normal``, ``wild type``: not seen;
                                    ``No Result``, ``indeterminate``: not assessed; else seen
gene or biomarkerName               the gene looked for, where gene1 and gene2 are missing
genomeBuild                         kept; hg19 and hg38 stand in one report and positions of hg19
                                    under "hg38", so the coordinates decide
==================================  ============================================================

Order: always stated. ``resultCount`` counts results, not reads. The interpretation is free text and
not kept; the report holds the patient's name and birth date, at which nothing looks.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from nutfusion.callers.reports import (
    NOT_SHOWN,
    exon_label,
    genes,
    kept,
    one_word_of,
    record_statements,
    site,
    transcript_name,
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
from nutfusion.callers.structured import as_dict, as_text, json_value, xml_root
from nutfusion.model.remarks import remark
from nutfusion.model.terms import SourceSays

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nutfusion.callers.text import CallerText, Head

_XML: Final = re.compile(r"<(?:\w+:)?translocation\b|<(?:\w+:)?fusionISOForm\b")
_JSON: Final = re.compile(r'"translocation"\s*:|"fusionISOForm"\s*:')
_CARIS: Final = re.compile(r"caris|testMethodology|platformTechnology", re.IGNORECASE)
_GROUPS: Final = {
    "normal": SourceSays.NOT_SEEN,
    "wild type": SourceSays.NOT_SEEN,
    "no result": SourceSays.NOT_ASSESSED,
    "indeterminate": SourceSays.NOT_ASSESSED,
}
_RESULTS: Final = (
    "Fusion Detected",
    "Fusion Not Detected",
    "Pathogenic Fusion",
    "Likely Pathogenic Fusion",
    "Fusion of Uncertain Significance",
    "Pathogenic Isoform",
    "Likely Pathogenic Isoform",
    "Indeterminate",
)
_BUILDS: Final = ("GRCh37/hg19", "GRCh38/hg38", "hg19", "hg38", "GRCh37", "GRCh38")


def recognise(head: Head) -> Recognised | None:
    """By the names of elements or keys."""
    start = head.text.lstrip()[:1]
    if start == "<" and _XML.search(head.text):
        return Recognised("XML", "XML with translocation and fusionISOForm")
    if start in ("{", "[") and _JSON.search(head.text) and _CARIS.search(head.text):
        return Recognised("JSON", "JSON with translocation and platformTechnology")
    return None


def read(text: CallerText, recognised: Recognised) -> CallerReport:
    """Read every translocation, also those not detected."""
    records = _of_xml(text) if recognised.version == "XML" else _of_json(text)
    note = remark("silence_depends_on_captured_genes")
    return record_statements(records, _statement, notes=(note,))


def _of_xml(text: CallerText) -> Iterator[object]:
    for element in xml_root(text).iter():
        if isinstance(element.tag, str) and element.tag.rpartition("}")[2] == "translocation":
            yield {
                child.tag.rpartition("}")[2]: child.text
                for child in element
                if isinstance(child.tag, str)
            }


def _of_json(text: CallerText) -> Iterator[object]:
    waiting: list[object] = [json_value(text)]
    while waiting:
        value = waiting.pop()
        if isinstance(value, list):
            waiting += reversed(value)
        elif isinstance(value, dict):
            found = value.get("translocation")
            if found is not None:
                yield from found if isinstance(found, list) else [found]
            waiting += [v for k, v in reversed(list(value.items())) if k != "translocation"]


def _statement(line: int, record: object) -> Statement:
    values = as_dict(record, "translocation")
    first, second = (genes(_text(values, key), key) for key in ("gene1", "gene2"))
    problems: list[str] = []
    if first is None and second is None:
        first = genes(_text(values, "gene") or _text(values, "biomarkerName"), "gene")
        problems.append(remark("partner_not_stated"))
    places = _places(_text(values, "genomicBreakpoint"))
    sides = []
    for index, gene in enumerate((first, second)):
        contig, position, strand = site(places[index], "genomicBreakpoint")
        sides.append(
            SideStatement(
                gene=gene,
                contig=contig,
                position=position,
                strand=strand,
                transcript=transcript_name(_text(values, f"transcriptID{index + 1}")),
                exon=exon_label(_text(values, f"exon{index + 1}")),
            )
        )
    result = _text(values, "result")
    return Statement(
        line=line,
        first=sides[0],
        second=sides[1],
        ordered=first is not None and second is not None,
        says=_says(result, _text(values, "result_group")),
        fields=kept(
            ("result", one_word_of(result, _RESULTS)),
            ("genomeBuild", one_word_of(_text(values, "genomeBuild"), _BUILDS)),
        ),
        problems=tuple(problems),
    )


def _places(text: str | None) -> tuple[str | None, str | None]:
    if text is None:
        return None, None
    parts = text.split("/")
    if len(parts) != 2:
        raise RowError(f"expected genomicBreakpoint as two places, found {NOT_SHOWN}")
    return parts[0].strip(), parts[1].strip()


def _says(result: str | None, group: str | None) -> SourceSays:
    said = _GROUPS.get((group or "").casefold())
    if said is not None:
        return said
    plain = (result or "").casefold()
    if "not detected" in plain:
        return SourceSays.NOT_SEEN
    return SourceSays.NOT_ASSESSED if plain == "indeterminate" else SourceSays.SEEN


def _text(values: dict[str, object], key: str) -> str | None:
    return as_text(values.get(key), key)


FORMAT: Final = CallerFormat(
    name="caris",
    title="Caris Life Sciences, XML or JSON report",
    versions="XML and JSON",
    files=("*.xml", "*.json"),
    tells=Tells(
        order="always",
        position="junction",
        strand=True,
        split_reads=False,
        discordant_pairs=False,
        reading_frame=False,
        not_seen=True,
    ),
    seen_on_real_file=False,
    expects="XML with translocation elements, or JSON with translocation and platformTechnology",
    recognise=recognise,
    read=read,
)
"""Caris."""
