"""What pages are held against: views that pass the same middleware, ask one raw statement and send as many bytes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def page(client: Any, address: str) -> Callable[[], Any]:
    def ask() -> Any:
        answer = client.get(address)
        assert answer.status_code == 200, address
        return answer

    return ask


def floors(client: Any, item: str) -> dict[str, Callable[[], Any]]:
    """Views without anything: one statement, its rows in one format, between what stands above and below them."""
    from django.db import connection

    from accounts.statements import planned_once

    above, _, rest = client.get("/items/").content.decode().partition("<tbody>")
    rows, _, below = rest.partition("</tbody>")
    whole = client.get(item).content.decode()
    pk = item.strip("/").rpartition("/")[2]
    of_one = FLOOR.replace("w.is_open ORDER BY", f"w.id = {pk} ORDER BY")
    made = {
        "floor": (connection.cursor, FLOOR, above, len(rows) // 50, below),
        "planned once": (planned_once, FLOOR, above, len(rows) // 50, below),
        "item floor": (connection.cursor, of_one, "", len(whole), ""),
    }
    return {name: _floor(client, name.replace(" ", "-"), *of) for name, of in made.items()}


def _floor(
    client: Any, name: str, cursor_of: Callable[[], Any], statement: str, above: str, row_bytes: int, below: str
) -> Callable[[], Any]:
    from django.http import HttpRequest, HttpResponse
    from django.urls import path

    from config import urls

    def floor(request: HttpRequest) -> HttpResponse:
        assert request.user.is_authenticated
        with cursor_of() as cursor:
            cursor.execute(statement)
            rows = [FLOOR_ROW % row for row in cursor.fetchall()]
        return HttpResponse("".join([above, *(row.ljust(row_bytes) for row in rows), below]))

    urls.urlpatterns.insert(0, path(f"{name}/", floor))
    return page(client, f"/{name}/")


FLOOR = """
SELECT w.id, w.amount_at_risk, w.deadline, c.patient_last, c.patient_first, c.number, p.name, w.reason, d.next_action,
    coalesce(u.last_name, '')
FROM worklists_workitem w JOIN denials_claim c ON c.id = w.claim_id JOIN denials_payer p ON p.id = w.payer_id
JOIN denials_denial d ON d.id = w.denial_id LEFT JOIN accounts_user u ON u.id = w.assignee_id
WHERE w.is_open ORDER BY w.rank_key, w.id LIMIT 50
"""
FLOOR_ROW = "<tr><td>%s</td><td>%s</td><td>%s</td><td>%s, %s %s</td><td>%s</td><td>%s %s</td><td>%s</td></tr>"
