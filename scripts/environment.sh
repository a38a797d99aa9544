# Make .venv and install the project into it; sourced by ./start and ./check (POSIX sh).
# The caller has changed into the checkout. Nothing here needs pip or the venv module's
# ensurepip inside .venv: Debian ships neither by default and guards its own Python.

say() { printf '%s\n' "$*" >&2; }
die() { say "$@"; exit 1; }

is_root_on_debian() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; }

apt_get() {
    DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 "$@" \
        </dev/null >/dev/null
}

# apt_install PACKAGE...: install Debian packages without questions and without extras.
apt_install() {
    apt_get install -y --no-install-recommends "$@" 2>/dev/null && return 0
    apt_get update && apt_get install -y --no-install-recommends "$@"
}

is_new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

# find_python: set $python to a Python of at least 3.11, or stop with a sentence.
find_python() {
    for python in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11; do
        command -v "$python" >/dev/null 2>&1 && is_new_enough "$python" && return 0
    done
    found=$(python3 --version 2>/dev/null || echo "no python3")
    die "survey-app needs Python 3.11 or newer, and this machine has $found." \
        "Install a newer one, or name it: PYTHON=/path/to/python3.12 $0"
}

# make_venv: leave a working .venv; one whose Python is gone or too old is made anew.
make_venv() {
    [ -x .venv/bin/python ] && is_new_enough .venv/bin/python && return 0
    find_python
    "$python" -m venv --without-pip --clear .venv \
        || die "Python could not make .venv. On Debian or Ubuntu: sudo apt-get install python3-venv"
}

# A pip that can install into another environment (--python) came with pip 22.3.
has_pip() { "$1" -m pip --python .venv/bin/python --version >/dev/null 2>&1; }

# find_pip: set $pip_python to a Python whose pip can install into .venv. The Python that .venv
# was made with comes first: an activated .venv hides it from the PATH.
find_pip() {
    base=$(.venv/bin/python -c 'import sys; print(sys._base_executable)')
    for pip_python in .venv/bin/python "$base" python3; do
        has_pip "$pip_python" && return 0
    done
    pip_python=.venv/bin/python
    "$pip_python" -m ensurepip >/dev/null 2>&1 && has_pip "$pip_python" && return 0
    pip_python=/usr/bin/python3
    if is_root_on_debian; then
        say "Installing pip ..."
        apt_install python3-pip && has_pip "$pip_python" && return 0
    fi
    die "survey-app needs pip once, to install itself, and this machine has none." \
        "On Debian or Ubuntu: sudo apt-get install python3-pip"
}

pip_install() {
    find_pip
    "$pip_python" -m pip --python .venv/bin/python install --quiet --disable-pip-version-check \
        "$@" </dev/null >&2
}

# What the installed state depends on: the project's needs, this place, and the Python.
wanted_state() { { cat pyproject.toml; pwd; .venv/bin/python --version; } | cksum; }

# install_project EXTRAS: `-e .EXTRAS` unless the stamp says it is there. The stamp is
# written last, so an interrupted install is simply done again.
install_project() {
    make_venv
    stamp=".venv/installed${1:+-test}"
    state=$(wanted_state)
    [ -x .venv/bin/survey-app ] && [ "$(cat "$stamp" 2>/dev/null)" = "$state" ] && return 0
    say "Installing survey-app into .venv (a minute the first time) ..."
    rm -f "$stamp"
    pip_install -e ".$1" || die "The install did not finish; what pip said stands above." \
        "Run the same command again when that is mended."
    printf '%s\n' "$state" >"$stamp"
}
