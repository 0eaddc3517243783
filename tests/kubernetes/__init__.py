"""The workflow's jobs as pods, without a cluster."""
