"""Frozen records that pass between stages, one concept per module."""
