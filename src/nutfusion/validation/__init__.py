"""Validation: what nutfusion finds in samples whose truth is known, with a given panel."""
