"""YAML files that people write: read whole, complained about with file, line and key."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Any, Final

from nutfusion.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from pydantic import ValidationError
    from pydantic_core import ErrorDetails

_FORM: Final = re.compile(r"(?:tuple|literal|list|function-\w+)\[")
"""How pydantic names one form of a value that may have several."""


LARGEST: Final = 1 << 20
"""Bytes of a file that people write (chosen by us); the largest that is shipped has 10 thousand."""


def read_config(path: Path) -> dict[str, Any]:
    """Read a YAML mapping and add ``digest``, the sha256 of the file's bytes (hexadecimal).

    Raises:
        ConfigError: The file cannot be read, is too large, is not UTF-8 YAML, sets a key twice, is
            not a mapping, or sets ``digest`` itself.
    """
    import yaml

    from nutfusion.yaml_once import OnceLoader

    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        raise ConfigError(f"cannot be read: {error.strerror}", path=path) from error
    if len(content) > LARGEST:
        raise ConfigError(
            f"expected a configuration of at most {LARGEST} bytes, found a larger file", path=path
        )
    try:
        values = yaml.load(content, Loader=OnceLoader)  # noqa: S506 - a SafeLoader
    except yaml.MarkedYAMLError as error:
        line = None if error.problem_mark is None else error.problem_mark.line + 1
        raise ConfigError(f"not YAML: {error.problem}", path=path, line=line) from error
    except yaml.YAMLError as error:
        raise ConfigError(f"not YAML: {error}", path=path) from error
    except RecursionError as error:
        raise ConfigError("not a configuration: nested too deeply", path=path) from error
    except ValueError as error:  # a date that no calendar has, a number of thousands of digits
        raise ConfigError(f"not a value: {error}; put text in quotes", path=path) from error
    if not isinstance(values, dict):
        raise ConfigError("expected a mapping of keys to values", path=path)
    if "digest" in values:
        raise ConfigError("key digest: is computed from the file and cannot be set", path=path)
    return {str(key): value for key, value in values.items()} | {
        "digest": hashlib.sha256(content).hexdigest()
    }


def config_error(error: ValidationError, path: Path) -> ConfigError:
    """Restate what pydantic found as one message that names every key concerned.

    Of a YAML file the error carries the line of the first key, and the message those of the others.
    """
    found = [(_keys(each["loc"]), each) for each in error.errors(include_url=False)]
    has_lines = path.suffix in (".yaml", ".yml")
    parts: list[str] = []
    first: int | None = None
    for keys, each in found:
        if each["type"] == "literal_error" and any(
            other is not each and other_keys[: len(keys)] == keys for other_keys, other in found
        ):
            continue  # what one form of a value is not, where another form says what is wrong
        line = _line(path, keys) if has_lines else None
        if parts and line is not None:
            parts.append(f"line {line}: {_said(keys, each)}")
        else:
            parts.append(_said(keys, each))
            first = line
    return ConfigError("; ".join(parts), path=path, line=first)


def _keys(steps: Iterable[int | str]) -> tuple[int | str, ...]:
    """Where an error lies in the file, without pydantic's names of the forms of a value."""
    return tuple(step for step in steps if not _FORM.match(str(step)))


def _said(keys: tuple[int | str, ...], error: ErrorDetails) -> str:
    key = ".".join(str(step) for step in keys) or "file"
    match error["type"]:
        case "extra_forbidden":
            return f"key {key}: is not known"
        case "missing":
            return f"key {key}: is missing"
        case _:
            pass
    if isinstance(error["input"], dict | list):
        return f"key {key}: {error['msg']}"
    return f"key {key}: {error['msg']}, found {error['input']!r}"


def _line(path: Path, keys: tuple[int | str, ...]) -> int | None:
    """Line (from 1) of a key in a YAML file, or of the nearest one above it that is there.

    One way down is walked and no more: aliases of aliases are a tree that no memory holds.
    """
    import yaml

    node = yaml.compose(path.read_bytes(), Loader=yaml.SafeLoader)
    line = None
    for step in keys:
        if isinstance(node, yaml.MappingNode):
            inside = {key.value: (key, value) for key, value in node.value}
        elif isinstance(node, yaml.SequenceNode):
            inside = {number: (item, item) for number, item in enumerate(node.value)}
        else:
            break
        if step not in inside:
            break
        marked, node = inside[step]
        line = marked.start_mark.line + 1
    return line
