#!/bin/sh
# Makes the virtual environment .venv with the pinned packages and this project in it.
#
#   sh scripts/setup.sh          what is needed to make dossiers
#   sh scripts/setup.sh --dev    that, and what is needed to check the project
#
# Needs Python 3.11 or later and a package index. May be run again at any time: what is there and
# current is left alone.
set -eu
cd "$(dirname "$0")/.."
root=$(pwd)
kind=run
[ "${1:-}" = "--dev" ] && kind=dev
venv=$root/.venv
stamp=$venv/.nutfusion-setup

say() { printf 'setup: %s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

find_python() {
    for name in python3.11 python3 python3.12 python3.13 python; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$name"
            return
        fi
    done
    fail "expected Python 3.11 or later, found none; on Debian: apt-get install python3 python3-venv"
}

make_venv() {
    python=$(find_python)
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        package=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
        [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null ||
            fail "this Python cannot make virtual environments; install the package $package"
        say "installing the system package $package"
        apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$package"
    fi
    say "making $venv with $("$python" --version)"
    "$python" -m venv --clear "$venv"
}

install_pinned() {
    lock=$root/requirements/$kind.lock
    pip="$venv/bin/python -m pip --disable-pip-version-check --quiet"
    # uv is quicker; it is told the index that pip was told, and pip takes over where it fails.
    if $pip install --require-hashes -r "$root/requirements/uv.lock" 2>/dev/null; then
        index=$($pip config get global.index-url 2>/dev/null || true)
        say "installing $kind packages"
        [ -z "$index" ] || export UV_DEFAULT_INDEX="$index"
        UV_HTTP_TIMEOUT=30 "$venv/bin/uv" pip install --quiet --python "$venv/bin/python" \
            --require-hashes --compile-bytecode -r "$lock" && return
    fi
    say "installing $kind packages with pip, which takes a minute or two"
    $pip install --require-hashes -r "$lock"
}

wanted() {
    cat "$root/requirements/$1.lock" "$root/pyproject.toml" | cksum
    printf '%s\n' "$root"
}

is_current() {
    "$venv/bin/python" -c pass 2>/dev/null && [ -f "$stamp" ] || return 1
    [ "$(cat "$stamp")" = "dev $(wanted dev)" ] && return
    [ "$kind" = run ] && [ "$(cat "$stamp")" = "run $(wanted run)" ]
}

if ! is_current; then
    "$venv/bin/python" -m pip --version >/dev/null 2>&1 || make_venv
    rm -f "$stamp"
    install_pinned
    "$venv/bin/python" -m pip --disable-pip-version-check --quiet install \
        --no-deps --no-build-isolation --no-index -e "$root"
    # More partners by name: asked for once, and done without when the service cannot be reached.
    [ -f "$root/panel/manifest.json" ] || timeout 120 "$venv/bin/nutfusion" \
        reference fetch --or-starter --out "$root/panel" >&2 || say "going on with the starter panel"
    printf '%s\n' "$kind $(wanted $kind)" >"$stamp"
fi

# What the tests of a bucket and of Kubernetes find beside the environment; without it they are skipped.
[ "$kind" = run ] || sh scripts/plugins.sh bucket kubernetes ||
    say "going on without plugins; tests that need them are skipped"

# Compiled once; later calls find it done.
"$venv/bin/python" -m nutfusion.evidence.warm >&2
