"""How fast ``nutfusion assess`` is, beside what it cannot be faster than and beside its peers."""
