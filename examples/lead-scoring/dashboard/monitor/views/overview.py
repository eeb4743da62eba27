"""The numbers: cards, score distribution, priorities, latency, recent predictions."""

from __future__ import annotations

import altair as alt
import pandas as pd
import streamlit as st

from monitor.answers import PRIORITIES, Prediction, Priority, Summary
from monitor.look import Trouble, Unreachable
from monitor.page import OverviewPage

COLOURS: dict[Priority, str] = {"hot": "#f43f5e", "warm": "#f59e0b", "cold": "#3b82f6"}
CHART_HEIGHT = 230


def show(page: OverviewPage) -> None:
    summary, recent = page.summary, page.recent
    if isinstance(summary, Summary) and summary.total == 0:
        show_nothing_yet()
        return
    if isinstance(summary, Summary):
        show_cards(summary)
        left, right = st.columns([2, 1], gap="small")
        with left, card("Score distribution", "score-distribution"):
            show_histogram(summary)
        with right, card("Priorities", "priorities"):
            show_priorities(summary)
    else:
        show_trouble("The numbers", summary)
    if isinstance(recent, tuple):
        left, right = st.columns([2, 1], gap="small")
        with left, card("Recent predictions", "recent"):
            show_recent(recent)
        with right, card("Latency of recent predictions", "latency"):
            show_latency(recent)
    else:
        show_trouble("The recent predictions", recent)


def card(title: str, key: str) -> st.delta_generator.DeltaGenerator:
    container = st.container(key=f"card-{key}", border=True, height="stretch")
    container.markdown(f"##### {title}", anchors=False)
    return container


def show_nothing_yet() -> None:
    with card("No predictions yet", "empty"):
        st.markdown("The API is healthy and has no leads yet. Score one below, or with `POST /predict`.")


def show_trouble(what: str, trouble: Trouble) -> None:
    reason = trouble.tried[-1] if isinstance(trouble, Unreachable) else f"{trouble.url}: {trouble.problem}"
    st.warning(f"{what} could not be read, although the API is healthy.", icon="⚠️")
    st.code(reason, language=None, wrap_lines=True)


def show_cards(summary: Summary) -> None:
    hot = summary.by_priority["hot"]
    since = "" if summary.since is None else f"The oldest is from {summary.since:%d %B %Y, %H:%M} UTC."
    with st.container(key="metrics", horizontal=True):
        st.metric("Predictions", f"{summary.total:,}", help=since or None, border=True)
        st.metric("Mean score", "–" if summary.mean_score is None else f"{summary.mean_score:.1%}", border=True)
        st.metric("Hot leads", f"{hot:,}", help=f"{hot / summary.total:.0%} of all", border=True)
        st.metric("Latency p50", milliseconds(summary.p50_ms), help="Half are scored faster", border=True)
        st.metric("Latency p95", milliseconds(summary.p95_ms), help="19 of 20 are scored faster", border=True)


def milliseconds(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:.2f} ms" if value < 10 else f"{value:,.0f} ms"


def show_histogram(summary: Summary) -> None:
    data = pd.DataFrame(
        {
            "low": [b.low for b in summary.histogram],
            "high": [b.high for b in summary.histogram],
            "count": [b.count for b in summary.histogram],
            "range": [f"{b.low:.0%} – {b.high:.0%}" for b in summary.histogram],
        }
    )
    chart = (
        alt.Chart(data)
        .mark_bar(cornerRadiusTopLeft=4, cornerRadiusTopRight=4)
        .encode(
            x=alt.X("low:O", title=None)
            .axis(labelAngle=0, labelExpr="format(datum.value, '.0%')", grid=False, ticks=False)
            .scale(paddingInner=0.08, paddingOuter=0.04),
            y=alt.Y("count:Q", title=None).axis(tickMinStep=1, tickCount=4, domain=False, ticks=False),
            color=alt.Color("low:Q", legend=None).scale(
                domain=[0, 0.9], range=[COLOURS["cold"], "#8b5cf6", COLOURS["hot"]], interpolate="rgb"
            ),
            tooltip=[alt.Tooltip("range:N", title="score"), alt.Tooltip("count:Q", title="leads")],
        )
        .properties(height=CHART_HEIGHT)
    )
    st.altair_chart(chart, alt="Histogram of the scores of all predictions that are kept")


