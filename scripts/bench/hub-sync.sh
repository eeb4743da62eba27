#!/usr/bin/env bash
# The commands of huggingface/hub-sync's composite steps, for a Space: hub-sync.sh OWNER/NAME DIRECTORY
# Instead of its `uvx hf`, this uses the `hf` on the PATH: downloading uv and hf, which each of its runs does first, is
# not counted.
set -euo pipefail

hf version
hf repos create "$1" --type space --exist-ok --space-sdk static
files=$(find "$2" -type f ! -path '*/.git/*' ! -path '*/.github/*' | wc -l)
[ "$files" -gt 0 ]
hf upload "$1" "$2" --type space --exclude='.git*' --exclude='.github*' --delete='*' --commit-message='Sync'
