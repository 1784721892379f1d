"""Sentences stay short enough to be read in bounded time, and lose nothing."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frontmap.sentences import split_sentences

LONGEST = 1200


def bare(text: str) -> str:
    """A text without white space and ticker marks."""
    return "".join(text.replace("+++", " ").split())


def assert_whole(text: str) -> None:
    """Every character that counts lies in exactly one sentence, none of them too long."""
    last = 0
    covered = ""
    for sentence in split_sentences(text):
        assert last <= sentence.start < sentence.end <= len(text)
        assert sentence.end - sentence.start <= LONGEST
        assert not bare(text[last : sentence.start])
        assert text[sentence.start].strip() and text[sentence.end - 1].strip()
        covered += bare(text[sentence.start : sentence.end])
        last = sentence.end
    assert not bare(text[last:])
    assert covered == bare(text)


@settings(deadline=None)
@given(st.text("aB .,;!?\n+„“ü1-", max_size=300))
def test_every_sign_lies_in_one_sentence(text: str) -> None:
    assert_whole(text)
    assert_whole(text * 20)


@pytest.mark.parametrize(
    "unit",
    ["a", "Kiew ", "Kiew, ", "(Kiew ", "bei Torezk und ", "„", "+++", "Aa.", "A. ", "\u00ad"],
)
def test_endless_sentences_are_cut(unit: str) -> None:
    text = unit * (20_000 // len(unit))
    assert_whole(text)


def test_a_long_list_is_cut_after_a_comma_and_no_word_in_two() -> None:
    text = "Gekämpft wurde bei " + ", ".join(["Nowohrodiwka"] * 300) + "."
    parts = split_sentences(text)
    assert len(parts) > 2
    for sentence in parts[:-1]:
        assert text[sentence.end - 1] == ","


def test_a_sentence_of_usual_length_is_never_cut() -> None:
    text = "Russische Truppen griffen bei " + " und ".join(["Nowohrodiwka"] * 65) + " an."
    assert 1000 < len(text) < LONGEST
    assert len(split_sentences(text)) == 1
