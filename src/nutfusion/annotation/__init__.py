"""Annotation: what the panel knows about each call."""

from nutfusion.annotation.annotate import annotate, annotate_call

__all__ = ["annotate", "annotate_call"]
