#!/usr/bin/env bash
# Installs what the interop tests need and npm does not install: Python packages in .venv/, jq, git-lfs, Chromium and
# a container engine (but for --without-engine). Fails when it cannot.
set -euo pipefail
cd "$(dirname "$0")/../.."

requirements=__tests__/interop/requirements.txt
chromium=${CHROMIUM:-/usr/bin/chromium}

fail() {
  echo "interop-setup: $*" >&2
  exit 1
}

# Two runs at the same time would write to one environment.
exec 9>.venv.lock
if command -v flock >/dev/null; then flock 9; fi

python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null ||
  fail 'python3 is missing or older than 3.11: install Python 3.11 or later'

# These are all files that requirements.txt reads; the stamp says what is installed already.
stamp=$(cat "$requirements" examples/lead-scoring/dashboard/requirements-streamlit.txt | cksum)
if [ "$(cat .venv/installed 2>/dev/null)" != "$stamp" ]; then
  python3 -m venv .venv || fail 'python3 cannot make virtual environments: install its venv module (Debian: apt-get install python3-venv)'
  .venv/bin/pip install --quiet --requirement "$requirements" ||
    fail "pip could not install $requirements: can it reach a registry of Python packages (PIP_INDEX_URL)?"
  echo "$stamp" >.venv/installed
fi

# The databases of the tests that run the workflows.
[ -d examples/lead-scoring/api/node_modules ] || npm ci --prefix examples/lead-scoring/api ||
  fail 'npm could not install examples/lead-scoring/api: can it reach a registry of npm packages?'

# examples/workflows use it, besides GitHub's own tools.
if ! command -v jq >/dev/null; then
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null ||
    fail 'jq is missing, and only root may install it: apt-get install jq'
  echo 'interop-setup: installing jq'
  apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install --yes --no-install-recommends jq >/dev/null ||
    fail 'apt-get could not install jq'
fi

if ! git lfs version >/dev/null 2>&1; then
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null ||
    fail 'git-lfs is missing, and only root may install it: apt-get install git-lfs'
  echo 'interop-setup: installing git-lfs'
  apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install --yes --no-install-recommends git-lfs >/dev/null ||
    fail 'apt-get could not install git-lfs'
fi

[ "${1:-}" = --without-engine ] || bash scripts/interop/engine.sh start

if [ ! -x "$chromium" ]; then
  [ -z "${CHROMIUM:-}" ] || fail "CHROMIUM names $CHROMIUM, which does not exist"
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null ||
    fail "$chromium is missing, and only root may install it: apt-get install chromium, or name a Chromium or Chrome in CHROMIUM"
  echo 'interop-setup: installing Chromium'
  apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install --yes --no-install-recommends chromium fonts-liberation fonts-noto-color-emoji >/dev/null ||
    fail 'apt-get could not install chromium'
fi
"$chromium" --version >/dev/null 2>&1 || fail "$chromium does not start"
