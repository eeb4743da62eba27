#!/usr/bin/env bash
# Runs all interop tests: those in Python, then those of __tests__/interop, even if the first fail. Arguments go to jest.
set -uo pipefail
cd "$(dirname "$0")/../.."

status=0
.venv/bin/python -m pytest -p no:cacheprovider examples/lead-scoring/dashboard || status=1
NODE_OPTIONS='--experimental-vm-modules --disable-warning=ExperimentalWarning' \
  jest --config jest.interop.config.js "$@" || status=1
exit "$status"
