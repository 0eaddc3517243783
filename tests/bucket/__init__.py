"""A bucket of S3 on this machine, for tests of the workflow."""
