"""One look at the API: everything that a page shows, read at one time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar

from monitor.answers import (
    Health,
    NotUnderstood,
    Prediction,
    Summary,
    parse_health,
    parse_json,
    parse_recent,
    parse_summary,
)
from monitor.api import Answer, Api, NoAnswer

RECENT = 50
EXCERPT = 300
Parsed = TypeVar("Parsed")


@dataclass(frozen=True)
class Unreachable:
    """Nothing answered, or something in front of the API answered instead."""

    url: str
    tried: tuple[str, ...]
    status: int | None = None


@dataclass(frozen=True)
class Garbled:
    """Something answered, and it was not the API as we know it."""

    url: str
    problem: str
    excerpt: str


Trouble = Unreachable | Garbled


@dataclass(frozen=True)
class Look:
    at: datetime
    health: Health | Trouble
    health_ms: int | None = None
    summary: Summary | Trouble | None = None
    """None when it was not requested."""
    recent: tuple[Prediction, ...] | Trouble | None = None


def look_at(api: Api) -> Look:
    at = datetime.now(UTC)
    answer = api.get("/health")
    health = read(answer, parse_health, also=(503,))
    if not isinstance(health, Health):
        return Look(at, health)
    took_ms = answer.took_ms if isinstance(answer, Answer) else None
    if not health.healthy:
        return Look(at, health, took_ms)
    summary = read(api.get("/metrics/summary"), parse_summary)
    recent = read(api.get(f"/predictions/recent?limit={RECENT}"), parse_recent)
    return Look(at, health, took_ms, summary, recent)


def read(answer: Answer | NoAnswer, parse: Callable[[Any], Parsed], also: tuple[int, ...] = ()) -> Parsed | Trouble:
    """The parsed answer, or what is wrong with it. `also` are statuses, besides 200, that the API gives with it."""
    if isinstance(answer, NoAnswer):
        return Unreachable(answer.url, answer.tried)
    try:
        if answer.status == 200 or answer.status in also:
            return parse(parse_json(answer.text))
    except NotUnderstood as problem:
        if answer.status == 200:
            return Garbled(answer.url, str(problem), excerpt_of(answer.text))
    return Unreachable(answer.url, (f"GET {answer.url}: answered with status {answer.status}",), answer.status)


def excerpt_of(text: str) -> str:
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line if len(line) <= EXCERPT else f"{line[:EXCERPT]}…"
