"""What the rules were asked about a payer or a facility, kept with each routing when that comes to be called otherwise.

So the list of rules that routed an item still answers as it did. Only what differs is kept, and dropped again where it
differs no more.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import EmptyResultSet
from django.db import connection

from accounts import facility_changes
from accounts.models import Facility
from denials.models import Denial, Payer
from denials.payer_links import Table
from worklists.models import WorkItem
from worklists.models.items import WorkItemQuerySet

KEEP = """
UPDATE worklists_workitem i SET routed_facts = CASE
    WHEN routed_facts ->> asked.fact = asked.now THEN nullif(routed_facts - asked.fact, '{}'::jsonb)
    WHEN routed_facts ? asked.fact THEN routed_facts
    ELSE coalesce(routed_facts, '{}'::jsonb) || jsonb_build_object(asked.fact, asked.was)
END FROM (SELECT %s::text AS fact, %s::text AS was, %s::text AS now) AS asked
WHERE i.rule_set_id IS NOT NULL AND i.id IN ("""


def keep(items: WorkItemQuerySet, fact: str, was: str, now: str) -> None:
    """Keeps that the rules were asked about `was` where a routing of these items was made with it."""
    try:
        among, params = items.order_by().values("pk").query.sql_with_params()
    except EmptyResultSet:
        return
    with connection.cursor() as cursor:
        cursor.execute(f"{KEEP}{among})", [fact, was, now, *params])


def of_payer(table: Table, ids: Sequence[int], was: Payer, now: Payer) -> None:
    """Denials go from one payer to another."""
    if table.model is Denial:
        keep(WorkItem.objects.filter(denial__in=ids, denial__payer=was), "payer_key", was.key, now.key)


def of_facility(was: Facility, now: Facility) -> None:
    for fact, name in (("facility_npi", "npi"), ("service_line", "service_line")):
        if getattr(was, name) != getattr(now, name):
            keep(WorkItem.objects.filter(facility=was), fact, getattr(was, name), getattr(now, name))


def register() -> None:
    """Called once, when the app is ready."""
    facility_changes.register(of_facility)
