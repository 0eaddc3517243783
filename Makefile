# Short names for the commands of the README; none of them needs make.
.PHONY: setup demo check lock
setup:
	sh scripts/setup.sh --dev
demo:
	sh scripts/demo.sh
check:
	sh scripts/check.sh
lock:
	sh scripts/lock.sh
