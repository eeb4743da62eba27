"""The pages, as Streamlit's own test driver sees them."""

from collections.abc import Callable

import pytest
from conftest import StandIn, health, prediction, ran, summary, texts
from streamlit.testing.v1 import AppTest

import monitor.views.overview

Opened = Callable[..., AppTest]


def test_overview(api: StandIn, opened: Opened) -> None:
    app = opened(API_ENDPOINT=api.url, APP_ENV="staging")
    assert {metric.label: metric.value for metric in app.metric} == {
        "Predictions": "1,234",
        "Mean score": "31.2%",
        "Hot leads": "200",
        "Latency p50": "0.42 ms",
        "Latency p95": "12 ms",
    }
    shown = texts(app)
    assert '<div class="banner" role="status"><span>STAGING environment, not for real decisions</span></div>' in shown
    for words in ("healthy", "staging", "version 1.0.0", "postgres answers", "Score distribution", "Score a lead"):
        assert words in shown
    [table] = app.dataframe
    assert list(table.value["lead"]) == ["crm-1042", "crm-1042"]
    assert list(table.value["source"]) == ["cold call", "cold call"]
    assert len(app.error) == 0


def test_production_has_no_banner(api: StandIn, opened: Opened) -> None:
    api.says("/health", health(environment="production", banner=None))
    app = opened(API_ENDPOINT=api.url, APP_ENV="production")
    assert 'class="banner"' not in texts(app)
    assert len(app.error) == 0


def test_a_banner_is_text(api: StandIn, opened: Opened) -> None:
    api.says("/health", health(banner="<img src=x onerror=alert(1)>"))
    shown = texts(opened(API_ENDPOINT=api.url))
    assert "&lt;img" in shown
    assert "<img" not in shown


def test_nothing_was_predicted_yet(api: StandIn, opened: Opened) -> None:
    nothing = {"hot": 0, "warm": 0, "cold": 0}
    api.says("/metrics/summary", summary(since=None, total=0, mean_score=None, by_priority=nothing))
    api.says("/predictions/recent", {"predictions": []})
    app = opened(API_ENDPOINT=api.url)
    assert "No predictions yet" in texts(app)
    assert (len(app.metric), len(app.dataframe)) == (0, 0)


def test_latencies_that_nobody_measured(api: StandIn, opened: Opened) -> None:
    api.says("/metrics/summary", summary(latency_ms={"p50": None, "p95": None}))
    api.says("/predictions/recent", {"predictions": [prediction(latency_ms=None, lead={})]})
    app = opened(API_ENDPOINT=api.url)
    assert [metric.value for metric in app.metric][-2:] == ["–", "–"]
    assert "None of them was measured." in texts(app)


def test_the_api_of_another_environment(api: StandIn, opened: Opened) -> None:
    [error] = opened(API_ENDPOINT=api.url, APP_ENV="production").error
    assert "Wrong environment" in error.value
    assert "belongs to **production**, but the API that it watches says that it is **staging**" in error.value


def test_no_endpoint(opened: Opened) -> None:
    shown = texts(opened(APP_ENV="staging"))
    assert "<h1>API_ENDPOINT is not set</h1>" in shown
    assert "API_ENDPOINT=https://owner-lead-scoring-api.hf.space" in shown


def test_a_password_in_the_endpoint_is_not_shown(opened: Opened) -> None:
    shown = texts(opened(API_ENDPOINT="https://me:hunter2@a.hf.space"))
    assert "API_ENDPOINT must not contain a user name or password" in shown
    assert "hunter2" not in shown


def test_unreachable(opened: Opened) -> None:
    shown = texts(opened(API_ENDPOINT="http://127.0.0.1:9", APP_ENV="staging"))
    assert "<h1>The API cannot be reached</h1>" in shown
    assert shown.count("GET http://127.0.0.1:9/health: the connection was refused") == 2
    assert "API_ENDPOINT" in shown
    assert "Score a lead" not in shown


def test_unhealthy(api: StandIn, opened: Opened) -> None:
    api.says("/health", health(status="unhealthy", database={"dialect": "postgres", "ok": False}), 503)
    shown = texts(opened(API_ENDPOINT=api.url, APP_ENV="staging"))
    assert "<h1>The API is unhealthy</h1>" in shown
    assert "postgres does not answer" in shown
    assert 'class="banner"' in shown


def test_garbage(api: StandIn, opened: Opened) -> None:
    api.says("/health", "<html><title>Somebody else</title></html>")
    shown = texts(opened(API_ENDPOINT=api.url))
    assert "<h1>This is not the lead scoring API</h1>" in shown
    assert "<html><title>Somebody else</title></html>" in shown


def test_numbers_that_cannot_be_read(api: StandIn, opened: Opened) -> None:
    api.says("/metrics/summary", {"error": "the database does not answer", "problems": []}, 503)
    app = opened(API_ENDPOINT=api.url)
    assert [warning.value for warning in app.warning] == ["The numbers could not be read, although the API is healthy."]
    assert len(app.dataframe) == 1


def test_comes_back_when_the_api_does(api: StandIn, opened: Opened) -> None:
    api.says("/health", "starting", 503)
    app = opened(API_ENDPOINT=api.url)
    assert "The API cannot be reached" in texts(app)
    api.says("/health", health())
    [again] = [button for button in app.button if button.label == "Try now"]
    ran(again.click().run())
    assert len(app.metric) == 5


def test_scores_a_lead(api: StandIn, opened: Opened) -> None:
    app = opened(API_ENDPOINT=api.url)
    app.number_input(key="company_size").set_value(12)
    app.text_input(key="lead_id").set_value(" crm-7 ")
    api.says("/metrics/summary", summary(total=1235))
    [submit] = [button for button in app.button if button.label == "Score it"]
    ran(submit.click().run())
    assert [success.value for success in app.success] == ["**93.1%** likely to become a customer: a **hot** lead."]
    [(_, lead)] = [received for received in api.received if received[0] == "POST /predict"]
    assert lead == {
        "company_size": 12,
        "budget_eur": 18_000,
        "pages_viewed": 14,
        "emails_opened": 5,
        "days_since_last_contact": 3,
        "demo_requested": True,
        "industry": "software",
        "source": "referral",
        "lead_id": "crm-7",
    }
    assert app.metric[0].value == "1,235"
    ran(app.run())
    assert len(app.success) == 1, "it stays when the page is drawn again"


def test_a_refused_lead(api: StandIn, opened: Opened) -> None:
    problems = [{"field": "lead_id", "rule": 'must match pattern "^[\\w.:@-]{1,100}$"'}]
    api.says("/predict", {"error": "the request is not valid", "problems": problems}, 400)
    app = opened(API_ENDPOINT=api.url)
    [submit] = [button for button in app.button if button.label == "Score it"]
    ran(submit.click().run())
    assert [error.value for error in app.error] == ["The lead was not scored."]
    assert "lead_id must match pattern" in texts(app)


def test_a_fault_of_the_dashboard_shows_no_stack_trace(
    api: StandIn, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fall(_: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(monitor.views.overview, "show", fall)
    shown = texts(opened(API_ENDPOINT=api.url))
    assert "The dashboard failed" in shown
    assert "secret detail" not in shown
