"""Expressions of the packages: none repeats without a bound what is itself such a repetition."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from re import _constants, _parser  # type: ignore[attr-defined]
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
_REPEATS = ("MAX_REPEAT", "MIN_REPEAT")


def explodes(nodes: Any) -> bool:
    """Whether a repetition without a bound repeats one with nothing else that must stand there."""
    return any(
        (op in _REPEATS and _endless(value) and _is_repetition(value[2]))
        or any(explodes(inner) for inner in _inside(op, value))
        for op, value in ((str(op), value) for op, value in nodes)
    )


def _endless(value: Any) -> bool:
    return bool(value[1] == _constants.MAXREPEAT)


def _inside(op: str, value: Any) -> list[Any]:
    match op:
        case "MAX_REPEAT" | "MIN_REPEAT":
            return [value[2]]
        case "SUBPATTERN":
            return [value[3]]
        case "BRANCH":
            return list(value[1])
        case "ASSERT" | "ASSERT_NOT":
            return [value[1]]
    return []


def _is_repetition(nodes: Any) -> bool:
    needed = [(str(op), value) for op, value in nodes if _needed(op, value)]
    if len(needed) > 1:
        return False
    for op, value in needed or [(str(op), value) for op, value in nodes]:
        if op in _REPEATS and _endless(value):
            return True
        if op in ("SUBPATTERN", "BRANCH") and any(map(_is_repetition, _inside(op, value))):
            return True
    return False


def _needed(op: Any, value: Any) -> bool:
    """Whether something must stand there."""
    widths = [inner.getwidth()[0] for inner in _inside(str(op), value)]
    if str(op) in _REPEATS:
        return bool(value[0] and widths[0])
    return min(widths) > 0 if widths else not str(op).startswith(("AT", "ASSERT"))


@pytest.mark.parametrize(
    ("pattern", "bad"),
    [
        (r"(?:a+)+", True),
        (r"(?:a*b?)*c", True),
        (r"x(?:(a|b+)|c)*", True),
        (r"(?:\s*\w+)*", True),
        (r"(?:a+b)*", False),
        (r"(?:a{1,4})+", False),
        (r"(?:, \w+)*", False),
        (r"\w+\s*", False),
    ],
)
def test_the_check_itself(pattern: str, bad: bool) -> None:
    assert explodes(_parser.parse(pattern)) is bad


def test_no_expression_explodes() -> None:
    """In a process of its own, for expressions are told as they are compiled."""
    code = (
        "import json; from benchmarks.regexes import collect;"
        "print(json.dumps([[p, f, where] for (p, f), where in collect().items()]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        check=True,
    )
    import json

    found = json.loads(done.stdout)
    assert len(found) > 500
    bad = [
        (where, pattern)
        for pattern, flags, where in found
        if explodes(_parser.parse(pattern, flags & ~re.DEBUG))
    ]
    assert not bad
