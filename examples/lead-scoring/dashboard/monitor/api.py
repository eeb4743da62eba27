"""Requests to the API. Each has a time limit, none raises, and none follows a redirect to another host."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

import httpx

CONNECT_SECONDS = 4.0
ANSWER_SECONDS = 8.0
MOST_BYTES = 4_000_000
PAUSE_SECONDS = 0.4


@dataclass(frozen=True)
class Answer:
    url: str
    status: int
    text: str
    took_ms: int


@dataclass(frozen=True)
class NoAnswer:
    url: str
    tried: tuple[str, ...]
    """Each try, as a line to read."""


class Api:
    def __init__(self, endpoint: str, transport: httpx.BaseTransport | None = None) -> None:
        timeout = httpx.Timeout(ANSWER_SECONDS, connect=CONNECT_SECONDS)
        self._endpoint = endpoint
        self._client = httpx.Client(timeout=timeout, transport=transport, headers={"accept": "application/json"})

    def __enter__(self) -> Api:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def get(self, path: str) -> Answer | NoAnswer:
        """Asks once more when there is no answer at all."""
        first = self._ask("GET", path)
        if isinstance(first, Answer):
            return first
        time.sleep(PAUSE_SECONDS)
        second = self._ask("GET", path)
        return second if isinstance(second, Answer) else NoAnswer(first.url, first.tried + second.tried)

    def post(self, path: str, body: Any) -> Answer | NoAnswer:
        """Asks once only: a lead whose answer was lost may have been stored."""
        return self._ask("POST", path, body)

    def _ask(self, method: str, path: str, body: Any = None) -> Answer | NoAnswer:
        url = self._endpoint + path
        began = time.monotonic()
        try:
            with self._client.stream(method, url, json=body) as response:
                text = _read(response, began + ANSWER_SECONDS)
                return Answer(url, response.status_code, text, round(1000 * (time.monotonic() - began)))
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
            waited = time.monotonic() - began
            return NoAnswer(url, (f"{method} {url}: {reason_of(error)}, after {waited:.1f} s",))


def _read(response: httpx.Response, deadline: float) -> str:
    """Reads within our limits. The client's own time limit is for each piece, and a server may never stop sending them."""
    read = bytearray()
    for piece in response.iter_bytes():
        read += piece
        if len(read) > MOST_BYTES:
            raise httpx.ReadError("the answer is too long")
        if time.monotonic() > deadline:
            raise httpx.ReadTimeout("the answer did not end")
    return read.decode("utf-8", errors="replace")


def reason_of(error: Exception) -> str:
    """Why there was no answer, in words for people where we have them."""
    text = str(error)
    if isinstance(error, httpx.ConnectTimeout):
        return "no connection in time"
    if isinstance(error, httpx.TimeoutException):
        return "no answer in time"
    if any(words in text for words in ("Name or service not known", "nodename nor servname", "No address associated")):
        return "there is no host of that name"
    if "Connection refused" in text:
        return "the connection was refused"
    if isinstance(error, httpx.RemoteProtocolError):
        return "the connection was cut, or it does not speak HTTP"
    return text or type(error).__name__
