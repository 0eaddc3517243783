"""The drawing shows what is kept where it lies, to scale, and says it in words."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from tests import builders as shared
from tests.dossier import builders
from tests.dossier.cases import CASES

from nutfusion.dossier.figure import WIDTH, fusion_figure
from nutfusion.dossier.figure_layout import exon_spans, sides
from nutfusion.dossier.messages import Language, phrases

if TYPE_CHECKING:
    from nutfusion.dossier.figure import Figure
    from nutfusion.model.dossier import DossierFusion


def _fusion(name: str) -> DossierFusion:
    return builders.dossier(CASES[name]).fusions[0]


def _figure(name: str, language: Language = Language.EN) -> Figure:
    return fusion_figure(_fusion(name), builders.panel(), phrases(language), "u")


def _rects(figure: Figure, css: str) -> list[dict[str, float]]:
    root = ET.fromstring(str(figure.svg))
    return [
        {key: float(element.attrib[key]) for key in ("x", "y", "width", "height")}
        for element in root.iter("rect")
        if "x" in element.attrib
        and set(css.split()) <= set(element.attrib.get("class", "").split())
    ]


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("language", list(Language))
def test_every_shape_of_fusion_is_drawn_inside_the_frame(name: str, language: Language) -> None:
    figure = _figure(name, language)
    root = ET.fromstring(str(figure.svg))
    height = float(root.attrib["viewBox"].split()[3])
    assert root.attrib["role"] == "img"
    title, desc = root.find("title"), root.find("desc")
    assert title is not None
    assert desc is not None
    assert root.attrib["aria-labelledby"] == f"{title.attrib['id']} {desc.attrib['id']}"
    assert desc.text == " ".join(figure.words)
    for rect in _rects(figure, ""):
        assert rect["x"] >= 0
        assert rect["x"] + rect["width"] <= WIDTH + 0.2
        assert rect["y"] + rect["height"] <= height


def test_kept_exons_of_both_genes_meet_at_one_line() -> None:
    figure = _figure("canonical")
    partner = _rects(figure, "fig-exon fig-kept fig-partner")
    nutm1 = _rects(figure, "fig-exon fig-kept fig-nut")
    joint = max(rect["x"] + rect["width"] for rect in partner)
    assert min(rect["x"] for rect in nutm1) == pytest.approx(joint, abs=0.2)
    line = re.search(r'<line x1="([\d.]+)" [^>]*class="fig-joint"', str(figure.svg))
    assert line is not None
    assert float(line[1]) == pytest.approx(joint, abs=0.2)


def test_exons_are_drawn_at_one_scale() -> None:
    five, three = sides(_fusion("canonical"), builders.panel())
    figure = _figure("canonical")
    assert three.transcript is not None
    exon_3 = next(span for span in three.exons if span.number == 3)
    first = min(_rects(figure, "fig-exon fig-kept fig-nut"), key=lambda rect: rect["x"])
    scale = first["width"] / (exon_3.end - exon_3.start)
    exon_11 = next(span for span in five.exons if span.number == 11)
    last = max(_rects(figure, "fig-exon fig-kept fig-partner"), key=lambda rect: rect["x"])
    assert last["width"] == pytest.approx(scale * (exon_11.end - exon_11.start), abs=0.2)


def test_exon_spans_follow_the_transcript_on_both_strands() -> None:
    for symbol, bases in (("BRD4", 2442), ("NUTM1", 482)):
        mane = builders.panel().mane(symbol)
        assert mane is not None
        spans = exon_spans(mane)
        assert spans[0].start == 0
        assert all(a.end == b.start for a, b in pairwise(spans))
        assert bases in {span.end for span in spans}
        assert sum(s.cds_end - s.cds_start for s in spans) == 3 * ((mane.protein_length or 0) + 1)


@pytest.mark.parametrize(
    ("name", "low", "high", "exon", "at_edge"),
    [
        ("canonical", 2442, 2442, 11, True),
        ("inside an exon", 2432, 2432, 11, False),
        ("in an intron", 2442, 2442, None, False),
        ("bounded", 2036, 2442, None, False),
    ],
)
def test_joint_lies_where_the_position_says(
    name: str, low: int, high: int, exon: int | None, *, at_edge: bool
) -> None:
    cut = sides(_fusion(name), builders.panel())[0].cut
    assert cut is not None
    assert (cut.low, cut.high, cut.exon, cut.at_edge) == (low, high, exon, at_edge)


def test_bounded_joint_is_drawn_as_a_range_and_said_so() -> None:
    figure = _figure("bounded")
    assert figure.has_range
    assert _rects(figure, "fig-exon fig-range")
    assert any("range" in sentence for sentence in figure.words)
    assert not _rects(figure, "fig-protein")


def test_unknown_partner_is_a_block_with_a_question_mark_and_its_length() -> None:
    call = builders.call(
        five_prime_gene=None,
        junction=builders.junction(exact=False, five_prime=None),
        consensus_junction_offset=62,
    )
    fusion = builders.dossier(call).fusions[0]
    figure = fusion_figure(fusion, builders.panel(), phrases(Language.FR), "u")
    assert _rects(figure, "fig-unknown")
    assert ">?</text>" in str(figure.svg)
    assert "62 bases lues" in figure.words[0]


def test_protein_is_drawn_in_frame_only() -> None:
    assert _rects(_figure("canonical"), "fig-protein")
    assert ">719</text>" in str(_figure("canonical").svg)
    figure = _figure("out of frame")
    assert not _rects(figure, "fig-protein")
    assert "not predicted (out of frame)" in str(figure.svg)


def test_unverified_domains_are_marked_in_the_drawing_and_in_words() -> None:
    figure = _figure("canonical")
    assert figure.has_unverified
    assert "BD1*" in str(figure.svg)
    assert any("unverified" in sentence for sentence in figure.words)


def test_lost_domains_are_named_as_lost() -> None:
    call = shared.partner_call("BRD4", 4)
    figure = fusion_figure(
        builders.dossier(call).fusions[0], builders.panel(), phrases(Language.FR), "u"
    )
    assert any("domaines perdus" in s.lower() and "BD2" in s for s in figure.words)
    assert "BD2* (perdu)" in str(figure.svg)


def test_symbols_from_outside_are_escaped() -> None:
    gene = builders.BRD4.model_copy(update={"symbol": "<script>x</script>"})
    fusion = _fusion("canonical").model_copy(update={"five_prime_gene": gene, "name": "<b>::&"})
    figure = fusion_figure(fusion, builders.panel(), phrases(Language.FR), "u")
    assert "<script>" not in str(figure.svg)
    assert "<b>" not in str(figure.svg)
    ET.fromstring(str(figure.svg))


def test_names_below_the_protein_do_not_lie_on_each_other() -> None:
    # NSD3: the ET-binding region and PWWP1 are closer together than their names are long
    fusion = builders.dossier(CASES["many exons"]).fusions[0]
    svg = str(fusion_figure(fusion, builders.panel(), phrases(Language.FR), "f").svg)
    found = re.findall(r'<text x="([\d.]+)" y="([\d.]+)" class="fig-domain-name"[^>]*>([^<]*)', svg)
    lowest = {name: float(y) for _, y, name in found}  # the protein is drawn last
    assert lowest["PWWP1*"] != lowest["région de liaison à ET"]
    height = int(re.findall(r'viewBox="0 0 \d+ (\d+)"', svg)[0])
    assert max(lowest.values()) <= height


@pytest.mark.parametrize("name", CASES)
def test_the_joint_s_line_crosses_no_label_and_no_number(name: str) -> None:
    root = ET.fromstring(str(_figure(name).svg))
    lines = [e.attrib for e in root.iter("line") if e.attrib.get("class") == "fig-joint"]
    labels = [e for e in root.iter("text") if "fig-label" in e.attrib["class"]][:3]
    (x,) = {float(line["x1"]) for line in lines}
    for label in labels:
        if float(label.attrib["x"]) + 8 * len(label.text or "") > x:
            y = float(label.attrib["y"])
            assert not [at for at in lines if float(at["y1"]) < y < float(at["y2"])]
    if _fusion(name).junction.exact:
        for number in (e for e in root.iter("text") if "fig-number" in e.attrib["class"]):
            half = 3.3 * len(number.text or "")
            assert abs(float(number.attrib["x"]) - x) > half, number.text
