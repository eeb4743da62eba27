"""The API's answers. They are parsed here, once, and trusted from here on."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal, TypeVar, get_args

Priority = Literal["hot", "warm", "cold"]
PRIORITIES: tuple[Priority, ...] = get_args(Priority)
Choice = TypeVar("Choice", bound=str)
# The largest number up to which JavaScript counts exactly.
MOST = 2**53


class NotUnderstood(ValueError):
    """An answer that the API would not give; the message says what is wrong."""


@dataclass(frozen=True)
class Health:
    healthy: bool
    environment: str
    banner: str | None
    version: str
    database: str
    database_answers: bool


@dataclass(frozen=True)
class Bucket:
    low: float
    high: float
    count: int


@dataclass(frozen=True)
class Summary:
    since: datetime | None
    total: int
    by_priority: dict[Priority, int]
    mean_score: float | None
    histogram: tuple[Bucket, ...]
    p50_ms: float | None
    p95_ms: float | None


@dataclass(frozen=True)
class Prediction:
    created_at: datetime
    score: float
    priority: Priority
    model_version: str
    lead_id: str | None
    industry: str | None
    source: str | None
    latency_ms: float | None


@dataclass(frozen=True)
class Score:
    score: float
    priority: Priority
    model_version: str


def parse_json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise NotUnderstood("it is not JSON") from None


def parse_health(answer: Any) -> Health:
    health = _object(answer, "the answer")
    status = _one_of(health, "status", ("healthy", "unhealthy"))
    database = _object(health.get("database"), "database")
    return Health(
        healthy=status == "healthy",
        environment=_text(health, "environment"),
        banner=_text_or_none(health, "banner"),
        version=_text(health, "version"),
        database=_text(database, "dialect"),
        database_answers=database.get("ok") is True,
    )


def parse_summary(answer: Any) -> Summary:
    summary = _object(answer, "the answer")
    counts = _object(summary.get("by_priority"), "by_priority")
    latency = _object(summary.get("latency_ms"), "latency_ms")
    buckets = (_object(bucket, "a bucket of histogram") for bucket in _list(summary, "histogram"))
    return Summary(
        since=None if summary.get("since") is None else _time(summary, "since"),
        total=_count(summary, "total"),
        by_priority={priority: _count(counts, priority) for priority in PRIORITIES},
        mean_score=_number_or_none(summary, "mean_score"),
        histogram=tuple(Bucket(_number(b, "from"), _number(b, "to"), _count(b, "count")) for b in buckets),
        p50_ms=_number_or_none(latency, "p50"),
        p95_ms=_number_or_none(latency, "p95"),
    )


def parse_recent(answer: Any) -> tuple[Prediction, ...]:
    return tuple(_prediction(item) for item in _list(_object(answer, "the answer"), "predictions"))


def parse_score(answer: Any) -> Score:
    scored = _object(answer, "the answer")
    return Score(_share(scored, "score"), _one_of(scored, "priority", PRIORITIES), _text(scored, "model_version"))


def parse_refusal(answer: Any) -> tuple[str, ...]:
    """What a refused lead has wrong, a line each."""
    refusal = _object(answer, "the answer")
    problems = (_object(problem, "a problem") for problem in _list(refusal, "problems"))
    return tuple(f"{_text(p, 'field')} {_text(p, 'rule')}" for p in problems) or (_text(refusal, "error"),)


def _prediction(item: Any) -> Prediction:
    prediction = _object(item, "a prediction")
    lead = _object(prediction.get("lead"), "lead")
    return Prediction(
        created_at=_time(prediction, "created_at"),
        score=_share(prediction, "score"),
        priority=_one_of(prediction, "priority", PRIORITIES),
        model_version=_text(prediction, "model_version"),
        lead_id=_text_or_none(lead, "lead_id"),
        industry=_text_or_none(lead, "industry"),
        source=_text_or_none(lead, "source"),
        latency_ms=_number_or_none(prediction, "latency_ms"),
    )


def _object(value: Any, name: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise NotUnderstood(f"{name} is not an object")
    return value


def _list(parent: dict[str, Any], name: str) -> list[Any]:
    value = parent.get(name)
    if not isinstance(value, list):
        raise NotUnderstood(f"{name} is not a list")
    return value


def _text(parent: dict[str, Any], name: str) -> str:
    value = parent.get(name)
    if not isinstance(value, str):
        raise NotUnderstood(f"{name} is not a text")
    return value


def _text_or_none(parent: dict[str, Any], name: str) -> str | None:
    return None if parent.get(name) is None else _text(parent, name)


def _one_of(parent: dict[str, Any], name: str, choices: tuple[Choice, ...]) -> Choice:
    value = parent.get(name)
    for choice in choices:
        if value == choice:
            return choice
    raise NotUnderstood(f"{name} is none of {', '.join(choices)}")


def _number(parent: dict[str, Any], name: str) -> float:
    value = parent.get(name)
    # Python's JSON also reads NaN, Infinity and numbers of a thousand digits, and true is a number to it.
    if isinstance(value, bool) or not isinstance(value, int | float) or not -MOST <= value <= MOST:
        raise NotUnderstood(f"{name} is not a number")
    return float(value)


def _number_or_none(parent: dict[str, Any], name: str) -> float | None:
    return None if parent.get(name) is None else _number(parent, name)


def _share(parent: dict[str, Any], name: str) -> float:
    value = _number(parent, name)
    if not 0 <= value <= 1:
        raise NotUnderstood(f"{name} is not from 0 to 1")
    return value


def _count(parent: dict[str, Any], name: str) -> int:
    value = _number(parent, name)
    if value < 0 or value != int(value):
        raise NotUnderstood(f"{name} is not a count")
    return int(value)


def _time(parent: dict[str, Any], name: str) -> datetime:
    try:
        time = datetime.fromisoformat(_text(parent, name))
    except ValueError:
        raise NotUnderstood(f"{name} is not a time") from None
    return time if time.tzinfo else time.replace(tzinfo=UTC)
