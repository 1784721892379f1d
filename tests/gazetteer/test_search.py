"""Typo-tolerant search and completion of `Gazetteer`, beside a slow search over everything."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from samples import sample_places

from gazetteer import (
    Gazetteer,
)
from gazetteer.folding import fold
from gazetteer.lookup_fuzzy import allowed_edits
from gazetteer.ranking import kind_standing, name_standing


def slow_distance(one: str, other: str) -> int:
    """Edit distance with swaps of neighbours, by the textbook's table."""
    table = {(i, 0): i for i in range(len(one) + 1)}
    table |= {(0, j): j for j in range(len(other) + 1)}
    for i in range(1, len(one) + 1):
        for j in range(1, len(other) + 1):
            same = one[i - 1] == other[j - 1]
            best = min(table[i - 1, j] + 1, table[i, j - 1] + 1, table[i - 1, j - 1] + (not same))
            if i > 1 and j > 1 and one[i - 1] == other[j - 2] and one[i - 2] == other[j - 1]:
                best = min(best, table[i - 2, j - 2] + 1)
            table[i, j] = best
    return table[len(one), len(other)]


@st.composite
def mistyped(draw: st.DrawFn) -> str:
    """A name with up to three typing errors."""
    names = [*sorted({place.name_de for place in sample_places()}), "Артемівськ", "Покровск"]
    text = list(draw(st.sampled_from(names)))
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(text) - 1))
        letter = draw(st.sampled_from("aeikosz юь"))
        match draw(st.sampled_from(["insert", "delete", "replace", "swap"])):
            case "insert":
                text.insert(at, letter)
            case "delete" if len(text) > 1:
                del text[at]
            case "replace":
                text[at] = letter
            case _:
                text[at : at + 2] = text[at : at + 2][::-1]
    return "".join(text)


@settings(deadline=None, max_examples=60)
@given(text=mistyped())
@example(text="Pokrowks")
@example(text="Oleksandrvika")
@example(text="Tschassiwjar")
def test_search_finds_what_a_slow_search_finds(
    text: str, g: Gazetteer, keys: dict[str, set[str]]
) -> None:
    wanted = fold(text)
    edits = allowed_edits(len(wanted))
    expected: dict[str, float] = {}
    for key, members in keys.items():
        if abs(len(key) - len(wanted)) > edits or not wanted:
            continue
        distance = slow_distance(wanted, key)
        if distance <= edits:
            score = 1 - distance / max(len(wanted), len(key))
            for identifier in members:
                expected[identifier] = max(expected.get(identifier, 0), score)
    matches = g.search(text, limit=1000)
    assert {match.place.id: match.score for match in matches} == pytest.approx(expected)
    scores = [match.score for match in matches]
    assert scores == sorted(scores, reverse=True)
    exact = [match.place.id for match in g.lookup(text)]
    assert [match.place.id for match in matches[: len(exact)]] == exact
    assert [m.place.id for m in g.search(text, limit=2)] == [m.place.id for m in matches[:2]]
    assert [m.place.id for m in g.search(text, fuzzy=False, limit=99)] == exact


def test_fuzzy_says_which_name_matched(g: Gazetteer) -> None:
    match = g.search("Pokrowks")[0]
    assert (match.place.id, match.name.text) == ("demo:pokrowsk", "Pokrowsk")
    assert match.score == pytest.approx(0.875)


def test_short_names_are_not_guessed(g: Gazetteer) -> None:
    assert g.search("Krmi") == []
    assert g.search("Lymna")[0].place.id == "demo:lyman"


def test_no_limit_below_one(g: Gazetteer) -> None:
    assert g.search("Lyman", limit=0) == []
    assert g.complete("Lym", 0) == []


# prefixes ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("prefix", ["P", "Pok", "pokrowsk", "Ly", "K", "Mychajliwka", "Тор", "zz"])
def test_complete_finds_what_a_slow_search_finds(
    prefix: str, g: Gazetteer, keys: dict[str, set[str]]
) -> None:
    wanted = fold(prefix)
    expected = {i for key, members in keys.items() if key.startswith(wanted) for i in members}
    matches = g.complete(prefix, 1000)
    assert {match.place.id for match in matches} == expected
    assert len(matches) == len(expected)
    exact = keys.get(wanted, set())
    for match in matches:
        assert fold(match.name.text).startswith(wanted)
        assert 0 < match.score <= 1
        assert (match.score == 1) == (match.place.id in exact)
    assert [m.place.id for m in g.complete(prefix, 2)] == [m.place.id for m in matches[:2]]


def test_completions_come_by_prominence(g: Gazetteer) -> None:
    found = [match.place.name_de for match in g.complete("Ch", 3)]
    assert found[:2] == ["Charkiw", "Cherson"]


def test_completions_are_ordered(g: Gazetteer) -> None:
    """Present names first, of these the ones readers know, then weighty kinds and large places."""
    for prefix in ("K", "Po", "Ly", "Mych"):
        ranks = []
        for match in g.complete(prefix, 1000):
            kind = match.place.kind
            shown = fold(match.place.name_de) == fold(match.name.text)
            standing = -1 if shown else name_standing(match.name, kind)
            exact_by_guess = match.score == 1 and standing >= 2
            if not exact_by_guess:
                size = (match.place.population or 0) // (1 if match.place.country == "UA" else 4)
                ranks.append((standing >= 2, standing > 0, kind_standing(kind), -size))
        assert ranks == sorted(ranks)


@pytest.mark.parametrize(
    "name",
    ["Asow", "Bar", "Dnipro", "Don", "Donezk", "Drobyschew", "Horliwka", "Iwaniwka", "Krym",
     "Lyman", "Oleksandriwka", "Pokrow", "Pokrowsk", "Saky", "Saporischschja", "Sumy", "Torezk"],
)  # fmt: skip
def test_places_called_just_so_come_first_and_as_looked_up(name: str) -> None:
    gazetteer = Gazetteer.default()
    called = [match.place.id for match in gazetteer.lookup(name)]
    known = [
        match.place.id
        for match in gazetteer.lookup(name)
        if name_standing(match.name, match.place.kind) < 2
    ] or called
    found = [match.place.id for match in gazetteer.complete(name, len(called) + 5)]
    assert known and found[: len(known)] == known


@pytest.mark.parametrize(
    ("prefix", "first"),
    [
        ("Kostjan", "Kostjantyniwka"),
        ("Lug", "Luhansk"),
        ("Pokr", "Pokrowsk"),
        ("Krasno", "Krasnojarsk"),
        ("Sjewjerod", "Sjewjerodonezk"),
        ("Artjom", "Bachmut"),
        ("Torske", "Torske"),
        ("Newsk", "Newske"),
        ("Char", "Charkiw"),
        ("Kie", "Kiew"),
        ("Kupj", "Kupjansk"),
        ("Mar", "Mariupol"),
        ("Slowj", "Slowjansk"),
        ("Artemiwsk", "Bachmut"),
        ("Belg", "Belgorod"),
        ("Don", "Don"),
    ],
)
def test_what_a_reader_types_first(prefix: str, first: str) -> None:
    assert Gazetteer.default().complete(prefix, 1)[0].place.name_de == first


def test_complete_needs_a_beginning(g: Gazetteer) -> None:
    assert g.complete("") == [] and g.complete(" -") == []
