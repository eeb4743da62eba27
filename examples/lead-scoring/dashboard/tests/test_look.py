import socket
import time
from threading import Thread

import httpx
import pytest
from conftest import StandIn, health, prediction

from monitor import api as api_module
from monitor.answers import Health
from monitor.api import Api
from monitor.look import Garbled, Unreachable, look_at


def test_asks_three_questions(api: StandIn) -> None:
    with Api(api.url) as client:
        look = look_at(client)
    assert isinstance(look.health, Health)
    assert [request for request, _ in api.received] == [
        "GET /health",
        "GET /metrics/summary",
        "GET /predictions/recent?limit=50",
    ]


def test_asks_no_more_of_an_api_that_is_not_healthy(api: StandIn) -> None:
    api.says("/health", health(status="unhealthy", database={"dialect": "postgres", "ok": False}), 503)
    with Api(api.url) as client:
        look = look_at(client)
    assert isinstance(look.health, Health) and not look.health.healthy
    assert (look.summary, look.recent, len(api.received)) == (None, None, 1)


@pytest.mark.parametrize("body", ["<html>paused</html>", {"error": "x", "problems": []}])
def test_an_answer_of_the_host_is_not_one_of_the_api(api: StandIn, body: object) -> None:
    api.says("/health", body, 503)
    with Api(api.url) as client:
        tried = (f"GET {api.url}/health: answered with status 503",)
        assert look_at(client).health == Unreachable(f"{api.url}/health", tried, 503)


def test_garbage_is_shown_as_one_line_and_not_in_full(api: StandIn) -> None:
    api.says("/health", "<html>\n\x1b[31m" + "x" * 1000)
    with Api(api.url) as client:
        found = look_at(client).health
    assert isinstance(found, Garbled)
    assert found.problem == "it is not JSON"
    assert found.excerpt == ("<html> [31m" + "x" * 1000)[:300] + "…"


def test_one_part_may_fail(api: StandIn) -> None:
    api.says("/metrics/summary", {"error": "the database does not answer", "problems": []}, 503)
    api.says("/predictions/recent", {"predictions": [prediction(score=7)]})
    with Api(api.url) as client:
        look = look_at(client)
    assert isinstance(look.summary, Unreachable) and look.summary.status == 503
    assert isinstance(look.recent, Garbled) and look.recent.problem == "score is not from 0 to 1"


def test_tries_twice_when_nothing_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api_module, "PAUSE_SECONDS", 0)
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with Api(f"http://127.0.0.1:{port}") as client:
        found = look_at(client).health
    assert isinstance(found, Unreachable)
    line = f"GET http://127.0.0.1:{port}/health: the connection was refused"
    assert [tried.partition(", after")[0] for tried in found.tried] == [line, line]


def test_a_lead_is_sent_once_only(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[str] = []

    def cut(request: httpx.Request) -> httpx.Response:
        sent.append(str(request.url))
        raise httpx.ReadError("cut")

    with Api("http://a", httpx.MockTransport(cut)) as client:
        client.post("/predict", {})
    assert sent == ["http://a/predict"]


def test_an_answer_that_never_ends_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api_module, "ANSWER_SECONDS", 0.3)
    monkeypatch.setattr(api_module, "PAUSE_SECONDS", 0)
    server = socket.create_server(("127.0.0.1", 0))

    def drip() -> None:
        while True:
            try:
                connection, _ = server.accept()
                connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
                for _ in range(600):
                    connection.sendall(b" ")
                    time.sleep(0.05)
            except OSError:
                if server.fileno() == -1:
                    return

    Thread(target=drip, daemon=True).start()
    with Api(f"http://127.0.0.1:{server.getsockname()[1]}") as client:
        found = look_at(client).health
    server.close()
    assert isinstance(found, Unreachable)
    assert all("no answer in time" in tried for tried in found.tried)


def test_an_answer_that_is_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch, api: StandIn) -> None:
    monkeypatch.setattr(api_module, "MOST_BYTES", 10)
    monkeypatch.setattr(api_module, "PAUSE_SECONDS", 0)
    with Api(api.url) as client:
        found = look_at(client).health
    assert isinstance(found, Unreachable)
    assert "the answer is too long" in found.tried[0]
