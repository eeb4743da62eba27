"""Which page a visitor is shown. Pure: no clock, no network, no Streamlit."""

from __future__ import annotations

from dataclasses import dataclass

from monitor.answers import Health, Prediction, Summary
from monitor.look import Garbled, Look, Trouble, Unreachable
from monitor.settings import Settings


@dataclass(frozen=True)
class UnreachablePage:
    trouble: Unreachable
    likely: str


@dataclass(frozen=True)
class GarbledPage:
    trouble: Garbled


@dataclass(frozen=True)
class UnhealthyPage:
    health: Health
    mismatch: str | None


@dataclass(frozen=True)
class OverviewPage:
    health: Health
    mismatch: str | None
    """A warning when the API's environment is not the dashboard's."""
    summary: Summary | Trouble
    recent: tuple[Prediction, ...] | Trouble


Page = UnreachablePage | GarbledPage | UnhealthyPage | OverviewPage


def choose_page(settings: Settings, look: Look) -> Page:
    health = look.health
    if isinstance(health, Unreachable):
        return UnreachablePage(health, likely_cause(health))
    if isinstance(health, Garbled):
        return GarbledPage(health)
    mismatch = mismatch_of(settings, health)
    if not health.healthy or look.summary is None or look.recent is None:
        return UnhealthyPage(health, mismatch)
    return OverviewPage(health, mismatch, look.summary, look.recent)


def mismatch_of(settings: Settings, health: Health) -> str | None:
    if settings.environment is None or settings.environment == health.environment:
        return None
    return (
        f"This dashboard belongs to **{plain(settings.environment)}**, "
        f"but the API that it watches says that it is **{plain(health.environment)}**."
    )


def likely_cause(trouble: Unreachable) -> str:
    """One sentence about the cause; the statuses are those of the Hub when a Space does not answer itself."""
    match trouble.status:
        case None:
            return "Nothing answers at this address: the API is not running, or the address is wrong."
        case 401 | 403 | 404:
            return "The address exists, but not for this dashboard: the Space is private, or the path is wrong."
        case 429:
            return "The API is asked too often at the moment."
        case 502 | 503 | 504:
            return "The host answers instead of the API: the Space is paused, asleep, being built, or has failed."
        case status if status >= 500:
            return "The API fails when it is asked for its health."
        case _:
            return "The API does not know this path, or it moved: the address is probably wrong."


def plain(text: str, most: int = 60) -> str:
    """A text from outside for a Markdown sentence: nothing in it becomes markup."""
    kept = "".join(c for c in text[:most] if c.isalnum() or c in " -.,;:/()%+@'")
    return kept.replace(":", "\\:").strip() or "unknown"
