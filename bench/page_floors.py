"""What pages are held against: views that pass the same middleware, ask one raw statement and send as many bytes."""

from __future__ import annotations

from typing import Any

Floor = dict[str, Any]
"""What a floor sends, by the names of the parameters of `_floor`."""


def floors(client: Any, item: str) -> dict[str, Floor]:
    """Views without anything: one statement, its rows in one format, between what stands above and below them."""
    above, _, rest = client.get("/items/").content.decode().partition("<tbody>")
    rows, _, below = rest.partition("</tbody>")
    whole = client.get(item).content.decode()
    pk = item.strip("/").rpartition("/")[2]
    of_list = {"statement": FLOOR, "above": above, "row_bytes": len(rows) // 50, "below": below}
    of_one = {
        "statement": FLOOR.replace("w.is_open ORDER BY", f"w.id = {pk} ORDER BY"),
        "above": "",
        "row_bytes": len(whole),
        "below": "",
    }
    return {"floor": of_list, "planned once": {**of_list, "planned": True}, "item floor": of_one}


def add(made: dict[str, Floor]) -> None:
    """Has this process answer to them, each at the address of its name."""
    for name, floor in made.items():
        _add(address_of(name), **floor)


def address_of(name: str) -> str:
    return f"/{name.replace(' ', '-')}/"


def _add(address: str, statement: str, above: str, row_bytes: int, below: str, planned: bool = False) -> None:
    from django.db import connection
    from django.http import HttpRequest, HttpResponse
    from django.urls import path

    from accounts.statements import planned_once
    from config import urls

    def floor(request: HttpRequest) -> HttpResponse:
        assert request.user.is_authenticated
        with planned_once() if planned else connection.cursor() as cursor:
            cursor.execute(statement)
            rows = [FLOOR_ROW % row for row in cursor.fetchall()]
        return HttpResponse("".join([above, *(row.ljust(row_bytes) for row in rows), below]))

    urls.urlpatterns.insert(0, path(address.lstrip("/"), floor))


FLOOR = """
SELECT w.id, w.amount_at_risk, w.deadline, c.patient_last, c.patient_first, c.number, p.name, w.reason, d.next_action,
    coalesce(u.last_name, '')
FROM worklists_workitem w JOIN denials_claim c ON c.id = w.claim_id JOIN denials_payer p ON p.id = w.payer_id
JOIN denials_denial d ON d.id = w.denial_id LEFT JOIN accounts_user u ON u.id = w.assignee_id
WHERE w.is_open ORDER BY w.rank_key, w.id LIMIT 50
"""
FLOOR_ROW = "<tr><td>%s</td><td>%s</td><td>%s</td><td>%s, %s %s</td><td>%s</td><td>%s %s</td><td>%s</td></tr>"
