"""From a kept file to rows: what the payer said, exactly once, one transaction per payment (ST).

Running it again records what is missing and nothing else, whoever was killed where. Two workers on one file take
turns by a lock on its hash; two files of one payer take turns by a lock on the payer, so that a payment sent twice is
seen as such and two uploads of the same claims cannot block each other for ever.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import partial

from django.db import connection, transaction
from django.db.models.functions import Now

from accounts.models import Facility
from denials import findings, payer_matching, staging, twins
from denials.copying import ids
from denials.domain.facts import Finding, RemittanceHeader, Severity
from denials.domain.payments import Payment, PaymentReader
from denials.fitting import MOST_TOTAL, Fitting, widths
from denials.keeping import open_kept
from denials.models import Payer, ProviderAdjustment, Remittance, RemittanceFile
from denials.recorded_claims import RecordedClaim, reported_claim, reported_claims

__all__ = ["RecordedClaim", "record", "reported_claim", "reported_claims"]

Report = Callable[[str, int, int], None]
STAGE = "record"
_HEADER_WIDTHS = dict(
    zip(
        names := ("control_number", "interchange", "payer_name", "payer_identifier", "payee_npi", "trace", "method"),
        widths(Remittance, names),
        strict=True,
    )
)
_PLB_WIDTHS = widths(ProviderAdjustment, ("provider", "code", "reference"))
_HOLD_REASON_WIDTH = widths(Remittance, ["hold_reason"])[0]


def record(file: RemittanceFile, report: Report) -> None:
    """Records every payment of a file that is not recorded yet. `report` gets bytes done and the bytes of the file.

    A file that turns out to hold no remittance is refused with the reason. What stands before a cut is recorded.
    """
    if file.state in (RemittanceFile.State.RECORDED, RemittanceFile.State.REFUSED):
        return
    recorded = set(file.remittances.values_list("transaction", flat=True))
    with open_kept(str(file.content.name)) as source:

        def tell() -> None:
            report(STAGE, source.tell(), file.size)

        reader = PaymentReader(source)
        for payment in reader:
            if payment.header.transaction in recorded:
                tell()  # reading on takes its time too, and who is silent for long loses the job
            else:
                _record_payment(file, payment, tell)
    _close(file, reader)


def _record_payment(file: RemittanceFile, payment: Payment, report: Callable[[], None]) -> None:
    # Payer and facility come first, in transactions of their own: nobody else waits for them while claims are copied.
    payer, facility = _parties(file, payment.header)
    fitting = Fitting(payment.header.transaction)
    with transaction.atomic():
        report()  # holds the job's row until the commit: nobody takes the job over from a worker that lives
        payer = _take_turn(file, payer)
        if file.remittances.filter(transaction=payment.header.transaction).exists():
            return
        remittance = _opened(file, payment, fitting)
        remittance.payer, remittance.facility = payer, facility
        _copy_claims(payment, remittance, fitting, report)
        _total(remittance, payment, fitting)
        _hold_if_needed(remittance, payment)
        remittance.save(force_insert=True)
        _add_provider_adjustments(remittance, payment, fitting)
        findings.add(file, [*_unseen(file, payment), *fitting.notes, *_news(remittance)])
        report()


def _parties(file: RemittanceFile, header: RemittanceHeader) -> tuple[Payer, Facility]:
    """Who pays whom. In what people entered, the payer stands under the key of the one that they chose."""
    chosen = Payer.objects.filter(key=header.payer_id).first() if file.kind == RemittanceFile.Kind.ENTRY else None
    payer = payer_matching.standing(chosen) if chosen else payer_matching.identify(header)
    return payer, payer_matching.place(header)


def _take_turn(file: RemittanceFile, payer: Payer) -> Payer:
    """The payer whose turn it is: the one that it was merged into, if that happened meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('lock_timeout', '5min', true), pg_advisory_xact_lock(hashtextextended(%s, 835)),"
            " pg_advisory_xact_lock(%s, %s)",
            [file.sha256, payer_matching.PAYERS, payer.pk % 2**31],
        )
    now = payer_matching.standing(Payer.objects.select_related("merged_into").get(pk=payer.pk))
    return now if now == payer else _take_turn(file, now)


def _opened(file: RemittanceFile, payment: Payment, fitting: Fitting) -> Remittance:
    """The remittance with what its header says, under the id that its rows will name; saved once they are counted."""
    header = payment.header
    said = {
        "control_number": header.control_number,
        "interchange": header.interchange,
        "payer_name": header.payer_name,
        "payer_identifier": header.payer_id,
        "payee_npi": header.payee_npi,
        "trace": header.trace,
        "method": header.method,
    }
    return Remittance(
        pk=ids(Remittance, 1)[0],
        file=file,
        entered_from=file.entry.source if file.kind == RemittanceFile.Kind.ENTRY else "",
        transaction=header.transaction,
        amount=header.amount,
        payment_date=header.payment_date,
        production_date=header.production_date,
        segment_from=header.segment_from,
        **{name: fitting.header(text, _HEADER_WIDTHS[name], header.segment_from) for name, text in said.items()},
    )


