#!/usr/bin/env bash
# Runs all interop tests: those in Python, then those of __tests__/interop, even if the first fail. Arguments go to jest.
set -uo pipefail
cd "$(dirname "$0")/../.."

status=0
# The daemon that the setup started, where no other answers. It ends with the last run that uses it.
own_engine=$(bash scripts/interop/engine.sh host)
if [ -n "$own_engine" ]; then
  export DOCKER_HOST=$own_engine
  exec 8<"${own_engine#unix://}.users"
  if command -v flock >/dev/null; then flock --shared 8; fi
fi

.venv/bin/python -m pytest -p no:cacheprovider examples/lead-scoring/dashboard || status=1
NODE_OPTIONS='--experimental-vm-modules --disable-warning=ExperimentalWarning' \
  jest --config jest.interop.config.js "$@" || status=1
if [ -n "$own_engine" ]; then
  exec 8<&-
  unset DOCKER_HOST
  bash scripts/interop/engine.sh stop
fi
exit "$status"
