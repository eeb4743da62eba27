from datetime import UTC, datetime
from typing import Any

import pytest
from conftest import health, prediction, summary

from monitor.answers import (
    Bucket,
    Health,
    NotUnderstood,
    Prediction,
    Score,
    Summary,
    parse_health,
    parse_json,
    parse_recent,
    parse_refusal,
    parse_score,
    parse_summary,
)

TIME = datetime(2026, 9, 1, 8, 30, tzinfo=UTC)


def test_health() -> None:
    parsed = parse_health(health(new_in_a_later_version=1))
    assert parsed == Health(True, "staging", "STAGING environment, not for real decisions", "1.0.0", "postgres", True)
    assert parse_health(health(status="unhealthy", banner=None, database={"dialect": "sqlite", "ok": False})) == Health(
        False, "staging", None, "1.0.0", "sqlite", False
    )


def test_summary() -> None:
    assert parse_summary(summary(histogram=[{"from": 0, "to": 0.1, "count": 2}])) == Summary(
        since=TIME,
        total=1234,
        by_priority={"hot": 200, "warm": 34, "cold": 1000},
        mean_score=0.3125,
        histogram=(Bucket(0, 0.1, 2),),
        p50_ms=0.42,
        p95_ms=12.5,
    )


def test_summary_of_nothing() -> None:
    empty = parse_summary(summary(since=None, total=0, mean_score=None, latency_ms={"p50": None, "p95": None}))
    assert (empty.since, empty.total, empty.mean_score, empty.p50_ms, empty.p95_ms) == (None, 0, None, None, None)


def test_recent_predictions() -> None:
    assert parse_recent({"predictions": [prediction(lead={}, latency_ms=None), prediction()]}) == (
        Prediction(TIME, 0.9312, "hot", "1.0.0", None, None, None, None),
        Prediction(TIME, 0.9312, "hot", "1.0.0", "crm-1042", "software", "cold_call", 0.31),
    )
    assert parse_recent({"predictions": []}) == ()


def test_score_and_refusal() -> None:
    assert parse_score(prediction()) == Score(0.9312, "hot", "1.0.0")
    problems = [{"field": "company_size", "rule": "must be >= 1"}, {"field": "source", "rule": "is required"}]
    assert parse_refusal({"error": "no", "problems": problems}) == ("company_size must be >= 1", "source is required")
    assert parse_refusal({"error": "the database does not answer", "problems": []}) == ("the database does not answer",)


@pytest.mark.parametrize("text", ["", "<html>", "{", "[" * 100_000])
def test_what_is_not_json(text: str) -> None:
    with pytest.raises(NotUnderstood, match="^it is not JSON$"):
        parse_json(text)


@pytest.mark.parametrize(
    ("parse", "answer", "problem"),
    [
        (parse_health, [], "the answer is not an object"),
        (parse_health, None, "the answer is not an object"),
        (parse_health, {"status": "ok"}, "status is none of healthy, unhealthy"),
        (parse_health, health(status=["healthy"]), "status is none of healthy, unhealthy"),
        (parse_health, health(environment=None), "environment is not a text"),
        (parse_health, health(banner=1), "banner is not a text"),
        (parse_health, health(database="postgres"), "database is not an object"),
        (parse_summary, summary(total="12"), "total is not a number"),
        (parse_summary, summary(total=True), "total is not a number"),
        (parse_summary, summary(total=1.5), "total is not a count"),
        (parse_summary, summary(total=-1), "total is not a count"),
        (parse_summary, summary(mean_score=float("nan")), "mean_score is not a number"),
        (parse_summary, summary(mean_score=float("inf")), "mean_score is not a number"),
        (parse_summary, summary(total=10**400), "total is not a number"),
        (parse_summary, summary(since="yesterday"), "since is not a time"),
        (parse_summary, summary(histogram={}), "histogram is not a list"),
        (parse_summary, summary(by_priority={"hot": 1}), "warm is not a number"),
        (parse_recent, {"predictions": [1]}, "a prediction is not an object"),
        (parse_recent, {"predictions": [prediction(score=1.01)]}, "score is not from 0 to 1"),
        (parse_recent, {"predictions": [prediction(priority="tepid")]}, "priority is none of hot, warm, cold"),
        (parse_refusal, {"problems": ["x"]}, "a problem is not an object"),
    ],
)
def test_says_what_it_does_not_understand(parse: Any, answer: Any, problem: str) -> None:
    with pytest.raises(NotUnderstood) as raised:
        parse(answer)
    assert str(raised.value) == problem
