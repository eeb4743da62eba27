#!/usr/bin/env bash
# The two steps of a release, for the tag in GITHUB_REF_NAME:
#   check    the tag is the package's version, and its commit is on main
#   publish  moves the major tag (v1) to it, unless a newer version has it already, and makes the GitHub release
set -euo pipefail

tag=${GITHUB_REF_NAME:?}
commit=$(git rev-parse "refs/tags/$tag^{commit}")
refuse() { echo "::error title=No release::$1"; exit 1; }

check() {
  local version
  version=v$(sed -nE 's/^  "version": "([^"]+)".*/\1/p' package.json)
  [ "$version" = "$tag" ] || refuse "The tag is $tag, package.json says $version: raise the version first."
  git merge-base --is-ancestor "$commit" refs/remotes/origin/main || refuse "$tag is not on main: merge it first."
}

publish() {
  local major=${tag%%.*} newest
  newest=$(git tag --list "$major.*.*" --sort=-version:refname | head -n 1)
  if [ "$newest" = "$tag" ]; then
    move "$major"
  else
    echo "$major stays at $newest, which is newer than $tag."
  fi
  gh release view "$tag" >/dev/null 2>&1 || gh release create "$tag" --verify-tag --generate-notes --title "$tag"
}

move() {
  local refs="repos/${GITHUB_REPOSITORY:?}/git"
  if git rev-parse --quiet --verify "refs/tags/$1" >/dev/null; then
    gh api --silent --method PATCH "$refs/refs/tags/$1" -f "sha=$commit" -F force=true
  else
    gh api --silent --method POST "$refs/refs" -f "ref=refs/tags/$1" -f "sha=$commit"
  fi
  echo "$1 is $tag."
}

case "${1:-}" in
  check) check ;;
  publish) publish ;;
  *) refuse "usage: scripts/release/main.sh check|publish" ;;
esac
