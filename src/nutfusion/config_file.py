"""YAML files that people write: read whole, complained about with file, line and key."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from nutfusion.errors import ConfigError

if TYPE_CHECKING:
    from pathlib import Path

    from pydantic import ValidationError


def read_config(path: Path) -> dict[str, Any]:
    """Read a YAML mapping and add ``digest``, the sha256 of the file's bytes (hexadecimal).

    Raises:
        ConfigError: The file cannot be read, is not UTF-8 YAML, sets a key twice, is not a
            mapping, or sets ``digest`` itself.
    """
    import yaml

    from nutfusion.yaml_once import OnceLoader

    try:
        content = path.read_bytes()
    except OSError as error:
        raise ConfigError(f"cannot be read: {error.strerror}", path=path) from error
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
    """Restate what pydantic found as one message that names every key concerned."""
    parts = []
    for found in error.errors():
        key = ".".join(str(step) for step in found["loc"]) or "file"
        match found["type"]:
            case "extra_forbidden":
                parts.append(f"key {key}: is not known")
            case "missing":
                parts.append(f"key {key}: is missing")
            case _:
                parts.append(f"key {key}: {found['msg']}, found {found['input']!r}")
    return ConfigError("; ".join(parts), path=path)
