#!/bin/sh
# Set-up for a fresh Debian: a virtual environment in .venv and, for the tests, LibreOffice.
#   sh tools/setup.sh run   what `make demo` needs
#   sh tools/setup.sh dev   what `make test` needs as well
set -eu
what=${1:-run}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

install_packages() {
    echo "sheetsync: ставлю пакеты Debian: $*"
    as_root apt-get update -q >/dev/null
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "$@" >/dev/null
}

if [ ! -x .venv/bin/python ]; then
    if ! python3 -m venv .venv 2>/dev/null; then
        rm -rf .venv
        install_packages python3-venv
        python3 -m venv .venv
    fi
fi

if [ "$what" = dev ]; then
    missing=""
    command -v soffice >/dev/null || missing="$missing libreoffice-calc libreoffice-writer"
    command -v node >/dev/null || missing="$missing nodejs"
    command -v pdftoppm >/dev/null || missing="$missing poppler-utils"
    fc-list 2>/dev/null | grep -qi carlito || missing="$missing fonts-crosextra-carlito fonts-dejavu"
    /usr/bin/python3 -c 'import uno' 2>/dev/null || missing="$missing python3-uno"
    for tool in Xvfb:xvfb xdotool:xdotool openbox:openbox import:imagemagick desktop-file-validate:desktop-file-utils gio:libglib2.0-bin; do
        command -v "${tool%%:*}" >/dev/null || missing="$missing ${tool#*:}"
    done
    # shellcheck disable=SC2086
    [ -z "$missing" ] || install_packages $missing
    .venv/bin/python -m pip install -q --disable-pip-version-check -e '.[dev]'
    touch .venv/ready .venv/ready-dev
else
    .venv/bin/python -m pip install -q --disable-pip-version-check -e .
    touch .venv/ready
fi
