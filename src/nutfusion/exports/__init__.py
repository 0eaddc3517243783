"""Projections of dossiers into other people's formats; nothing here decides or adds anything."""

from nutfusion.exports.interface import ExportFormat
from nutfusion.exports.registry import EXPORTS, export_files

__all__ = ["EXPORTS", "ExportFormat", "export_files"]
