"""Arrow schemas derived from records, so that a table has one definition: the record's."""

from __future__ import annotations

import types
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, Literal, Union, get_args, get_origin

from nutfusion.model.base import Record

if TYPE_CHECKING:
    import pyarrow as pa

_SCALARS: Final = {bool: "bool", int: "int64", float: "double", str: "string"}
"""Arrow type names of plain Python types."""


def arrow_schema(kind: type[Record]) -> pa.Schema:
    """Lay a record out as columns, one per field, in the order of the fields.

    Args:
        kind: A record type whose fields are scalars, closed vocabularies, records, tuples of
            these, or any of them or ``None``.

    Returns:
        A column is nullable exactly when its field may be ``None``. Records become structs,
        tuples become lists, enumerations become strings.

    Raises:
        TypeError: A field has a type that has no column form.
    """
    import pyarrow as pa

    return pa.schema(_fields(kind))


def _fields(kind: type[Record]) -> list[pa.Field]:
    import pyarrow as pa

    fields = []
    for name, info in kind.model_fields.items():
        nullable, annotation = _without_none(info.annotation)
        fields.append(pa.field(name, _arrow_type(annotation), nullable=nullable))
    return fields


def _without_none(annotation: Any) -> tuple[bool, Any]:
    """Whether ``None`` is allowed, and what else is."""
    if get_origin(annotation) in (Union, types.UnionType):
        rest = [part for part in get_args(annotation) if part is not types.NoneType]
        if len(rest) == 1:
            return True, rest[0]
    return False, annotation


def _arrow_type(annotation: Any) -> pa.DataType:
    import pyarrow as pa

    origin = get_origin(annotation)
    if origin is tuple:
        items = tuple(part for part in get_args(annotation) if part is not Ellipsis)
        if len(set(items)) == 1:
            nullable, item = _without_none(items[0])
            return pa.list_(pa.field("item", _arrow_type(item), nullable=nullable))
    elif origin is Literal:
        kinds = {type(value) for value in get_args(annotation)}
        if len(kinds) == 1:
            return _arrow_type(kinds.pop())
    elif isinstance(annotation, type):
        if issubclass(annotation, Record):
            return pa.struct(_fields(annotation))
        if issubclass(annotation, StrEnum):
            return pa.string()
        if annotation in _SCALARS:
            return pa.type_for_alias(_SCALARS[annotation])
    raise TypeError(f"no column form for {annotation!r}")
