from datetime import UTC, datetime

import pytest
from conftest import health, summary

from monitor.answers import parse_health, parse_summary
from monitor.look import Garbled, Look, Unreachable
from monitor.page import GarbledPage, OverviewPage, UnhealthyPage, UnreachablePage, choose_page, likely_cause, plain
from monitor.settings import Settings

AT = datetime(2026, 9, 1, tzinfo=UTC)
WELL = parse_health(health())
SUMMARY = parse_summary(summary())
SILENT = Unreachable("http://a/health", ("GET http://a/health: the connection was refused, after 0.0 s",))
GARBLED = Garbled("http://a/health", "it is not JSON", "<html>")
OTHER = "This dashboard belongs to **production**, but the API that it watches says that it is **staging**."


def settings(environment: str | None = "staging") -> Settings:
    return Settings("http://a", environment, 10)


def test_everything_is_healthy() -> None:
    assert choose_page(settings(), Look(AT, WELL, 3, SUMMARY, ())) == OverviewPage(WELL, None, SUMMARY, ())


def test_what_could_not_be_read_does_not_hide_the_rest() -> None:
    assert choose_page(settings(), Look(AT, WELL, 3, SILENT, ())) == OverviewPage(WELL, None, SILENT, ())
    assert choose_page(settings(), Look(AT, WELL, 3, SUMMARY, GARBLED)) == OverviewPage(WELL, None, SUMMARY, GARBLED)


def test_the_api_of_another_environment() -> None:
    assert choose_page(settings("production"), Look(AT, WELL, 3, SUMMARY, ())) == OverviewPage(WELL, OTHER, SUMMARY, ())


def test_a_dashboard_of_no_environment_compares_nothing() -> None:
    assert choose_page(settings(None), Look(AT, WELL, 3, SUMMARY, ())) == OverviewPage(WELL, None, SUMMARY, ())


def test_unhealthy_and_of_another_environment() -> None:
    ill = parse_health(health(status="unhealthy"))
    assert choose_page(settings("production"), Look(AT, ill, 3)) == UnhealthyPage(ill, OTHER)


def test_unreachable_and_garbled() -> None:
    likely = "Nothing answers at this address: the API is not running, or the address is wrong."
    assert choose_page(settings(), Look(AT, SILENT)) == UnreachablePage(SILENT, likely)
    assert choose_page(settings(), Look(AT, GARBLED)) == GarbledPage(GARBLED)


@pytest.mark.parametrize(
    ("status", "words"),
    [(404, "private"), (429, "too often"), (503, "paused"), (500, "fails when it is asked"), (302, "probably wrong")],
)
def test_likely_causes(status: int, words: str) -> None:
    assert words in likely_cause(Unreachable("http://a/health", (), status))


def test_a_text_from_outside_is_no_markup() -> None:
    assert plain("staging") == "staging"
    assert plain("**[a](javascript:x)** :fire: `x` <b>") == "a(javascript\\:x) \\:fire\\: x b"
    assert plain("*") == "unknown"
    assert plain("a" * 100) == "a" * 60
