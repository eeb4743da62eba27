"""The dashboard of the lead scoring API: reads the environment, looks at the API, shows the right page."""

from __future__ import annotations

import logging
import os

import streamlit as st

from monitor.api import Api
from monitor.look import Look, look_at
from monitor.page import OverviewPage, choose_page
from monitor.settings import Misconfigured, Settings, read_settings
from monitor.views import frame, lead_form, pages

log = logging.getLogger("dashboard")


def take_look(settings: Settings) -> Look:
    """The newest look, shared by all visitors: many visitors cause no more requests than one."""

    @st.cache_resource(ttl=settings.refresh_seconds * 0.9, show_spinner=False, max_entries=4)
    def look(endpoint: str) -> Look:
        with Api(endpoint) as api:
            return look_at(api)

    return look(settings.api_endpoint)


def show_live(settings: Settings, shown: str) -> None:
    """The part that is drawn again every few seconds. When a different page is due, everything is drawn again."""
    with frame.never_a_stack_trace(log):
        look = take_look(settings)
        page = choose_page(settings, look)
        if type(page).__name__ != shown:
            st.rerun()
        pages.show(page, look, settings)


def main() -> None:
    frame.open_page()
    settings = read_settings(os.environ)
    if isinstance(settings, Misconfigured):
        pages.show_misconfigured(settings)
        return
    page = choose_page(settings, take_look(settings))
    st.fragment(show_live, run_every=settings.refresh_seconds)(settings, type(page).__name__)
    if isinstance(page, OverviewPage):
        lead_form.show(settings.api_endpoint, log)


with frame.never_a_stack_trace(log):
    main()
