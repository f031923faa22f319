"""Screens on which admins keep queues and rules."""

from __future__ import annotations

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from accounts.access import MANAGERS
from accounts.governance.areas import SWITCH
from accounts.governance.pages import GovernedPage
from accounts.models import User
from accounts.row_history import Part
from accounts.settings_pages import Column, SettingsPage
from worklists.assignment.specialists import SpecialistForm
from worklists.domain.routing import describe
from worklists.figures import FigureForm
from worklists.models import Figure, OrderWeights, PayerSpecialist, Queue, QueueTeam, RoutingRule, WorkItem
from worklists.order_weights import AREA, OrderWeightsForm
from worklists.queue_form import QueueForm
from worklists.routing.rule_form import RuleForm


def _queues() -> QuerySet[Queue]:
    return Queue.objects.prefetch_related("teams").order_by("-is_active", "name")


def _with_open_items(rows: QuerySet[Queue], user: User) -> QuerySet[Queue]:
    of_queue = WorkItem.objects.visible_to(user).filter(queue=OuterRef("pk"), is_open=True).order_by().values("queue")
    return rows.annotate(open_items=Coalesce(Subquery(of_queue.annotate(number=Count("pk")).values("number")), 0))


def _list_of_open(queue: Queue) -> str:
    return f"{reverse('all_items')}?queue={queue.pk}"


QUEUES = SettingsPage(
    name="queues_admin",
    address="settings/queues/",
    title="Queues",
    singular="Queue",
    purpose="Homes for work: each open item is in exactly one.",
    form=QueueForm,
    searched=("name", "key", "purpose"),
    parts=(Part("Teams", QueueTeam, owner="queue_id", member="team"),),
    rows=_queues,
    counted=_with_open_items,
    columns=(
        Column("Queue", str),
        Column("What belongs here", lambda queue: queue.purpose),
        Column("Teams", lambda queue: ", ".join(str(team) for team in queue.teams.all()) or "none"),
        Column("Open items", lambda queue: queue.open_items, is_number=True, leads_to=_list_of_open),
        Column("State", lambda queue: "in use" if queue.is_active else "switched off"),
    ),
)
RULES = GovernedPage(
    name="rules",
    address="settings/rules/",
    title="Routing rules",
    singular="Rule",
    purpose="Asked from the top; the first that matches takes the item.",
    form=RuleForm,
    form_template="worklists/_rule_form.html",
    words={"conditions": describe},
    rows=lambda: RoutingRule.objects.select_related("queue"),
    columns=(),
    has_list=False,
    retirement=SWITCH,
)
SPECIALISTS = SettingsPage(
    name="specialists",
    address="settings/specialists/",
    title="Payer specialists",
    singular="Specialist",
    purpose="Who knows a payer best. Rules that prefer the specialist give its denials to this person.",
    form=SpecialistForm,
    searched=("payer__name", "person__last_name", "person__first_name"),
    rows=lambda: PayerSpecialist.objects.select_related("payer", "person", "facility"),
    columns=(
        Column("Payer", lambda row: row.payer),
        Column("Specialist", lambda row: row.person),
        Column("Facility", lambda row: row.facility or "all"),
        Column("State", lambda row: "in use" if row.is_active else "switched off"),
    ),
    opened_by=MANAGERS,
)
FIGURES = GovernedPage(
    name="figures",
    address="settings/figures/",
    title="Figures",
    singular="Definition",
    purpose="What each number on the board means. How it is counted is built in; say here how your people read it.",
    form=FigureForm,
    searched=("name", "meaning", "formula"),
    may_add=False,
    rows=Figure.objects.all,
    columns=(
        Column("Figure", str),
        Column("Means", lambda figure: figure.meaning),
        Column("Source", lambda figure: figure.source),
        Column("State", lambda figure: "shown" if figure.is_active else "hidden"),
    ),
    retirement=SWITCH,
)
ORDER_WEIGHTS = GovernedPage(
    name=AREA,
    address="settings/order/",
    title="Order of work",
    singular="Weights",
    purpose="What makes one item come before another.",
    form=OrderWeightsForm,
    form_template="worklists/_order_weights_form.html",
    may_add=False,
    rows=OrderWeights.objects.all,
    columns=(),
    has_list=False,
)
