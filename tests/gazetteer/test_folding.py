"""The one key that index and query share."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from names_cases import cases

from gazetteer.folding import fold

_SAME = [(case["one"], case["other"]) for case in cases("same_key.tsv")]
_DISTINCT = [(case["one"], case["other"]) for case in cases("distinct_keys.tsv")]
_NAMELIKE = st.text(
    alphabet=st.sampled_from(
        "abcdefghijklmnopqrstuvwxyzABCSTXYZäöüßÄÖÜčšžëïłó"
        "абвгґдеєжзиіїйклмнопрстуфхцчшщьюяёыэъАБЄЇҐ'’ʼʹ- .\u00ad\u200b\u0301\u0308"
    ),
    max_size=24,
)


@pytest.mark.parametrize(("one", "other"), _SAME)
def test_spellings_of_one_name_meet(one: str, other: str) -> None:
    assert fold(one) == fold(other)
    assert fold(one)


@pytest.mark.parametrize(("one", "other"), _DISTINCT)
def test_distinct_names_stay_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@pytest.mark.parametrize("text", ["", " ", "-", "'", "\u00ad", "\u200b\u0301", "...", "(-)"])
def test_nothing_to_fold_gives_the_empty_key(text: str) -> None:
    assert fold(text) == ""


@given(st.text(max_size=30) | _NAMELIKE)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(_NAMELIKE)
def test_composition_makes_no_difference(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@given(_NAMELIKE)
def test_case_makes_no_difference(text: str) -> None:
    assert fold(text.upper()) == fold(text)


@given(st.text(max_size=30) | _NAMELIKE)
def test_key_holds_words_of_letters_and_digits(text: str) -> None:
    key = fold(text)
    assert key == " ".join(key.split())
    assert all(character.isalnum() or character == " " for character in key)


def _slow_fold_of_latin(text: str) -> str:
    """Obviously right, for Latin letters: character by character, no tables."""
    umlauts = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ł": "l"}
    key = ""
    for character in unicodedata.normalize("NFC", text.lower()):
        if character in umlauts:
            key += umlauts[character]
        elif character in "'\"`´‘’ʼʹ" or unicodedata.category(character) in (
            "Mn",
            "Cf",
            "Cc",
            "Lm",
        ):
            continue
        else:
            base = unicodedata.normalize("NFD", character)[0]
            key += base if base.isalnum() else " "
    return " ".join(key.split())


@given(st.text(alphabet="abcoszABCOSZäöüßčšžëïłóÄÖÜČŠ'’ʹ- ./0189", max_size=24))
def test_agrees_with_the_slow_fold(text: str) -> None:
    assert fold(text) == _slow_fold_of_latin(text)


@given(st.text(alphabet=st.characters(max_codepoint=126, min_codepoint=32), max_size=24))
def test_both_ways_through_the_code_agree(text: str) -> None:
    """Pure ASCII takes a short cut; with one letter beyond it, the rest folds as before."""
    assert fold("š " + text) == ("s " + fold(text)).strip()
