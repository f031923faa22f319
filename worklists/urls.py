"""The pages that people work in."""

from django.urls import path

from worklists.exceptions import acting
from worklists.exceptions import views as exceptions
from worklists.settings_pages import FIGURES, QUEUES, RULES
from worklists.views import (
    actions,
    acts,
    board,
    bulk,
    forecast,
    item,
    missed,
    questions,
    reassigning,
    redating,
    rules,
    steps,
    watch,
    worklist,
)

urlpatterns = [
    path("", worklist.home, name="home"),
    path("my-day/", worklist.my_day, name="my_day"),
    path("queues/", worklist.my_queues, name="my_queues"),
    path("queues/<slug:key>/", worklist.queue, name="queue"),
    path("waiting/", worklist.waiting, name="waiting"),
    path("waiting/colleagues/", worklist.asking, name="asking"),
    path("questions/", questions.questions, name="questions"),
    path("questions/<int:pk>/", questions.question, name="question"),
    path("questions/<int:pk>/document/", questions.question_file, name="question_file"),
    path("questions/<int:pk>/withdraw/", questions.question_withdraw, name="question_withdraw"),
    path("questions/<int:pk>/<slug:action>/", questions.question_action, name="question_action"),
    path("next/", worklist.take_next, name="next"),
    path("search/", worklist.search, name="search"),
    path("items/", worklist.all_items, name="all_items"),
    path("items/many/", bulk.bulk, name="bulk"),
    path("items/reassign/", reassigning.reassign, name="reassign"),
    path("acts/", acts.acts, name="acts"),
    path("acts/<int:pk>/", acts.act, name="act"),
    path("acts/<int:pk>/undo/", acts.act_undo, name="act_undo"),
    path("items/<int:pk>/", item.item, name="item"),
    path("items/<int:pk>/source/<int:remitted_pk>/", item.item_source, name="item_source"),
    path("items/<int:pk>/step/", steps.item_step, name="item_step"),
    path("items/<int:pk>/<slug:action>/", actions.act, name="item_action"),
    path("settings/time-limits/changes/<int:pk>/", redating.payer_rule_moves, name="payer_rule_moves"),
    path("board/", board.board, name="board"),
    path("forecast/", forecast.forecast, name="forecast"),
    path("watch/", watch.watch, name="watch"),
    path("missed/", missed.missed_clocks, name="missed_clocks"),
    path("missed/<int:pk>/", missed.missed_clock, name="missed_clock"),
    path("exceptions/", exceptions.exceptions, name="exceptions"),
    path("exceptions/many/", acting.exceptions_bulk, name="exceptions_bulk"),
    path("exceptions/<int:pk>/", exceptions.exception, name="exception"),
    path("exceptions/<int:pk>/source/<int:held_pk>/", exceptions.exception_source, name="exception_source"),
    path("exceptions/<int:pk>/<slug:action>/", acting.exception_action, name="exception_action"),
    path("settings/rules/", rules.rules, name="rules"),
    *RULES.urls(),
    *QUEUES.urls(),
    *FIGURES.urls(),
]
