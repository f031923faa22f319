"""What the payer said (files, remittances, claims, adjustments) and what we concluded from it (denials)."""

from denials.models.acknowledgments import Acknowledgment, Rejection
from denials.models.clocks import Clock, ClockEvent
from denials.models.code_lists import CodeList
from denials.models.codes import Category, Code, CodeHandling, CodeSystem, CodeValidity
from denials.models.conclusions import ChosenPart, Denial, ReversalPair
from denials.models.entries import Confirmation, Entry, Sheet, SheetLayout
from denials.models.exceptions import ExceptionCase, HeldUp
from denials.models.jobs import Job
from denials.models.patient_names import PatientName
from denials.models.payer_merges import MovedRows, PayerMerge
from denials.models.payer_products import PayerContact, PayerProduct
from denials.models.payer_rules import PayerRule, SendingTime
from denials.models.payers import Payer, PayerIdentifier
from denials.models.playbooks import Playbook
from denials.models.readings import CodeReading
from denials.models.remittances import (
    Adjustment,
    Claim,
    EnteredFrom,
    FileFinding,
    ProviderAdjustment,
    Remittance,
    RemittanceFile,
    RemittedClaim,
    RemittedLine,
)
from denials.models.rereadings import Rereading
from denials.models.told import Authorization, ClaimNote, EligibilityCheck

__all__ = [
    "Acknowledgment",
    "Adjustment",
    "Authorization",
    "Category",
    "ChosenPart",
    "Claim",
    "ClaimNote",
    "Clock",
    "ClockEvent",
    "Code",
    "CodeHandling",
    "CodeList",
    "CodeReading",
    "CodeSystem",
    "CodeValidity",
    "Confirmation",
    "Denial",
    "EligibilityCheck",
    "EnteredFrom",
    "Entry",
    "ExceptionCase",
    "FileFinding",
    "HeldUp",
    "Job",
    "MovedRows",
    "PatientName",
    "Payer",
    "PayerContact",
    "PayerIdentifier",
    "PayerMerge",
    "PayerProduct",
    "PayerRule",
    "Playbook",
    "ProviderAdjustment",
    "Rejection",
    "Remittance",
    "RemittanceFile",
    "RemittedClaim",
    "RemittedLine",
    "Rereading",
    "ReversalPair",
    "SendingTime",
    "Sheet",
    "SheetLayout",
]
