"""The base of every record that passes between stages."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Record(BaseModel):
    """A frozen record: equal by value, hashable, and strict about unknown keys.

    Collections are tuples, so that a record can be shared between stages without copies.
    """

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        use_enum_values=False,
        json_schema_serialization_defaults_required=True,
    )
