"""Queues, routing rules, work items and what people did with them."""

from worklists.models.acts import BulkAct, BulkActRow
from worklists.models.board import BoardCell, BoardState, DayCount
from worklists.models.clarifications import Clarification
from worklists.models.figures import Figure
from worklists.models.items import Activity, Resolution, Settlement, WorkItem
from worklists.models.missed import MissedClock
from worklists.models.order import Experience, OrderWeights, WorkTime
from worklists.models.queues import Queue, QueueTeam, RoutingRule
from worklists.models.rule_sets import RuleSet
from worklists.models.steps import PlaybookStepDone
from worklists.models.workers import Absence, WorkProfile

__all__ = [
    "Absence",
    "Activity",
    "BoardCell",
    "BoardState",
    "BulkAct",
    "BulkActRow",
    "Clarification",
    "DayCount",
    "Experience",
    "Figure",
    "MissedClock",
    "OrderWeights",
    "PlaybookStepDone",
    "Queue",
    "QueueTeam",
    "Resolution",
    "RoutingRule",
    "RuleSet",
    "Settlement",
    "WorkItem",
    "WorkProfile",
    "WorkTime",
]
