"""The tables of rules are complete: nothing in them is idle, and nothing fires outside them."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import geo
import layers
import server
from geo.ruletable import RULES
from layers.ruletable import ALL_RULES, LAYER_RULES

HOMES = [Path(str(floor.__file__)).parent for floor in (geo, layers, server)]
# Folders of layers bring rules of their own; the tables are those of the shared code.
SOURCES = [
    *HOMES[0].glob("*.py"),
    *HOMES[1].glob("*.py"),
    *(path for path in HOMES[2].rglob("*.py") if "_assets" not in path.parts),
]
CODE = [path for path in sorted(SOURCES) if not path.name.startswith("ruletable")]


def calls(path: Path) -> Iterator[str]:
    """The rule ids, written out, with which a source file makes findings."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        function = node.func
        name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
        first = node.args[0]
        if name in ("Finding", "finding", "finds") and isinstance(first, ast.Constant):
            yield str(first.value)


def words(path: Path) -> set[object]:
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    return {node.value for node in nodes if isinstance(node, ast.Constant)}


@pytest.mark.parametrize("path", CODE, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_rule_that_can_fire_is_in_the_table(path: Path) -> None:
    assert set(calls(path)) <= set(ALL_RULES)


def test_no_rule_of_the_table_is_idle() -> None:
    said = set[object]().union(*(words(path) for path in CODE))
    assert set(LAYER_RULES) <= said


def test_no_rule_stands_in_both_tables() -> None:
    assert not set(LAYER_RULES) & set(RULES)
