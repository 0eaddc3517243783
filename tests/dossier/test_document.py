"""``dossier.json``: the contract's keys, the same bytes, and clear refusals."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from tests.dossier import builders

from nutfusion.dossier.document import dossier_json, read_dossier
from nutfusion.errors import StageFileError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from nutfusion.model.dossier import Dossier

TOP = {
    "tag",
    "schema_version",
    "sample",
    "molecular_state",
    "state_reasons",
    "fusions",
    "policy",
    "detectability",
    "qc",
    "run_level",
    "reviews",
    "provenance",
}
FUSION = {
    "fusion_id",
    "name",
    "synonyms",
    "fusion_detection",
    "state",
    "five_prime_gene",
    "three_prime_gene",
    "partner_class",
    "junction",
    "genomic_breakpoint",
    "lifted",
    "exons",
    "reading_frame",
    "protein_length",
    "domains",
    "support",
    "consensus_sequence",
    "consensus_junction_offset",
    "score",
    "criteria",
}
"""Keys that other programs rely on; ours come on top."""


def _document(dossier: Dossier) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(dossier_json(dossier))
    return document


def test_contract_keys_are_there_with_and_without_fusions(examples: Mapping[str, Dossier]) -> None:
    for dossier in examples.values():
        document = _document(dossier)
        assert set(document) >= TOP
        assert document["tag"] == "nutfusion dossier"
        assert document["schema_version"] == [1, 4]
        assert document["reviews"] == []
        assert document["run_level"] is None
        for fusion in document["fusions"]:
            assert set(fusion) >= FUSION
            assert set(fusion["lifted"]["GRCh37"]) >= {"five_prime", "three_prime"}
            assert set(fusion["support"]) >= {
                "split_reads",
                "discordant_pairs",
                "distinct_starts",
                "sources",
            }


def test_canonical_fusion_reads_as_the_contract_shows_it() -> None:
    fusion = _document(builders.dossier(builders.call()))["fusions"][0]
    assert fusion["junction"] == {
        "exact": True,
        "five_prime": {
            "assembly": "GRCh38",
            "contig": "chr19",
            "position": 15254152,
            "position_range": None,
            "strand": "-",
        },
        "three_prime": {
            "assembly": "GRCh38",
            "contig": "chr15",
            "position": 34347969,
            "position_range": None,
            "strand": "+",
        },
        "homology": 0,
        "linker_sequence": "",
    }
    assert fusion["lifted"] == {
        "GRCh37": {
            "five_prime": 15364963,
            "three_prime": 34640170,
            "five_prime_verified": True,
            "three_prime_verified": True,
        }
    }
    assert fusion["exons"]["five_prime"] == {
        "transcript": "ENST00000679869.1",
        "exon": 11,
        "boundary": True,
    }
    assert fusion["reading_frame"] == "in-frame"
    assert fusion["five_prime_gene"] == {"symbol": "BRD4", "hgnc_id": "HGNC:13575"}
    assert fusion["score"] > 0


def test_same_dossier_gives_the_same_bytes_and_one_newline_at_the_end() -> None:
    first, second = (dossier_json(builders.dossier(builders.call())) for _ in range(2))
    assert first == second
    assert first.endswith("}\n")
    assert first.startswith('{\n  "tag": "nutfusion dossier",\n  "schema_version": [\n')


def test_accents_are_written_as_they_are() -> None:
    facts = builders.sample(id="S-é")
    assert "S-é" in dossier_json(builders.dossier(facts=facts, sample="S-é"))


def test_written_dossier_reads_back_equal(examples: Mapping[str, Dossier], tmp_path: Path) -> None:
    for name, dossier in examples.items():
        path = tmp_path / f"{name}.json"
        path.write_text(dossier_json(dossier), encoding="utf-8")
        assert read_dossier(path) == dossier


def _changed(change: Callable[[dict[str, Any]], object]) -> str:
    document = _document(builders.dossier(builders.call()))
    change(document)
    return json.dumps(document)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "not JSON"),
        ('{\n"tag": ', "not JSON"),
        ("[]", "expected a JSON object, found list"),
        ("{}", 'expected "tag": "nutfusion dossier", found None'),
        ("[" * 200_000, "nested too deeply"),
        ('{"tag": ' + "9" * 10_000 + "}", "Exceeds the limit"),
        ('{"tag": "x", "tag": "nutfusion dossier"}', "a key stands twice"),
        (_changed(lambda d: d.update(schema_version=[2, 0])), "schema version 2.0"),
        (_changed(lambda d: d.update(schema_version=[1, 5])), "reads 1.4: use the nutfusion"),
        (
            _changed(lambda d: d.update(schema_version=[1, 3])),
            "1.3; this nutfusion reads 1.4: make",
        ),
        (_changed(lambda d: d.update(schema_version="1.1")), "schema version '1.1'"),
        (_changed(lambda d: d.pop("sample")), "sample: Field required"),
        (_changed(lambda d: d["fusions"][0].update(state="eligible")), "fusions.0.state"),
        (_changed(lambda d: d.update(surprise=1)), "surprise: Extra inputs"),
    ],
)
def test_what_is_not_a_dossier_is_refused_with_its_path(
    text: str, message: str, tmp_path: Path
) -> None:
    path = tmp_path / "dossier.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(StageFileError) as caught:
        read_dossier(path)
    assert message in str(caught.value)
    assert caught.value.path == str(path)


def test_broken_json_names_the_line(tmp_path: Path) -> None:
    path = tmp_path / "dossier.json"
    path.write_text('{\n  "tag": nutfusion\n}', encoding="utf-8")
    with pytest.raises(StageFileError) as caught:
        read_dossier(path)
    assert caught.value.line == 2


def test_missing_file_and_other_encodings_are_refused(tmp_path: Path) -> None:
    with pytest.raises(StageFileError, match="cannot be read"):
        read_dossier(tmp_path / "none.json")
    (tmp_path / "latin.json").write_bytes(b'{"tag": "\xe9"}')
    with pytest.raises(StageFileError, match="not UTF-8"):
        read_dossier(tmp_path / "latin.json")
