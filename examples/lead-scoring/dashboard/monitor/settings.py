"""What the environment of the Space says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

DEFAULT_REFRESH_SECONDS = 10


@dataclass(frozen=True)
class Settings:
    api_endpoint: str
    """Without a slash at the end."""
    environment: str | None
    refresh_seconds: int


@dataclass(frozen=True)
class Misconfigured:
    variable: str
    problem: str
    """Comes after the variable's name; never contains its value, which could hold a password."""


def read_settings(environ: Mapping[str, str]) -> Settings | Misconfigured:
    """The settings, or the first variable that is wrong. An empty variable counts as unset."""
    endpoint = environ.get("API_ENDPOINT", "").strip().rstrip("/")
    if not endpoint:
        return Misconfigured("API_ENDPOINT", "is not set")
    problem = _problem_of_url(endpoint)
    if problem:
        return Misconfigured("API_ENDPOINT", problem)
    refresh = environ.get("REFRESH_SECONDS", "").strip() or str(DEFAULT_REFRESH_SECONDS)
    if not (refresh.isascii() and refresh.isdigit() and 1 <= int(refresh[:9]) <= 3600):
        return Misconfigured("REFRESH_SECONDS", "must be a whole number from 1 to 3600")
    environment = environ.get("APP_ENV", "").strip() or None
    return Settings(endpoint, environment, int(refresh))


def _problem_of_url(text: str) -> str | None:
    try:
        url = urlsplit(text)
        url.port  # noqa: B018 – reading it is what checks it
    except ValueError:
        return "is not a URL"
    if url.scheme not in ("http", "https") or not url.hostname:
        return "must be a URL that begins with https:// or http://"
    if url.username is not None or url.password is not None:
        return "must not contain a user name or password: visitors see the URL"
    if url.query or url.fragment or any(character.isspace() for character in text):
        return "must be a URL without spaces, `?` or `#`"
    return None
