"""YAML in which no key stands twice: the plain loader keeps the last one without a word."""

from __future__ import annotations

from typing import Any, Final

import yaml

_MERGE: Final = "tag:yaml.org,2002:merge"


class OnceLoader(yaml.SafeLoader):
    """The safe loader, which also refuses a mapping with the same key twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """Look at the keys, then let the safe loader do its work."""
        seen: dict[str, int] = {}
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode) or key.tag == _MERGE:
                continue
            line = key.start_mark.line + 1
            if key.value in seen:
                raise yaml.constructor.ConstructorError(
                    problem=f"key {key.value} stands twice, here and in line {seen[key.value]}",
                    problem_mark=key.start_mark,
                )
            seen[key.value] = line
        return super().construct_mapping(node, deep)
