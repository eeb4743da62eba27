"""A stand-in for the API on loopback, and the dashboard in front of it."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))


def health(**other: Any) -> dict[str, Any]:
    return {
        "status": "healthy",
        "environment": "staging",
        "banner": "STAGING environment, not for real decisions",
        "version": "1.0.0",
        "database": {"dialect": "postgres", "ok": True},
        **other,
    }


def summary(**other: Any) -> dict[str, Any]:
    return {
        "since": "2026-09-01T08:30:00.000Z",
        "total": 1234,
        "by_priority": {"hot": 200, "warm": 34, "cold": 1000},
        "mean_score": 0.3125,
        "histogram": [{"from": n / 10, "to": (n + 1) / 10, "count": 100 + n} for n in range(10)],
        "latency_ms": {"p50": 0.42, "p95": 12.5},
        **other,
    }


def prediction(**other: Any) -> dict[str, Any]:
    return {
        "id": "6f9619ff-8b86-4d01-b42d-00c04fc964ff",
        "created_at": "2026-09-01T08:30:00.000Z",
        "model_version": "1.0.0",
        "score": 0.9312,
        "priority": "hot",
        "lead": {"lead_id": "crm-1042", "industry": "software", "source": "cold_call", "company_size": 240},
        "latency_ms": 0.31,
        **other,
    }


@dataclass
class StandIn:
    """Answers each path with what the test put there: (status, body)."""

    url: str = ""
    answers: dict[str, tuple[int, Any]] = field(default_factory=dict)
    received: list[tuple[str, Any]] = field(default_factory=list)

    def says(self, path: str, body: Any, status: int = 200) -> None:
        self.answers[path] = (status, body)


@pytest.fixture
def api() -> Iterator[StandIn]:
    stand_in = StandIn()
    stand_in.says("/health", health())
    stand_in.says("/metrics/summary", summary())
    stand_in.says("/predictions/recent", {"predictions": [prediction(), prediction(priority="cold", score=0.02)]})
    stand_in.says("/predict", prediction())

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            sent = self.rfile.read(int(self.headers.get("content-length", 0)))
            path = self.path.partition("?")[0]
            stand_in.received.append((f"{self.command} {self.path}", json.loads(sent) if sent else None))
            status, body = stand_in.answers.get(path, (404, {"error": "there is no such path", "problems": []}))
            content = body.encode() if isinstance(body, str) else json.dumps(body).encode()
            self.send_response(status)
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_POST = do_GET

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    stand_in.url = f"http://127.0.0.1:{server.server_address[1]}"
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield stand_in
    server.shutdown()
    server.server_close()


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    """Opens the dashboard with exactly this environment, and fails when it raises."""

    def open_dashboard(**environment: str) -> AppTest:
        for name in ("API_ENDPOINT", "APP_ENV", "REFRESH_SECONDS"):
            monkeypatch.delenv(name, raising=False)
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        st.cache_resource.clear()
        return ran(AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=60).run())

    return open_dashboard


def ran(app: AppTest) -> AppTest:
    assert [element.value for element in app.exception] == []
    return app


def texts(app: AppTest) -> str:
    """Everything that a visitor can read, as it was given to Streamlit."""
    lines: list[str] = []

    def walk(block: Any) -> None:
        for element in block.children.values():
            if hasattr(element, "children"):
                lines.append(getattr(element, "label", "") or "")
                walk(element)
                continue
            proto = getattr(element, "proto", None)
            for name in ("body", "label", "value", "code_text"):
                text = getattr(proto, name, None)
                if isinstance(text, str):
                    lines.append(text)

    walk(app.main)
    return "\n".join(line for line in lines if line and "<style>" not in line)
