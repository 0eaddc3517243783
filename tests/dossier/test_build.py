"""A scored sample becomes a dossier, and nothing gets lost on the way."""

from __future__ import annotations

import pytest
from tests.dossier import builders

from nutfusion import __version__
from nutfusion.dossier.build import build_dossier
from nutfusion.errors import StageFileError


def test_every_fusion_of_the_scored_sample_is_in_the_dossier() -> None:
    scored = builders.scored(builders.call(), builders.call(fusion_id="nf1.other"))
    dossier = build_dossier(scored, builders.sample(), builders.policy(), panel_label="p")
    assert [f.fusion_id for f in dossier.fusions] == [
        f.annotated.call.fusion_id for f in scored.fusions
    ]
    assert dossier.molecular_state is scored.molecular_state
    assert dossier.state_reasons == scored.state_reasons
    assert dossier.qc.criteria == scored.quality


def test_fusion_keeps_call_annotation_and_score() -> None:
    fusion = builders.dossier(builders.call()).fusions[0]
    assert fusion.name == "BRD4::NUTM1"
    assert fusion.junction == builders.junction()
    assert fusion.lifted["GRCh37"].five_prime == 15364963
    assert fusion.lifted["GRCh37"].three_prime == 34640170
    assert fusion.protein_length == 1846
    assert fusion.genomic_breakpoint is None
    assert [domain.name for domain in fusion.domains] == ["BD1", "BD2", "ET", "AD1/F1c"]


def test_provenance_names_version_panel_and_assay_with_their_digests() -> None:
    scored = builders.scored()
    dossier = build_dossier(scored, builders.sample(), builders.policy(), panel_label="starter")
    assert dossier.provenance.nutfusion == __version__
    assert dossier.provenance.panel == f"starter@{scored.panel_digest}"
    assert dossier.provenance.assay == (
        f"{scored.assay}@{scored.assay_version}@{scored.assay_digest}"
    )


def test_run_level_is_null_with_the_reason() -> None:
    facts, policy = builders.sample(), builders.policy()
    told = build_dossier(builders.scored(), facts, policy, panel_label="p")
    assert told.run_level is None
    assert told.run_level_reason == "run_level_not_assessed"


def test_facts_of_another_sample_are_refused() -> None:
    with pytest.raises(StageFileError, match=r"sample 'S1'.*'S2'"):
        build_dossier(
            builders.scored(), builders.sample(id="S2"), builders.policy(), panel_label="p"
        )
