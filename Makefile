# Short names for the commands of the README; none of them needs make.
.PHONY: setup demo check lock validate audit sbom fuzz bench slurm
setup:
	sh scripts/setup.sh --dev
demo:
	sh scripts/demo.sh
check:
	sh scripts/check.sh
lock:
	sh scripts/lock.sh
validate:
	.venv/bin/python -m benchmarks.accuracy --peers --write --seed fresh
audit:
	.venv/bin/python scripts/audit.py
sbom:
	sh scripts/sbom.sh
fuzz:
	.venv/bin/python -m tests.fuzz --cpu-seconds 1440
slurm:
	sh tests/slurm/run.sh
bench:
	.venv/bin/python -m benchmarks.speed --all
