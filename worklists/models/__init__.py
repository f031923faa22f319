"""Queues, routing rules, work items and what people did with them."""

from worklists.models.figures import Figure
from worklists.models.items import Activity, Resolution, Settlement, WorkItem
from worklists.models.queues import Queue, QueueTeam, RoutingRule

__all__ = ["Activity", "Figure", "Queue", "QueueTeam", "Resolution", "RoutingRule", "Settlement", "WorkItem"]
