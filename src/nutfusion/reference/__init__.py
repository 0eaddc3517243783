"""Reference panels: load, build, fetch and describe them (see ``docs/reference.md``)."""

from __future__ import annotations

from nutfusion.reference.load import STARTER, load_panel

__all__ = ["STARTER", "load_panel"]
