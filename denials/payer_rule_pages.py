"""Screens on which managers keep the payers' limits of time, and admins our own times."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from accounts.governance.areas import Retirement
from accounts.governance.pages import GovernedPage
from accounts.settings_pages import Column, SettingsPage
from denials.domain.clock_rules import ClockRule
from denials.domain.clock_words import name_of, window_in_words
from denials.models import PayerRule, SendingTime
from denials.payer_rule_form import PayerRuleForm, SendingTimeForm, payer_of, with_payer
from denials.time_limits import COLUMNS


def as_rule(row: PayerRule) -> ClockRule:
    """The row as the clocks count it."""
    return ClockRule.from_row({name: getattr(row, name) for name in COLUMNS})


def _named(row: PayerRule) -> str:
    level = f", level {row.level_no}" if row.level_no else ""
    return f"{name_of(as_rule(row))}{level}"


def _state(row: PayerRule) -> str:
    if row.effective_to and row.effective_to < timezone.localdate():
        return "retired"
    return "edited" if row.is_edited else "as shipped"


UNTIL_YESTERDAY = Retirement(
    retire=lambda on: {"effective_to": [(on - timedelta(days=1)).isoformat()]},
    bring_back=lambda on: {"effective_to": []},
    is_retired=lambda row: _state(row) == "retired",
)

PAYER_RULES = GovernedPage(
    name="payer_rules",
    address="settings/time-limits/",
    title="Time limits",
    singular="Time limit",
    purpose="Until when each payer takes claims, corrections, appeals and disputes. Changing one shows what moves.",
    form=PayerRuleForm,
    rows=lambda: with_payer(PayerRule.objects.order_by("payer_key", "rule_type", "level_no", "rule_id")),
    searched=("rule_id", "payer_key", "level_name", "jurisdiction", "product", "source"),
    columns=(
        Column("Id", str),
        Column("Payer", payer_of),
        Column("What it limits", _named),
        Column("Window", lambda row: window_in_words(row.window_value, row.window_unit)),
        Column("Confidence", lambda row: row.confidence),
        Column("State", _state),
    ),
    retirement=UNTIL_YESTERDAY,
)

SENDING_TIMES = SettingsPage(
    name="sending_times",
    address="settings/sending-times/",
    title="Sending times",
    singular="Sending time",
    purpose="Business days to prepare and to send. The last safe day lies that much before the last day.",
    form=SendingTimeForm,
    rows=lambda: SendingTime.objects.select_related("payer"),
    searched=("payer__name", "channel"),
    columns=(
        Column("Way", str),
        Column("To prepare", lambda row: row.preparation_days, is_number=True),
        Column("On the way", lambda row: row.mailing_days, is_number=True),
    ),
)
