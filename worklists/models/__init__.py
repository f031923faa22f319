"""Queues, routing rules, work items and what people did with them."""

from worklists.models.activities import Activity
from worklists.models.acts import BulkAct, BulkActRow
from worklists.models.behavioral import BehavioralAnswer
from worklists.models.board import BoardCell, BoardState, DayCount
from worklists.models.calls import CallClaim, CallOutcome, PayerCall
from worklists.models.clarifications import Clarification
from worklists.models.escalations import Escalation, Reminder
from worklists.models.evidence import EvidenceDocument, EvidencePiece, EvidenceUse, RecordRequest
from worklists.models.figures import Figure
from worklists.models.imaging import ImagingEvent
from worklists.models.items import CLAIM_AGAIN, Resolution, Settlement, WorkItem
from worklists.models.list_snapshots import ListSnapshot
from worklists.models.losses import Loss
from worklists.models.missed import MissedClock
from worklists.models.notes import Channel, Contact, NoteDraft, PinnedNote, SmartPhrase
from worklists.models.notifications import Notification, NotificationChoice, NotificationState
from worklists.models.order import Experience, OrderWeights, WorkTime
from worklists.models.queues import Queue, QueueTeam, RoutingRule
from worklists.models.replays import RuleSetReplay
from worklists.models.rule_sets import RuleSet
from worklists.models.saved_views import FirstView, SavedView
from worklists.models.specialists import PayerSpecialist
from worklists.models.steps import PlaybookStepDone
from worklists.models.watch_settings import EscalationRule, ReminderDay, WatchNumber
from worklists.models.workers import Absence, WorkProfile

__all__ = [
    "CLAIM_AGAIN",
    "Absence",
    "Activity",
    "BehavioralAnswer",
    "BoardCell",
    "BoardState",
    "BulkAct",
    "BulkActRow",
    "CallClaim",
    "CallOutcome",
    "Channel",
    "Clarification",
    "Contact",
    "DayCount",
    "Escalation",
    "EscalationRule",
    "EvidenceDocument",
    "EvidencePiece",
    "EvidenceUse",
    "Experience",
    "Figure",
    "FirstView",
    "ImagingEvent",
    "ListSnapshot",
    "Loss",
    "MissedClock",
    "NoteDraft",
    "Notification",
    "NotificationChoice",
    "NotificationState",
    "OrderWeights",
    "PayerCall",
    "PayerSpecialist",
    "PinnedNote",
    "PlaybookStepDone",
    "Queue",
    "QueueTeam",
    "RecordRequest",
    "Reminder",
    "ReminderDay",
    "Resolution",
    "RoutingRule",
    "RuleSet",
    "RuleSetReplay",
    "SavedView",
    "Settlement",
    "SmartPhrase",
    "WatchNumber",
    "WorkItem",
    "WorkProfile",
    "WorkTime",
]
