"""Stage files give back what was put in, and refuse everything else."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nutfusion.errors import StageFileError
from nutfusion.model.annotated import AnnotatedFusion, SampleAnnotated
from nutfusion.model.arrow import arrow_schema
from nutfusion.model.base import Record
from nutfusion.model.call import FusionCall, SampleCalls
from nutfusion.model.evidence import JunctionSupport, SampleEvidence
from nutfusion.model.scored import SampleScored
from nutfusion.model.source import Source
from nutfusion.model.stagefile import read_stage, write_stage

if TYPE_CHECKING:
    from pathlib import Path

STAGES = (SampleEvidence, SampleCalls, SampleAnnotated, SampleScored)
EMPTY = SampleCalls(sample="S1", calls=(), qc=None, inputs=(), panel_digest="d")

for scalar, strategy in (
    (int, st.integers(-(2**63), 2**63 - 1)),
    (float, st.floats(allow_nan=False, allow_infinity=False)),
    (str, st.text(max_size=8)),
):
    st.register_type_strategy(scalar, strategy)
# A source checks itself: what measured a number stands beside a measured one alone.
st.register_type_strategy(
    Source,
    st.builds(
        Source,
        kind=st.sampled_from(["published", "chosen"]),
        reference=st.text(min_size=1, max_size=8),
        date=st.dates(),
        command=st.none(),
    ),
)


@pytest.mark.parametrize("kind", STAGES)
def test_what_is_written_is_read_back(kind: type[Record], tmp_path: Path) -> None:
    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.data())
    def round_trip(data: st.DataObject) -> None:
        record = data.draw(st.builds(kind))
        write_stage(record, tmp_path / "stage")
        assert read_stage(kind, tmp_path / "stage") == record

    round_trip()


def test_the_same_record_gives_the_same_bytes(tmp_path: Path) -> None:
    write_stage(EMPTY, tmp_path / "a")
    write_stage(EMPTY, tmp_path / "b")
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_a_sample_without_calls_keeps_its_columns(tmp_path: Path) -> None:
    write_stage(EMPTY, tmp_path / "calls.parquet")
    assert pq.read_table(tmp_path / "calls.parquet").column_names == list(FusionCall.model_fields)
    assert read_stage(SampleCalls, tmp_path / "calls.parquet") == EMPTY


def test_unknown_counts_stay_null_and_are_not_zero(tmp_path: Path) -> None:
    support = arrow_schema(FusionCall).field("support").type
    split = support.field(support.get_field_index("split_reads"))
    assert split.nullable
    assert split.type == pa.int64()
    assert not arrow_schema(JunctionSupport).field("split_reads").nullable
    assert arrow_schema(AnnotatedFusion).field("call").type == pa.struct(
        list(arrow_schema(FusionCall))
    )


def test_a_field_without_a_column_form_is_an_error() -> None:
    class Odd(Record):
        values: dict[str, int]

    with pytest.raises(TypeError, match="no column form"):
        arrow_schema(Odd)


def test_the_file_of_another_stage_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "calls.parquet"
    write_stage(EMPTY, path)
    with pytest.raises(StageFileError) as caught:
        read_stage(SampleAnnotated, path)
    assert str(caught.value) == (
        f"{path}: expected SampleAnnotated, found SampleCalls;"
        " give this stage the output of the one before"
    )
    assert caught.value.path == str(path)


@pytest.mark.parametrize("kind", STAGES)
@pytest.mark.parametrize(
    "content", [b"", b"PAR1", b"{", b"[]", b"{}", b"\xff\xfe\x00", b'{"nutfusion": 3}']
)
def test_rubbish_is_refused(kind: type[Record], content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "stage"
    path.write_bytes(content)
    with pytest.raises(StageFileError, match=f"expected .*{kind.__name__}"):
        read_stage(kind, path)


@pytest.mark.parametrize("kind", STAGES)
def test_a_missing_file_is_refused(kind: type[Record], tmp_path: Path) -> None:
    with pytest.raises(StageFileError, match="found no file"):
        read_stage(kind, tmp_path / "missing")


def test_a_cut_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "calls.parquet"
    write_stage(EMPTY, path)
    path.write_bytes(path.read_bytes()[:-30])
    with pytest.raises(StageFileError, match="cut short"):
        read_stage(SampleCalls, path)


def test_the_table_of_another_program_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "calls.parquet"
    pq.write_table(pa.table({"a": [1]}), path)
    with pytest.raises(StageFileError, match="another program"):
        read_stage(SampleCalls, path)


@pytest.mark.parametrize(
    ("key", "value", "says"),
    [
        ("layout", 0, "expected layout 3 of SampleScored, found 0"),
        ("record", {}, "expected the fields of SampleScored, found Field required at sample"),
        ("record", None, "expected the fields of SampleScored"),
    ],
)
def test_an_altered_json_stage_is_refused(
    key: str, value: object, says: str, tmp_path: Path
) -> None:
    path = tmp_path / "scored.json"
    head = {"nutfusion": "SampleScored", "layout": 3, "record": {}}
    path.write_text(json.dumps({**head, key: value}))
    with pytest.raises(StageFileError, match=says):
        read_stage(SampleScored, path)


def test_a_table_with_other_columns_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "calls.parquet"
    write_stage(EMPTY, path)
    table = pq.read_table(path)
    pq.write_table(table.drop_columns(["support"]), path)
    with pytest.raises(StageFileError, match="expected the columns of SampleCalls"):
        read_stage(SampleCalls, path)
