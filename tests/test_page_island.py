"""Outside text in JSON islands: inert wherever it passes through, and read back the same."""

from __future__ import annotations

import base64
import gzip
import json
import string

import jinja2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontmap.layers.island import LARGE_BYTES, escaped_json, packed_json

TEXT = st.text(
    alphabet=st.one_of(
        st.sampled_from("<>&{}%#`$\\\"'/\u2028\u2029\u202e \n"),
        st.characters(exclude_categories=["Cs"]),
    )
)
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), TEXT),
    lambda inner: st.one_of(st.lists(inner), st.dictionaries(TEXT, inner)),
)


@given(VALUES)
def test_reads_back_the_same(value):
    assert json.loads(escaped_json(value)) == value


@given(VALUES)
def test_holds_nothing_that_html_or_javascript_reads(value):
    text = escaped_json(value)
    assert not set(text) & set("<>&\u2028\u2029")


@given(VALUES)
def test_a_template_engine_leaves_it_alone_twice(value):
    text = escaped_json(value)
    once = jinja2.Template(text).render()
    assert jinja2.Template(once).render() == text


def test_braces_inside_strings_only():
    assert escaped_json({"a": {"b": "{{7*7}}"}}) == (
        '{"a":{"b":"\\u007b\\u007b7*7\\u007d\\u007d"}}'
    )


def test_large_data_is_compressed_and_the_same_each_time():
    value = [f"{{{{7*7}}}}<script>{number}" for number in range(LARGE_BYTES // 10)]
    packed = packed_json(value)
    assert packed == packed_json(value)
    assert set(packed[1:-1]) <= set(string.ascii_letters + string.digits + "+/=")
    assert json.loads(gzip.decompress(base64.b64decode(json.loads(packed)))) == value


def test_small_data_stays_readable():
    assert packed_json(["Pokrowsk"]) == '["Pokrowsk"]'


def test_a_lone_surrogate_does_not_break_the_file():
    assert json.loads(escaped_json(["a\ud800b"]).encode().decode()) == ["a?b"]


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_numbers_json_cannot_write_are_refused(number):
    with pytest.raises(ValueError, match="JSON"):
        escaped_json([number])
