"""What every match of a lexicon's expression holds, and that it leaves out no match."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frontmap.claims.lexicon import cues, relation_patterns, verification_patterns
from frontmap.claims.lexicon.events import phrases
from frontmap.claims.lexicon.literals import required_literal

LINES = (*cues(), *phrases(), *relation_patterns(), *verification_patterns())
HELD = [(line.pattern, line.literal) for line in LINES if line.literal]


@pytest.mark.parametrize(
    ("expression", "literal"),
    [
        (r"\bunter beschuss\b", "unter beschuss"),
        (r"\bdroht\b|\bwarnt\b", ""),
        (r"(?:droht|warnt) vor der\b", " vor der"),
        (r"\bkönn(?:te|ten)\b", "könn"),
        (r"abc?d", ""),
        (r"abcd?e", "abc"),
        (r"abcd{2,3}efg", "abc"),
        (r"[abc]defg[^]]hij", "defg"),
        (r"\d+ kilometer", " kilometer"),
        (r"(?!nein|doch)wald", "wald"),
        (r"(?i:wald)wald", ""),
        (r"ja", ""),
    ],
)
def test_letters_outside_of_all_brackets_are_required(expression: str, literal: str) -> None:
    assert required_literal(expression) == literal


def test_most_expressions_have_some() -> None:
    assert len(HELD) > 100


@settings(max_examples=400)
@given(st.data())
def test_every_match_holds_them(data: st.DataObject) -> None:
    pattern, literal = data.draw(st.sampled_from(HELD))
    assert pattern is not None
    text = data.draw(st.from_regex(pattern))
    match = re.search(pattern, text)
    assert match is None or literal in text