def _copy_claims(payment: Payment, remittance: Remittance, fitting: Fitting, report: Callable[[], None]) -> None:
    rows = staging.Rows(remittance, fitting)
    for claim in payment.claims():
        rows.add(claim)
        if len(rows) == staging.CLAIMS_AT_A_TIME:
            rows.write()
            report()
    if rows:
        rows.write()


def _total(remittance: Remittance, payment: Payment, fitting: Fitting) -> None:
    totals = payment.closing
    fit: Callable[[Decimal], Decimal] = partial(fitting.total, segment=totals.segment_to)
    remittance.claims = totals.claims
    remittance.charged, remittance.paid = fit(totals.charged), fit(totals.paid)
    is_kept = totals.difference is not None and abs(totals.difference) <= MOST_TOTAL
    remittance.difference = totals.difference if is_kept else None
    remittance.segment_to = totals.segment_to


def _hold_if_needed(remittance: Remittance, payment: Payment) -> None:
    reasons = payment.hold_reasons
    if first := twins.earlier(remittance):
        remittance.twin_of = first
        reasons = [twins.reason(remittance, first), *reasons]
    if reasons:
        remittance.state = Remittance.State.HELD
        remittance.hold_reason = " ".join(reasons)[:_HOLD_REASON_WIDTH]


def _add_provider_adjustments(remittance: Remittance, payment: Payment, fitting: Fitting) -> None:
    rows = []
    for ordinal, each in enumerate(payment.closing.provider_adjustments, start=1):
        said = (each.provider, each.code, each.reference)
        provider, code, reference = fitting.texts(said, _PLB_WIDTHS, 0, each.segment)
        rows.append(
            ProviderAdjustment(
                remittance=remittance,
                ordinal=ordinal,
                provider=provider,
                fiscal_period_end=each.fiscal_period_end,
                code=code,
                reference=reference,
                amount=each.amount,
                segment=each.segment,
            )
        )
    ProviderAdjustment.objects.bulk_create(rows, batch_size=1000)


def _unseen(file: RemittanceFile, payment: Payment) -> list[Finding]:
    """The findings of a payment that the preview did not reach."""
    return payment.findings if payment.header.transaction > _previewed(file) else []


def _previewed(file: RemittanceFile) -> float:
    """Up to which transaction the preview wrote findings: all of them, unless the file was too large for it."""
    return file.preview.get("read_to", 0) if file.preview.get("is_partial", True) else float("inf")


def _news(remittance: Remittance) -> list[Finding]:
    """What an admin must look at before this payer's and facility's money can be told apart."""
    at = remittance.segment_from, remittance.transaction
    news = []
    rivals = list(remittance.payer.candidates.all())
    if rivals and not remittance.payer.is_confirmed:
        names = " and ".join(map(str, rivals))
        text = f"{names} fit this payment equally. It stands under a payer of its own until an admin says which it is."
        news.append(Finding(Severity.NOTE, "ambiguous_payer", text, *at))
    elif not remittance.payer.is_confirmed:
        text = f"The payer {remittance.payer.name} is not confirmed yet: an admin checks it in the settings."
        news.append(Finding(Severity.NOTE, "new_payer", text, *at))
    if not remittance.facility.is_confirmed:
        text = f"The facility {remittance.facility.name} is not confirmed yet: an admin checks it in the settings."
        news.append(Finding(Severity.NOTE, "new_facility", text, *at))
    return news


def _close(file: RemittanceFile, reader: PaymentReader) -> None:
    """Ends the file, once, however many workers came this far."""
    is_refused = bool(reader.refusal) and not file.remittances.exists()
    ended: dict[str, object] = {"state": RemittanceFile.State.RECORDED, "recorded_at": Now()}
    if is_refused:
        ended = {"state": RemittanceFile.State.REFUSED, "refusal": reader.refusal[:300]}
    unfinished = (RemittanceFile.State.RECEIVED, RemittanceFile.State.RECORDING)
    with transaction.atomic():
        if RemittanceFile.objects.filter(pk=file.pk, state__in=unfinished).update(**ended):
            seen = _previewed(file)
            rest = [finding for finding in reader.loose if not 0 < finding.transaction <= seen]
            findings.add(file, rest if seen != float("inf") else [])
    file.refresh_from_db()
