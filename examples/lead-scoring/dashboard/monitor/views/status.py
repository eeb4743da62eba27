"""The strip that says whether the API is healthy, and which API it is."""

from __future__ import annotations

import streamlit as st

from monitor.answers import Health
from monitor.look import Look
from monitor.page import plain
from monitor.settings import Settings
from monitor.views import frame


def show(health: Health, look: Look, settings: Settings) -> None:
    if health.banner is not None:
        frame.show_banner(health.banner)
    with st.container(key="head", horizontal=True, vertical_alignment="center"):
        st.markdown("## 📈 Lead scoring", anchors=False, width="stretch")
        refresh_button("Refresh")
    with st.container(key="status", horizontal=True, vertical_alignment="center", gap="small"):
        if health.healthy:
            st.badge("healthy", icon=":material/check_circle:", color="green")
        else:
            st.badge("unhealthy", icon=":material/error:", color="red")
        color = "green" if health.environment == "production" else "orange"
        st.badge(plain(health.environment), icon=":material/deployed_code:", color=color)
        st.badge(f"version {plain(health.version)}", icon=":material/sell:", color="gray")
        if health.database_answers:
            st.badge(f"{plain(health.database)} answers", icon=":material/database:", color="gray")
        else:
            st.badge(f"{plain(health.database)} does not answer", icon=":material/database_off:", color="red")
        if look.health_ms is not None:
            st.badge(f"answered in {look.health_ms} ms", icon=":material/speed:", color="gray")
        st.badge(f"{look.at:%H:%M:%S} UTC", icon=":material/schedule:", color="gray")
        docs = f"{settings.api_endpoint}/docs"
        st.link_button("API", docs, type="tertiary", icon=":material/open_in_new:", help=docs.replace("`", ""))


def refresh_button(label: str) -> None:
    st.button(label, icon=":material/refresh:", on_click=st.cache_resource.clear)
