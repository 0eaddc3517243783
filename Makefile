# Short names for the commands of the README; none of them needs make.
.PHONY: setup demo check lock validate bench
setup:
	sh scripts/setup.sh --dev
demo:
	sh scripts/demo.sh
check:
	sh scripts/check.sh
lock:
	sh scripts/lock.sh
validate:
	.venv/bin/python -m benchmarks.accuracy --peers --write
bench:
	.venv/bin/python -m benchmarks.speed --slope
