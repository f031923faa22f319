"""The pages that people work in."""

from django.urls import path

from worklists.settings_pages import FIGURES, QUEUES, RULES
from worklists.views import actions, board, bulk, item, rules, steps, watch, worklist

urlpatterns = [
    path("", worklist.home, name="home"),
    path("my-day/", worklist.my_day, name="my_day"),
    path("queues/", worklist.my_queues, name="my_queues"),
    path("queues/<slug:key>/", worklist.queue, name="queue"),
    path("waiting/", worklist.waiting, name="waiting"),
    path("next/", worklist.take_next, name="next"),
    path("search/", worklist.search, name="search"),
    path("items/", worklist.all_items, name="all_items"),
    path("items/many/", bulk.bulk, name="bulk"),
    path("items/<int:pk>/", item.item, name="item"),
    path("items/<int:pk>/source/<int:remitted_pk>/", item.item_source, name="item_source"),
    path("items/<int:pk>/step/", steps.item_step, name="item_step"),
    path("items/<int:pk>/<slug:action>/", actions.act, name="item_action"),
    path("board/", board.board, name="board"),
    path("watch/", watch.watch, name="watch"),
    path("settings/rules/", rules.rules, name="rules"),
    *RULES.urls(),
    *QUEUES.urls(),
    *FIGURES.urls(),
]
