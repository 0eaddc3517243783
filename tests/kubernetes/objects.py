"""What the API of Kubernetes would refuse in an object, after its own client's models.

Runs in the server's process, which has the client (``.venv/kubernetes``).
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from typing import Any, Final

import kubernetes.client
from kubernetes.utils.quantity import parse_quantity

_NAME: Final = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
"""RFC 1123 label: names of jobs, containers and volumes."""
_SUBDOMAIN: Final = re.compile(r"[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?")
_ENVIRONMENT: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_KEY: Final = re.compile(r"[A-Za-z0-9._-]{1,253}")
_RESOURCES: Final = {"cpu", "memory", "ephemeral-storage"}


class RefusedError(Exception):
    """What is wrong with an object."""


class _Answer:
    """What the client's deserializer takes: a response with a body."""

    def __init__(self, body: Any) -> None:
        self.data = json.dumps(body)


def read(body: Any, kind: str) -> Any:
    """A body as the client's model; refuses unknown fields, and required ones that are missing."""
    _known(body, kind, kind)
    try:
        return kubernetes.client.ApiClient().deserialize(_Answer(body), kind)
    except (ValueError, TypeError, AttributeError) as error:
        raise RefusedError(f"{kind}: {error}") from error


def _known(value: Any, kind: str, where: str) -> None:
    """Refuse fields that a kind does not have, and values of other types."""
    if hasattr(kubernetes.client, kind):
        _known_object(value, getattr(kubernetes.client, kind), where)
    elif kind.startswith("list["):
        _expect_type(value, "list", where)
        for number, item in enumerate(value):
            _known(item, kind[5:-1], f"{where}[{number}]")
    elif kind.startswith("dict("):
        _expect_type(value, "dict", where)
        for name, item in value.items():
            _known(item, kind[5:-1].split(", ")[1], f"{where}.{name}")
    elif kind in ("str", "int", "bool", "float"):
        _expect_type(value, kind, where)


def _known_object(value: Any, model: Any, where: str) -> None:
    _expect_type(value, "dict", where)
    fields = {name: attribute for attribute, name in model.attribute_map.items()}
    for name, item in value.items():
        if name not in fields:
            raise RefusedError(f"{where}: unknown field {name!r}")
        _known(item, model.openapi_types[fields[name]], f"{where}.{name}")


def _expect_type(value: Any, kind: str, where: str) -> None:
    if type(value).__name__ != kind:
        raise RefusedError(f"{where}: expected {kind}, found {value!r}")


def _expect(pattern: re.Pattern[str], value: str | None, where: str) -> None:
    if value is None or not pattern.fullmatch(value):
        raise RefusedError(f"{where}: invalid value {value!r}")


def secret(body: Any) -> tuple[str, dict[str, str]]:
    """Name and decoded values of a secret."""
    found = read(body, "V1Secret")
    _expect(_SUBDOMAIN, found.metadata.name, "metadata.name")
    values = {}
    for key, value in (found.data or {}).items():
        _expect(_KEY, key, "data")
        try:
            values[key] = base64.b64decode(value, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError) as error:
            raise RefusedError(f"data.{key}: {error}") from error
    return found.metadata.name, values


def job(body: Any) -> Any:
    """A job whose pod would be admitted."""
    found = read(body, "V1Job")
    _expect(_NAME, found.metadata.name, "metadata.name")
    spec = found.spec.template.spec
    if spec.restart_policy not in ("Never", "OnFailure"):
        raise RefusedError(f"restartPolicy of a job's pod: {spec.restart_policy!r}")
    volumes = {volume.name for volume in spec.volumes or ()}
    for name in volumes:
        _expect(_NAME, name, "volumes")
    for container in spec.containers:
        _container(container, volumes)
    return found


def _container(container: Any, volumes: set[str]) -> None:
    _expect(_NAME, container.name, "container.name")
    if not container.image:
        raise RefusedError("container.image: required")
    for mount in container.volume_mounts or ():
        if mount.name not in volumes or not mount.mount_path.startswith("/"):
            raise RefusedError(f"volumeMounts: no volume {mount.name!r} for {mount.mount_path!r}")
    for entry in container.env or ():
        _expect(_ENVIRONMENT, entry.name, "env.name")
    requests, limits = container.resources.requests or {}, container.resources.limits or {}
    for name, amount in (*requests.items(), *limits.items()):
        if name not in _RESOURCES:
            raise RefusedError(f"resources: unknown {name!r}")
        try:
            known = parse_quantity(amount)
        except ValueError as error:
            raise RefusedError(f"resources.{name}: {error}") from error
        if known <= 0:
            raise RefusedError(f"resources.{name}: {amount!r}")
    for name in requests.keys() & limits.keys():
        if parse_quantity(requests[name]) > parse_quantity(limits[name]):
            raise RefusedError(f"resources.{name}: more requested than its limit")
