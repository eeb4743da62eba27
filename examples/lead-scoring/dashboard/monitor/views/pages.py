"""One function for each page."""

from __future__ import annotations

import streamlit as st

from monitor.look import Look, Unreachable
from monitor.page import GarbledPage, OverviewPage, Page, UnhealthyPage, UnreachablePage, plain
from monitor.settings import Misconfigured, Settings
from monitor.views import frame, overview, status


def show(page: Page, look: Look, settings: Settings) -> None:
    match page:
        case OverviewPage():
            show_mismatch(page.mismatch)
            status.show(page.health, look, settings)
            overview.show(page)
        case UnhealthyPage():
            show_mismatch(page.mismatch)
            status.show(page.health, look, settings)
            show_unhealthy(page)
        case UnreachablePage():
            show_unreachable(page)
            show_again(look, settings)
        case GarbledPage():
            show_garbled(page)
            show_again(look, settings)


def show_misconfigured(problem: Misconfigured) -> None:
    frame.show_message(
        f"{problem.variable} {problem.problem}",
        "The dashboard reads from its environment which API to watch. Set the variable once:",
        icon="🔌",
    )
    example = "10" if problem.variable == "REFRESH_SECONDS" else "https://owner-lead-scoring-api.hf.space"
    with st.container(key="card-help", border=True):
        st.markdown("##### On a Space, with the deploy action")
        st.code(f"with:\n  variables: |\n    {problem.variable}={example}", language="yaml")
        st.markdown("##### On a Space, by hand")
        st.markdown(f"*Settings → Variables and secrets → New variable*: name `{problem.variable}`, then restart.")
        st.markdown("##### On your machine")
        local = "10" if problem.variable == "REFRESH_SECONDS" else "http://localhost:7860"
        st.code(f"{problem.variable}={local} streamlit run streamlit_app.py", language="bash")


def show_unreachable(page: UnreachablePage) -> None:
    frame.show_message("The API cannot be reached", page.likely, icon="📡")
    with st.container(key="card-help", border=True):
        st.markdown("##### What was tried")
        show_tried(page.trouble)
        st.markdown("##### What to do")
        st.markdown(
            "1. Open the API's Space on the Hub and look at its stage: restart it when it is **paused**; "
            "when it is in **error**, its logs say why. A **sleeping** Space wakes by itself in a minute.\n"
            "2. Open the address above in a browser. If it answers there, come back to this page.\n"
            "3. If the address is wrong, correct the variable `API_ENDPOINT` of this dashboard's Space."
        )


def show_garbled(page: GarbledPage) -> None:
    frame.show_message(
        "This is not the lead scoring API",
        f"Something answers at this address, but it is not the API: {page.trouble.problem}.",
        icon="🧩",
    )
    with st.container(key="card-help", border=True):
        st.markdown("##### What was asked")
        st.code(f"GET {page.trouble.url}", language=None, wrap_lines=True)
        st.markdown("##### How its answer begins")
        st.code(page.trouble.excerpt or "(it is empty)", language=None, wrap_lines=True)
        st.markdown("##### What to do")
        st.markdown(
            "1. Check that the variable `API_ENDPOINT` of this dashboard's Space names the API, "
            "and not its page on the Hub or another app.\n"
            "2. If it does, the versions of the API and of this dashboard do not match: deploy both."
        )


def show_unhealthy(page: UnhealthyPage) -> None:
    database = page.health.database
    if page.health.database_answers:
        text = "It answers that it is not healthy. Its container log says why."
    elif database == "postgres":
        text = "Its database does not answer. Until it does, leads are refused and nothing is lost."
    else:
        text = f"Its database ({database}) does not answer. Until it does, leads are refused."
    frame.show_message("The API is unhealthy", text, icon="🩺")
    with st.container(key="card-help", border=True):
        st.markdown("##### What to do")
        st.markdown(
            "1. Check that the database runs: free databases are paused when nobody uses them for some days.\n"
            "2. Check that the secret `DATABASE_URL` of the API's Space is still right.\n"
            "3. The container log of the API's Space names the reason."
        )


def show_mismatch(mismatch: str | None) -> None:
    if mismatch is None:
        return
    st.error(
        f"**Wrong environment.** {mismatch} "
        "Correct the variable `API_ENDPOINT`, or `APP_ENV`, of this dashboard's Space.",
        icon="🚨",
    )


def show_tried(trouble: Unreachable) -> None:
    st.code("\n".join(trouble.tried), language=None, wrap_lines=True)


def show_again(look: Look, settings: Settings) -> None:
    with st.container(key="again", horizontal=True, vertical_alignment="center"):
        environment = "" if settings.environment is None else f" Dashboard of {plain(settings.environment)}."
        st.caption(f"Last try {look.at:%H:%M:%S} UTC, the next in {settings.refresh_seconds} s.{environment}")
        status.refresh_button("Try now")
