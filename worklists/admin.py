"""Rare repairs of queues and rules. Items change through their verbs only, so that each change is written down."""

from django.contrib import admin

from accounts.repairs import LookOnly
from worklists.models import Activity, Queue, RoutingRule, WorkItem

admin.site.register([Queue, RoutingRule])
admin.site.register([WorkItem, Activity], LookOnly)