def show_priorities(summary: Summary) -> None:
    counts = [summary.by_priority[priority] for priority in PRIORITIES]
    whole = sum(counts) or 1
    data = pd.DataFrame(
        {
            "priority": PRIORITIES,
            "count": counts,
            "label": [f"{count:,}  ·  {count / whole:.0%}" for count in counts],
        }
    )
    rows = alt.Y("priority:N", sort=list(PRIORITIES), title=None).axis(domain=False, ticks=False, labelFontSize=13)
    base = alt.Chart(data).encode(y=rows)
    bars = base.mark_bar(cornerRadius=4, size=26).encode(
        x=alt.X("count:Q", title=None, axis=None).scale(domain=[0, max(counts) * 1.45 or 1]),
        color=alt.Color("priority:N", legend=None).scale(domain=list(COLOURS), range=list(COLOURS.values())),
        tooltip=["priority:N", "count:Q"],
    )
    labels = base.mark_text(align="left", dx=8, fontSize=13, color="#7c8598").encode(x="count:Q", text="label:N")
    st.altair_chart((bars + labels).properties(height=CHART_HEIGHT), alt="Predictions by priority")


def show_latency(recent: tuple[Prediction, ...]) -> None:
    measured = [p.latency_ms for p in reversed(recent) if p.latency_ms is not None]
    if not measured:
        st.caption("None of them was measured.")
        return
    data = pd.DataFrame({"n": range(1 - len(measured), 1), "ms": measured})
    chart = (
        alt.Chart(data)
        .mark_area(
            interpolate="monotone",
            line={"color": "#6366f1", "strokeWidth": 2},
            point={"color": "#6366f1", "size": 24} if len(measured) < 30 else False,
            color="#6366f1",
            fillOpacity=0.14,
        )
        .encode(
            x=alt.X("n:Q", title="older  →  newest").axis(labels=False, ticks=False, grid=False),
            y=alt.Y("ms:Q", title=None).axis(tickCount=4, domain=False, ticks=False, labelExpr="datum.label + ' ms'"),
            tooltip=[alt.Tooltip("ms:Q", title="ms")],
        )
        .properties(height=CHART_HEIGHT + 60)
    )
    st.altair_chart(chart, alt="Latency of the recent predictions, the newest at the right")


def show_recent(recent: tuple[Prediction, ...]) -> None:
    data = pd.DataFrame(
        {
            "lead": [p.lead_id or "–" for p in recent],
            "score": [100 * p.score for p in recent],
            "priority": [[p.priority] for p in recent],
            "when": [p.created_at for p in recent],
            "industry": [(p.industry or "–").replace("_", " ") for p in recent],
            "source": [(p.source or "–").replace("_", " ") for p in recent],
            "latency": [p.latency_ms for p in recent],
        }
    )
    column = st.column_config
    st.dataframe(
        data,
        hide_index=True,
        height=CHART_HEIGHT + 60,
        column_config={
            "when": column.DatetimeColumn("When", format="distance"),
            "lead": column.TextColumn("Lead"),
            "score": column.ProgressColumn("Score", format="%.0f %%", min_value=0, max_value=100, width=130),
            "priority": column.MultiselectColumn(
                "Priority", options=list(PRIORITIES), color=[COLOURS[priority] for priority in PRIORITIES]
            ),
            "industry": column.TextColumn("Industry"),
            "source": column.TextColumn("Source"),
            "latency": column.NumberColumn("Latency", format="%.2f ms"),
        },
        alt="The newest predictions",
    )
