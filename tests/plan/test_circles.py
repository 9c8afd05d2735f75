"""Circles of a graph, against the plain way to find them, and in steps that grow with it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from soapgen.plan.circles import circles, reached_counts

from tests.support.steps import steps

Graph = dict[int, set[int]]


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    size = draw(st.integers(1, 8))
    edge = st.integers(0, size - 1)
    return {node: set(draw(st.sets(edge, max_size=4))) for node in range(size)}


def reached(graph: Graph, start: int) -> set[int]:
    found: set[int] = set()
    waiting = [start]
    while waiting:
        new = graph[waiting.pop()] - found
        found |= new
        waiting += new
    return found


@given(graphs())
def test_nodes_that_lead_to_one_another_are_together(graph: Graph) -> None:
    found = circles(graph, order=lambda node: node)
    assert sorted(node for circle in found for node in circle) == sorted(graph)
    for circle in found:
        for node in circle:
            back = {other for other in reached(graph, node) if node in reached(graph, other)}
            assert circle == back | {node}


@given(graphs())
def test_each_circle_comes_after_those_that_it_refers_to(graph: Graph) -> None:
    placed: set[int] = set()
    for circle in circles(graph, order=lambda node: node):
        placed |= circle
        assert {other for node in circle for other in graph[node]} <= placed


@given(graphs())
def test_how_much_each_node_reaches(graph: Graph) -> None:
    counts = reached_counts(graph, graph)
    assert counts == {node: len(reached(graph, node)) for node in graph}


@pytest.mark.slow
def test_steps_grow_with_the_graph() -> None:
    def chain(length: int) -> int:
        graph = {node: {node + 1} for node in range(length)} | {length: {0}}
        return steps(lambda: reached_counts(graph, graph))

    assert chain(4000) / chain(2000) < 2.2
