"""What the board should know of a fusion, on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nutfusion.dossier.pdf_blocks import cell, points, run
from nutfusion.dossier.pdf_svg import sign
from nutfusion.dossier.shapes import SHAPES

if TYPE_CHECKING:
    from nutfusion.dossier.messages import Phrases
    from nutfusion.dossier.page import FusionView
    from nutfusion.dossier.pdf_blocks import Block, Cell, Run
    from nutfusion.model.annotated import ExonLabel
    from nutfusion.model.gene import GeneRef
    from nutfusion.model.junction import Junction, JunctionEnd


def first(words: str) -> str:
    """Words with their first letter upper case."""
    return f"{words[:1].upper()}{words[1:]}"


def key_points(fusion: FusionView, t: Phrases, *, is_short: bool = False) -> Block:
    """What the board should know of a fusion."""
    f = fusion.data
    rows: list[tuple[str, Cell]] = [
        (t.ui("partner"), _partner(fusion, t)),
        (t.ui("junction"), _junction(fusion, t)),
        (t.ui("coordinates"), _coordinates(fusion, t)),
        (t.ui("frame"), cell(_frame(fusion, t))),
    ]
    if fusion.partner_sequence and not is_short:
        name = t.ui("partner_sequence", n=len(fusion.partner_sequence))
        rows.insert(1, (name, cell(run(fusion.partner_sequence, "code"))))
    rows.append((t.ui("domains"), _domains(fusion, t)))
    if not is_short:
        for label, key in (
            (t.ui("prognosis"), fusion.prognosis),
            (t.ui("context"), fusion.context),
        ):
            if key is not None:
                rows.append((label, cell(t.ui(key))))
        rows.append((t.ui("detection"), cell(fusion.detection)))
        if f.synonyms:
            rows.append(
                (t.ui("other_names"), cell(*(run(name, "code") for name in f.synonyms[:2])))
            )
    rows.append((t.ui("fusion_identifier"), cell(run(f.fusion_id, "code"))))
    return points(rows)


def _partner(fusion: FusionView, t: Phrases) -> Cell:
    f = fusion.data
    if fusion.partner is None:
        said: list[Run] = [run(t.ui("partner_unidentified"), "strong")]
        if f.partner_hint is not None:
            said.append(run(f", {t.ui('partner_looks_like', hint=t.reason(f.partner_hint))}"))
    else:
        said = [run(fusion.partner.symbol, "strong")]
        if fusion.partner.hgnc_id is not None:
            said.append(run(f" {fusion.partner.hgnc_id}", "soft"))
        said.append(run(f", {t.term('partner_class', f.partner_class)}"))
        if fusion.is_candidate:
            said.append(run(f" ({t.ui('partner_candidate')})", "strong"))
        if not f.partner_class_verified:
            said += [run(" "), run(t.ui("unverified"), "mark")]
    through = f"{t.semicolon}{t.ui('read_through')}" if f.is_read_through else ""
    said.append(run(f"{t.semicolon}{t.ui(fusion.orientation)}{through}"))
    paragraphs: list[list[Run]] = [said]
    if f.partner_class_source is not None:
        language = "en" if t.is_english(f.partner_class_source) else t.language.value
        paragraphs.append(
            [
                run(f"{t.ui('source')}{t.colon}", "small"),
                run(t.value(f.partner_class_source), "small", language=language),
            ]
        )
    return cell(*paragraphs)


def _junction(fusion: FusionView, t: Phrases) -> Cell:
    f = fusion.data
    ends = [
        *_exon(f.five_prime_gene, f.exons.five_prime, t),
        run(" :: ", "strong"),
        *_exon(f.three_prime_gene, f.exons.three_prime, t),
    ]
    return cell(ends, f"{t.ui(fusion.exactness)}{_between(f.junction, t)}")


def _exon(gene: GeneRef | None, exon: ExonLabel | None, t: Phrases) -> list[Run]:
    if gene is None:
        return [run(t.ui("partner_unidentified"))]
    if exon is None:
        return [run(f"{gene.symbol}, {t.ui('no_exon')}")]
    where = t.ui("exon_boundary") if exon.boundary else t.ui("inside_exon")
    return [
        run(t.ui("exon_of", gene=gene.symbol, exon=exon.exon), "strong"),
        run(f" {exon.transcript}, {where}", "soft"),
    ]


def _between(joined: Junction, t: Phrases) -> str:
    said = "" if joined.homology is None else f"{t.semicolon}{t.ui('homology', n=joined.homology)}"
    if joined.linker_sequence is None:
        return said
    linker = f"{t.ui('linker')}{t.colon}{joined.linker_sequence}"
    return f"{said}{t.semicolon}{linker if joined.linker_sequence else t.ui('no_linker')}"


def _place(end: JunctionEnd | None, t: Phrases) -> str:
    if end is None or end.contig is None:
        return t.ui("not_placed")
    strand = "" if end.strand is None else f" ({'−' if end.strand.value == '-' else '+'})"
    if end.position is not None:
        return f"{end.contig}:{end.position}{strand}"
    if end.position_range is None:
        return f"{end.contig}, {t.ui('position_unknown')}"
    low, high = end.position_range
    return f"{end.contig}:{low if low == high else f'{low}–{high}'}{strand}"


def _coordinates(fusion: FusionView, t: Phrases) -> Cell:
    f = fusion.data

    def line(name: str, places: tuple[str, str], mark: str = "") -> list[Run]:
        said = [run(f"{name}{t.colon}"), run(f"{places[0]} :: {places[1]} ", "code")]
        return [*said, run(mark, "mark")] if mark else said

    ends = (_place(f.junction.five_prime, t), _place(f.junction.three_prime, t))
    lines = [line("GRCh38", ends)]
    for assembly, lifted in f.lifted.items():
        shown = []
        for end, position in (
            (f.junction.five_prime, lifted.five_prime),
            (f.junction.three_prime, lifted.three_prime),
        ):
            contig = f"{end.contig}:" if end is not None and end.contig is not None else ""
            shown.append(t.ui("unknown") if position is None else f"{contig}{position}")
        is_open = False in (lifted.five_prime_verified, lifted.three_prime_verified)
        mark = t.ui("unverified") if is_open else ""
        lines.append(line(assembly, (shown[0], shown[1]), mark))
    if f.genomic_breakpoint is not None:
        broken = f.genomic_breakpoint
        ends = (_place(broken.five_prime, t), _place(broken.three_prime, t))
        lines.append(line(t.ui("dna_break"), ends))
    unknown = (
        "genomic_breakpoint_unknown"
        if f.fusion_detection.value == "observed"
        else "genomic_breakpoint_not_given"
    )
    note = "" if f.genomic_breakpoint is not None else f" {t.ui(unknown)}"
    return cell(*lines, run(f"{first(t.ui('one_based'))}.{note}", "small"))


def _frame(fusion: FusionView, t: Phrases) -> str:
    f = fusion.data
    said = t.term("reading_frame", f.reading_frame)
    if f.protein_length is not None:
        said += f"{t.semicolon}{t.ui('protein_residues', n=f.protein_length)}"
    if f.reading_frame_reason is not None:
        said += f"{t.semicolon}{t.reason(f.reading_frame_reason)}"
    return said


def _domains(fusion: FusionView, t: Phrases) -> Cell:
    if not fusion.domains:
        return cell(t.ui("domains_none"))
    said: list[Run] = []
    for domain in fusion.domains:
        said.append(run(f"{domain.fate} ", sign=sign(SHAPES[domain.data.status.value])))
        said.append(run(domain.name, "strong"))
        said.append(run(f" ({domain.data.gene}) "))
        if not domain.data.verified:
            said.append(run(t.ui("unverified"), "mark"))
        said.append(run("  "))
    if not fusion.unverified:
        return cell(said)
    return cell(said, run(t.ui("domains_unverified_note"), "small"))
