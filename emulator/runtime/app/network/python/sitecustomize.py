"""Loaded into every Python process of an app, before the app: connections to a port that a Space does not reach fail as
in a container of the Hub (hub-contract §17, §24 U21). What it needs to know is in LOCAL_HUB_NETWORK, see network.ts."""

import errno
import json
import os
import re
import socket
import sys

_NETWORK = json.loads(os.environ.get("LOCAL_HUB_NETWORK", '{"ports": []}'))
_LISTENS = "0A"
_connect = socket.socket.connect
_connect_ex = socket.socket.connect_ex


def _reaches(host, port):
    if port in _NETWORK["ports"]:
        return True
    return _is_loopback(host) and (_is_front(port) or _is_own(port))


def _is_loopback(host):
    return host in ("", "localhost", "::1") or host.startswith("127.")


def _is_front(port):
    """Another Space of this local Hub: on the Hub it is reached by https."""
    return "fronts" in _NETWORK and os.path.exists(os.path.join(_NETWORK["fronts"], str(port)))


def _is_own(port):
    """Whether a process of this app listens there. Where the system does not tell, it may be so."""
    if not os.path.exists("/proc/net/tcp"):
        return True
    sockets = {inode for name in ("tcp", "tcp6") for inode in _listeners(port, "/proc/net/" + name)}
    group = os.getpgrp()
    return any(_holds_one(pid, group, sockets) for pid in os.listdir("/proc") if pid.isdigit())


def _listeners(port, path):
    try:
        with open(path) as file:
            rows = [line.split() for line in file.readlines()[1:]]
    except OSError:
        return []
    return [f"socket:[{row[9]}]" for row in rows if row[3] == _LISTENS and int(row[1].split(":")[1], 16) == port]


def _holds_one(pid, group, sockets):
    try:
        if os.getpgid(int(pid)) != group:
            return False
        directory = f"/proc/{pid}/fd"
        return any(os.readlink(f"{directory}/{fd}") in sockets for fd in os.listdir(directory))
    except OSError:
        return False  # It has ended, or it is somebody else's.


def _is_refused(sock, address):
    is_network = sock.family in (socket.AF_INET, socket.AF_INET6) and sock.type & 0xF == socket.SOCK_STREAM
    return is_network and isinstance(address, tuple) and not _reaches(str(address[0]), int(address[1]))


def _connect_within(self, address):
    if _is_refused(self, address):
        raise OSError(errno.ENETUNREACH, os.strerror(errno.ENETUNREACH))
    return _connect(self, address)


def _connect_ex_within(self, address):
    return errno.ENETUNREACH if _is_refused(self, address) else _connect_ex(self, address)


socket.socket.connect = _connect_within
socket.socket.connect_ex = _connect_ex_within


def _unreachable(host, port):
    """What libpq says, which opens its connections by itself."""
    address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][4][0]
    shown = f'"{host}"' if host == address else f'"{host}" ({address})'
    return (
        f"connection to server at {shown}, port {port} failed: Network is unreachable\n"
        "\tIs the server running on that host and accepting TCP/IP connections?\n"
    )


def _check_postgres(params, error):
    host, port = params.get("host") or "localhost", params.get("port") or 5432
    for name, number in zip(str(host).split(","), str(port).split(",")):
        if not name.startswith("/") and re.fullmatch(r"\d+", number) and not _reaches(name, int(number)):
            raise error(_unreachable(name, number))


def _patch_psycopg2(module):
    connect = module.connect

    def connect_within(dsn=None, *args, **kwargs):
        names = {key: kwargs[key] for key in ("host", "port") if kwargs.get(key)}
        _check_postgres({**module.extensions.parse_dsn(dsn or ""), **names}, module.OperationalError)
        return connect(dsn, *args, **kwargs)

    module.connect = connect_within


def _patch_psycopg(module):
    for connection in (module.Connection, module.AsyncConnection):
        _patch_connection(module, connection)
    module.connect = module.Connection.connect


def _patch_connection(module, connection):
    connect = connection.connect.__func__

    def connect_within(cls, conninfo="", **kwargs):
        names = {key: kwargs[key] for key in ("host", "port") if kwargs.get(key)}
        params = {**module.conninfo.conninfo_to_dict(conninfo), **names}
        _check_postgres(params, module.OperationalError)
        return connect(cls, conninfo, **kwargs)

    connection.connect = classmethod(connect_within)


_PATCHES = {"psycopg2": _patch_psycopg2, "psycopg": _patch_psycopg}


class _Patching:
    """Finds nothing itself, and changes a library of the table when it has been loaded."""

    def find_spec(self, name, path=None, target=None):
        if name not in _PATCHES:
            return None
        others = (finder for finder in sys.meta_path if finder is not self)
        spec = next(filter(None, (finder.find_spec(name, path, target) for finder in others)), None)
        if spec is not None and spec.loader is not None:
            load = spec.loader.exec_module

            def load_and_patch(module):
                load(module)
                _PATCHES[name](module)

            spec.loader.exec_module = load_and_patch
        return spec


sys.meta_path.insert(0, _Patching())
