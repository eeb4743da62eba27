import pytest

from monitor.settings import Misconfigured, Settings, read_settings


def test_reads_what_is_set() -> None:
    environ = {"API_ENDPOINT": " https://a.hf.space/ ", "APP_ENV": "staging", "REFRESH_SECONDS": "5"}
    assert read_settings(environ) == Settings("https://a.hf.space", "staging", 5)


def test_an_empty_variable_counts_as_unset() -> None:
    environ = {"API_ENDPOINT": "http://localhost:7860", "APP_ENV": "", "REFRESH_SECONDS": " "}
    assert read_settings(environ) == Settings("http://localhost:7860", None, 10)


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        (None, "is not set"),
        ("  ", "is not set"),
        ("a.hf.space", "must be a URL that begins with https:// or http://"),
        ("ftp://a.hf.space", "must be a URL that begins with https:// or http://"),
        ("https://", "must be a URL that begins with https:// or http://"),
        ("https://a:port", "is not a URL"),
        ("https://[::1", "is not a URL"),
        ("https://me:secret@a.hf.space", "must not contain a user name or password: visitors see the URL"),
        ("https://a.hf.space?x=1", "must be a URL without spaces, `?` or `#`"),
        ("https://a.hf.space/a b", "must be a URL without spaces, `?` or `#`"),
    ],
)
def test_says_what_is_wrong_with_the_endpoint(value: str | None, problem: str) -> None:
    environ = {} if value is None else {"API_ENDPOINT": value}
    assert read_settings(environ) == Misconfigured("API_ENDPOINT", problem)


@pytest.mark.parametrize("value", ["0", "3601", "-1", "1.5", "soon", "²", "9" * 5000])
def test_refuses_an_interval_that_is_none(value: str) -> None:
    environ = {"API_ENDPOINT": "https://a.hf.space", "REFRESH_SECONDS": value}
    assert read_settings(environ) == Misconfigured("REFRESH_SECONDS", "must be a whole number from 1 to 3600")
