"""The form that scores a lead, to see the API work."""

from __future__ import annotations

from logging import Logger
from typing import Any

import streamlit as st

from monitor.answers import NotUnderstood, Score, parse_json, parse_refusal, parse_score
from monitor.api import Answer, Api
from monitor.look import Unreachable, read
from monitor.views import frame

INDUSTRIES = ["software", "finance", "healthcare", "manufacturing", "retail", "education", "other"]
SOURCES = ["referral", "partner", "website", "event", "linkedin", "cold_call"]
FIELDS = [
    "company_size",
    "budget_eur",
    "pages_viewed",
    "emails_opened",
    "days_since_last_contact",
    "demo_requested",
    "industry",
    "source",
]


def show(endpoint: str, log: Logger) -> None:
    with st.expander("Score a lead", icon=":material/bolt:", key="score-a-lead"):
        with st.form("lead", border=False):
            first, second, third = st.columns(3, gap="medium")
            with first:
                st.number_input("Employees", 1, 5_000_000, 240, key="company_size")
                st.number_input("Budget (€)", 0, 1_000_000_000, 18_000, step=1000, key="budget_eur")
                st.selectbox("Industry", INDUSTRIES, key="industry", format_func=words)
            with second:
                st.number_input("Pages viewed, 90 days", 0, 100_000, 14, key="pages_viewed")
                st.number_input("E-mails opened, 90 days", 0, 100_000, 5, key="emails_opened")
                st.selectbox("Source", SOURCES, key="source", format_func=words)
            with third:
                st.number_input("Days since last contact", 0, 36_500, 3, key="days_since_last_contact")
                st.text_input("Your reference (optional)", key="lead_id", max_chars=100, placeholder="crm-1042")
                st.toggle("Asked for a demo", value=True, key="demo_requested")
            st.form_submit_button(
                "Score it", type="primary", icon=":material/bolt:", on_click=score, args=(endpoint, log)
            )
        # A callback runs before the page is drawn, so that the new prediction is already among the numbers above.
        outcome = st.session_state.get("outcome")
        if outcome is not None:
            show_outcome(outcome)


def words(name: str) -> str:
    return name.replace("_", " ")


def score(endpoint: str, log: Logger) -> None:
    with frame.never_a_stack_trace(log):
        lead = {name: st.session_state[name] for name in FIELDS}
        reference = st.session_state["lead_id"].strip()
        if reference:
            lead["lead_id"] = reference
        with Api(endpoint) as api:
            st.session_state["outcome"] = outcome_of(api, lead)
        st.cache_resource.clear()


def outcome_of(api: Api, lead: dict[str, Any]) -> Score | tuple[str, ...]:
    """The score, or why there is none, a line each."""
    answer = api.post("/predict", lead)
    if isinstance(answer, Answer) and answer.status in (400, 503):
        try:
            return parse_refusal(parse_json(answer.text))
        except NotUnderstood:
            pass
    scored = read(answer, parse_score)
    if isinstance(scored, Score):
        return scored
    if isinstance(scored, Unreachable):
        return (scored.tried[-1].replace("GET ", "POST "),)
    return (f"The answer is not that of the API: {scored.problem}",)


def show_outcome(outcome: Score | tuple[str, ...]) -> None:
    if isinstance(outcome, Score):
        icon = {"hot": "🔥", "warm": "🌤️", "cold": "❄️"}[outcome.priority]
        st.success(f"**{outcome.score:.1%}** likely to become a customer: a **{outcome.priority}** lead.", icon=icon)
    else:
        st.error("The lead was not scored.", icon="⚠️")
        st.code("\n".join(outcome), language=None, wrap_lines=True)
