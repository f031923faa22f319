"""A page whose template is put together once: what it extends, its blocks and what it includes stand in one list.

Django looks each of them up again for each page, which takes the page of an item as long as its words.
What is included with values of its own stays as it is, and `block.super` has no place here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from copy import copy
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template import Engine, NodeList, RequestContext, loader
from django.template.base import Node, Template, TextNode, Variable
from django.template.defaulttags import CommentNode, ForNode, IfNode, LoadNode
from django.template.loader_tags import BlockNode, ExtendsNode, IncludeNode

Blocks = Mapping[str, BlockNode]
SILENT = (LoadNode, CommentNode)


def render_whole(request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    """As `django.shortcuts.render`."""
    with begun(request, name) as shown:
        return shown(context)


@contextmanager
def begun(request: HttpRequest, name: str) -> Iterator[Callable[[dict[str, Any]], HttpResponse]]:
    """The same in two steps: what every page knows is found when the block begins, as while the database still works
    for this one.
    """
    found: Any = loader.get_template(name)
    whole, known = _whole(found.template), RequestContext(request)

    def shown(context: dict[str, Any]) -> HttpResponse:
        # Taken out again: else the page and all it was made of hold each other until Python looks for such rings.
        with known.push(context):
            return HttpResponse(whole.render(known))

    with known.bind_template(whole):
        known["csrf_token"] = get_token(request)  # masked letter by letter: not left for when the page is written
        yield shown


@lru_cache(maxsize=50)
def _whole(template: Template) -> Template:
    """Anew when Django has read the template anew, as it does where a developer changes one."""
    whole = copy(template)
    whole.nodelist = _joined(_of_template(template, {}))
    return whole


def _of_template(template: Template, blocks: Blocks) -> Iterator[Node]:
    for node in template.nodelist:
        if isinstance(node, ExtendsNode):
            parent: Any = node.parent_name
            yield from _of_template(_named(parent.var, template.engine), {**node.blocks, **blocks})
            return
    yield from _put_together(template.nodelist, template.engine, blocks)


def _put_together(nodes: Iterable[Any], engine: Engine, blocks: Blocks) -> Iterator[Node]:
    def within(nodelist: Iterable[Any]) -> NodeList:
        return _joined(_put_together(nodelist, engine, blocks))

    for node in nodes:
        if isinstance(node, BlockNode):
            yield from _put_together(blocks.get(node.name, node).nodelist, engine, blocks)
        elif isinstance(node, IncludeNode) and _is_plain(node):
            yield from _of_template(_named(node.template.var, engine), {})
        elif isinstance(node, IfNode):
            yield _like(node, conditions_nodelists=[(asked, within(then)) for asked, then in node.conditions_nodelists])
        elif isinstance(node, ForNode):
            yield _like(node, nodelist_loop=within(node.nodelist_loop), nodelist_empty=within(node.nodelist_empty))
        elif not isinstance(node, SILENT):
            yield node


def _is_plain(node: IncludeNode) -> bool:
    is_constant = not isinstance(node.template.var, Variable) and not node.template.filters
    return is_constant and not node.extra_context and not node.isolated_context


def _named(name: Any, engine: Engine) -> Template:
    return engine.get_template(name)


def _like(node: Node, **changed: Any) -> Node:
    made = copy(node)
    made.__dict__.update(changed)
    return made


def _joined(nodes: Iterator[Node]) -> NodeList:
    """With texts that follow each other as one."""
    joined = NodeList()
    for node in nodes:
        if isinstance(node, TextNode) and joined and isinstance(joined[-1], TextNode):
            joined[-1] = TextNode(joined[-1].s + node.s)
        else:
            joined.append(node)
    return joined
