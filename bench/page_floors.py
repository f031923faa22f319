"""What pages are held against: views that pass the same middleware, ask one raw statement and send the same bytes.

The statement of the list reads the columns of its rows; that of the item reads the rows that its page says most of. The
bytes come from the fastest template there is: pieces of text that are joined, with each value escaped at its place. The
markup and whatever other pages say too is ready made; of the list, so is all that stands above and below its rows.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from html import escape, unescape
from typing import Any

Floor = dict[str, Any]
"""What a floor sends, by the names of the parameters of `_add`."""
TEXT = re.compile(r"(?<=>)[^<>]*[^<>\s][^<>]*(?=<)")


def floors(client: Any, items: Sequence[Any]) -> dict[str, Floor]:
    """The floors of the list and of the page of each item; whatever the page of the next one says too is no value."""
    whole = client.get("/items/").content.decode()
    above, _, rest = whole.partition("<tbody>")
    rows, _, below = rest.partition("</tbody>")
    first, *others, last = _pieces(rows, known=())
    of_list = {"statement": FLOOR, "pieces": [above + first, *others, last + below]}
    pages = [client.get(f"/items/{each.pk}/").content.decode() for each in items]
    of_items = {
        item_floor(item): {"statement": ITEM_FLOOR % item.pk, "pieces": _pieces(page, known=set(TEXT.findall(another)))}
        for item, page, another in zip(items, pages, pages[1:] + pages[:1], strict=True)
    }
    return {"floor": of_list, "planned once": {**of_list, "planned": True}, **of_items}


def item_floor(item: Any) -> str:
    return f"item floor {item.pk}"


def _pieces(page: str, known: Collection[str]) -> list[str]:
    """The page in pieces of which every other one is a value, as it is before it is escaped."""
    pieces, ready = [], 0
    for text in TEXT.finditer(page):
        value = unescape(text[0])
        if text[0] not in known and escape(value) == text[0]:
            pieces += [page[ready : text.start()], value]
            ready = text.end()
    return [*pieces, page[ready:]]


def add(made: dict[str, Floor]) -> None:
    """Has this process answer to them, each at the address of its name."""
    for name, floor in made.items():
        _add(address_of(name), **floor)


def address_of(name: str) -> str:
    return f"/{name.replace(' ', '-')}/"


def _add(address: str, statement: str, pieces: list[str], planned: bool = False) -> None:
    from django.db import connection
    from django.http import HttpRequest, HttpResponse
    from django.urls import path

    from accounts.statements import planned_once
    from config import urls

    def floor(request: HttpRequest) -> HttpResponse:
        assert request.user.is_authenticated
        with planned_once() if planned else connection.cursor() as cursor:
            cursor.execute(statement)
            cursor.fetchall()
        written = pieces[:]
        written[1::2] = map(escape, pieces[1::2])
        return HttpResponse("".join(written))

    urls.urlpatterns.insert(0, path(address.lstrip("/"), floor))


FLOOR = """
SELECT w.id, w.amount_at_risk, w.deadline, c.patient_last, c.patient_first, c.number, p.name, w.reason, d.next_action,
    coalesce(u.last_name, '')
FROM worklists_workitem w JOIN denials_claim c ON c.id = w.claim_id JOIN denials_payer p ON p.id = w.payer_id
JOIN denials_denial d ON d.id = w.denial_id LEFT JOIN accounts_user u ON u.id = w.assignee_id
WHERE w.is_open ORDER BY w.rank_key, w.id LIMIT 50
"""
ITEM_FLOOR = """
SELECT w.id, w.amount_at_risk, w.deadline, w.status, w.routed_because, c.patient_last, c.patient_first, c.number,
    p.name, w.reason, d.next_action, r.charge, r.paid, coalesce(u.last_name, ''),
    (SELECT json_agg(l ORDER BY l.number) FROM denials_remittedline l WHERE l.remitted_claim_id = r.id),
    (SELECT json_agg(a ORDER BY a.ordinal) FROM denials_adjustment a WHERE a.remitted_claim_id = r.id),
    (SELECT json_agg(k) FROM denials_clock k WHERE k.denial_id = d.id),
    (SELECT json_agg(n) FROM denials_payercontact n WHERE n.payer_id = p.id AND n.is_current),
    (SELECT json_agg(e) FROM worklists_evidencepiece e WHERE e.item_id = w.id),
    (SELECT json_agg(t) FROM worklists_playbookstepdone t WHERE t.item_id = w.id),
    (SELECT json_agg(q) FROM worklists_clarification q WHERE q.item_id = w.id),
    (SELECT json_agg(h) FROM (
        SELECT * FROM worklists_activity WHERE item_id = w.id ORDER BY at DESC, id DESC LIMIT 10) h),
    (SELECT json_agg(y) FROM appeals_appeal y WHERE y.item_id = w.id)
FROM worklists_workitem w JOIN denials_claim c ON c.id = w.claim_id JOIN denials_payer p ON p.id = w.payer_id
JOIN denials_denial d ON d.id = w.denial_id JOIN denials_remittedclaim r ON r.id = d.remitted_claim_id
LEFT JOIN accounts_user u ON u.id = w.assignee_id
WHERE w.id = %d
"""
