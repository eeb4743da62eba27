"""What surrounds every page."""

from __future__ import annotations

import html
from collections.abc import Iterator
from contextlib import contextmanager
from logging import Logger
from pathlib import Path

import streamlit as st

STYLE = Path(__file__).with_name("style.css")


def open_page() -> None:
    st.set_page_config(page_title="Lead scoring", page_icon="📈", layout="wide")
    st.html(STYLE)


@contextmanager
def never_a_stack_trace(log: Logger) -> Iterator[None]:
    """Streamlit's own control flow is not an `Exception`, and passes through."""
    try:
        yield
    except Exception:
        log.exception("the page could not be drawn")
        show_message(
            "The dashboard failed",
            "This is an error in the dashboard, not in the API. Reload the page; if it happens again, "
            "the container log of the dashboard's Space says why.",
            icon="🩹",
        )


def show_message(title: str, text: str, icon: str) -> None:
    """The head of a page that has nothing else to show. All three are shown as text, not as markup."""
    st.html(
        f'<section class="message"><div class="message-icon" aria-hidden="true">{html.escape(icon)}</div>'
        f"<div><h1>{html.escape(title)}</h1><p>{html.escape(text)}</p></div></section>"
    )


def show_banner(text: str) -> None:
    st.html(f'<div class="banner" role="status"><span>{html.escape(text)}</span></div>')
