"""Eligibility: a policy's gates, answered one by one; never a verdict about a person."""

from nutfusion.eligibility.evaluate import evaluate
from nutfusion.eligibility.policy import Policy, load_policy

__all__ = ["Policy", "evaluate", "load_policy"]
