"""What places are called: schemes, mixtures, derived Russian names, names kept as data."""

from __future__ import annotations

import re
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from names_cases import cases

from gazetteer.folding import fold
from gazetteer.place import Kind, Name, Status
from gazetteer.romanization import derive_russian, generate, transcribe
from gazetteer.romanization.curated import CuratedNames, curated_names
from gazetteer.romanization.letters import LetterTable, letter_table
from gazetteer.romanization.respelling import respell
from gazetteer.rules import load

_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_WORDS = st.text(alphabet="абвгґдеєжзиіїйклмнопрстуфхцчшщьюя'", min_size=1, max_size=14)
_UKRAINIAN = st.lists(_WORDS.map(str.capitalize), min_size=1, max_size=3).map(" ".join)
_RUSSIAN = st.text(alphabet="абвгдеёжзийклмнопрстуфхцчшщъыьэюя", min_size=1, max_size=14)


@cache
def _keys(name_uk: str) -> frozenset[str]:
    return frozenset(fold(name.text) for name in generate(name_uk))


@cache
def _by_place() -> dict[tuple[str, str], CuratedNames]:
    return {
        (place.name_uk, place.oblast or ""): place
        for place in curated_names()
        if place.kind.is_settlement
    }


@pytest.mark.parametrize("case", cases("transcriptions.tsv"), ids=lambda case: case["written"])
def test_scheme_follows_its_rules(case: dict[str, str]) -> None:
    assert transcribe(case["name"], case["scheme"]) == case["written"]


@pytest.mark.parametrize("case", cases("printed_forms.tsv"), ids=lambda case: case["form"])
def test_printed_form_is_generated(case: dict[str, str]) -> None:
    assert fold(case["form"]) in _keys(case["name_uk"])


@pytest.mark.parametrize("case", cases("derived_russian.tsv"), ids=lambda case: case["name_ru"])
def test_russian_name_is_derived(case: dict[str, str]) -> None:
    assert case["name_ru"] in derive_russian(case["name_uk"])


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(
            case, marks=pytest.mark.xfail(raises=AssertionError, strict=True), id=case["expected"]
        )
        for case in cases("known_failures.tsv")
    ],
)
def test_known_failures(case: dict[str, str]) -> None:
    if case["what"] == "form":
        assert fold(case["expected"]) in _keys(case["name_uk"])
    else:
        assert case["expected"] in derive_russian(case["name_uk"])


@pytest.mark.parametrize(
    "case", cases("german_names.tsv"), ids=lambda case: f"{case['name_de']}-{case['oblast']}"
)
def test_german_name_is_known_and_preferred(case: dict[str, str]) -> None:
    place = _by_place().get((case["name_uk"], case["oblast"]))
    if case["preferred"] == "namesake":
        assert place is not None and place.name_de != case["name_de"], "take the mark off"
        place = None
    extra = frozenset(fold(name.text) for name in place.names) if place else frozenset()
    assert fold(case["name_de"]) in _keys(case["name_uk"]) | extra
    shown = (place.name_de if place else None) or transcribe(case["name_uk"])
    if case["preferred"] == "other":
        assert shown != case["name_de"], "preferred by now: take the mark off"
    else:
        assert shown == case["name_de"]


@pytest.mark.parametrize(
    "one,other", [("Лиман", "Лимани"), ("Покровськ", "Покровське"), ("Іванівка", "Іванівське")]
)
def test_forms_of_namesakes_stay_apart(one: str, other: str) -> None:
    assert _keys(one).isdisjoint(_keys(other))


@given(_UKRAINIAN)
def test_generated_names_are_sound(name: str) -> None:
    names = generate(name)
    assert names == generate(name)
    assert len({each.text for each in names}) == len(names)
    german = transcribe(name)
    if german:
        assert names[0] == Name(german, "de", "duden-uk", Status.ROMANISED, "derived")
    assert all(each.text for each in names)
    for each in names:
        if each.language == "ru":
            assert each.scheme == "derived-ru"
        else:
            assert not _CYRILLIC.search(each.text), each


@given(_UKRAINIAN, _RUSSIAN)
def test_given_russian_name_stops_the_derivation(name_uk: str, name_ru: str) -> None:
    names = generate(name_uk, name_ru)
    assert not any(name.scheme.startswith("derived") for name in names)
    texts = {name.text for name in names}
    assert transcribe(name_ru, "duden-ru") in texts | {""}
    assert {name.text for name in generate("", name_ru)} <= texts


def test_options() -> None:
    everything = generate("Часів Яр")
    assert {name.status for name in generate("Часів Яр", status=Status.HISTORICAL)} == {
        Status.HISTORICAL
    }
    plain = generate("Часів Яр", mixtures=False, derive=False)
    assert {name.scheme for name in plain} < {name.scheme for name in everything}
    assert not any(name.scheme == "mixed" or "ru" in name.scheme for name in plain)
    assert generate("") == ()
    assert transcribe("") == ""
    assert transcribe("Bachmut 2") == "Bachmut 2"


@pytest.mark.parametrize(
    ("name_uk", "word"), [("Звижень", "Zwischen"), ("Пісків", "Peskow"), ("Вир", "Wir")]
)
def test_variant_that_reads_as_another_word_is_held_back(name_uk: str, word: str) -> None:
    assert fold(word) not in _keys(name_uk)
    assert fold(transcribe(name_uk)) in _keys(name_uk)


def test_own_transcription_stays_whatever_it_reads_like() -> None:
    assert generate("Сонне")[0].text == "Sonne"
    assert "Peskow" in {name.text for name in generate("", "Песков")}


def test_unknown_scheme_is_an_error_that_lists_the_schemes() -> None:
    with pytest.raises(ValueError, match="duden-uk"):
        transcribe("Київ", "latin")


def _slow_write(entries: tuple[dict[str, str], ...], column: str, word: str) -> str:
    """Obviously right: at each letter try every line, the longest and most particular first."""
    vowels, consonants = "аеєиіїоуюяёыэ", "бвгґджзклмнпрстфхцчшщ"
    written, start = "", 0
    ordered = sorted(entries, key=lambda e: (-len(e["letters"]), -len(e["position"].split())))
    while start < len(word):
        for entry in ordered:
            letters = entry["letters"]
            if word[start : start + len(letters)] != letters:
                continue
            before = word[start - 1 : start]
            after = word[start + len(letters) : start + len(letters) + 1]
            holds = {
                "initial": before in ("", " "),
                "final": after in ("", " "),
                "after-vowel": before != "" and before in vowels,
                "after-consonant": before != "" and before in consonants,
                "between-vowels": before != ""
                and before in vowels + "й"
                and after != ""
                and after in vowels,
                "before-vowel": after != "" and after in vowels,
                "before-consonant": after != "" and after in consonants,
            }
            if all(holds[position] for position in entry["position"].split()):
                written += (entry[column] or entry[list(entry)[2]]).replace("-", "")
                start += len(letters)
                break
        else:
            written += word[start]
            start += 1
    return written


@given(_UKRAINIAN.map(str.lower), st.sampled_from(["duden-uk", "national-2010", "pl", "fr"]))
def test_table_agrees_with_the_slow_writing(name: str, scheme: str) -> None:
    table = letter_table("uk")
    fast = table.write(name)[table.schemes.index(scheme)]
    assert fast == _slow_write(load("letters_uk.tsv"), scheme, name)


@pytest.mark.parametrize("mixture", load("mixtures.tsv"), ids=lambda mixture: mixture["example"])
def test_mixture_makes_its_example(mixture: dict[str, str]) -> None:
    table = LetterTable(load(f"letters_{mixture['table']}.tsv"), [mixture])
    words = mixture["example"].split()
    name = " ".join(word for word in words if _CYRILLIC.search(word))
    form = " ".join(word for word in words if not _CYRILLIC.search(word))
    assert name and table.write(name)[-1] == form


@pytest.mark.parametrize("entry", load("respellings.tsv"), ids=lambda entry: entry["example"])
def test_respelling_makes_its_example(entry: dict[str, str]) -> None:
    before, after = entry["example"].split()
    assert after in respell(before, entry["scheme"])
    assert after != before


def test_rules_hold_no_line_twice_and_no_foreign_letters() -> None:
    for file in ("letters_uk.tsv", "letters_ru.tsv", "russian.tsv"):
        entries = load(file)
        keys = [(entry["letters"], *sorted(entry["position"].split())) for entry in entries]
        assert len(set(keys)) == len(keys), file
        assert not any(_LATIN.search(entry["letters"]) for entry in entries), file
    for entry in load("russian.tsv"):
        russian = entry["first"] + entry["second"]
        assert not re.search(r"[іїєґ'A-Za-z]", russian), entry


def _columns(file: str, *columns: str) -> list[tuple[dict[str, str], str]]:
    return [(entry, entry[column]) for entry in load(file) for column in columns if entry[column]]


def test_curated_columns_are_in_the_right_letters() -> None:
    cyrillic = [
        *_columns("exonyms.tsv", "name_uk", "raion"),
        *_columns("aliases.tsv", "name_uk", "raion"),
        *_columns("renamings.tsv", "name_uk", "raion", "hromada", "former_uk", "former_ru"),
        *_columns("renamings_codifier.tsv", "name_uk", "former_uk"),
    ]
    for entry, text in cyrillic:
        assert not _LATIN.search(text) and "\u2019" not in text, entry
    latin = [
        *_columns("exonyms.tsv", "name_de", "oblast"),
        *_columns("renamings.tsv", "name_de", "oblast"),
    ]
    for entry, text in latin:
        assert not _CYRILLIC.search(text), entry


def test_curated_places_are_named_once_and_have_codes() -> None:
    places = curated_names()
    codes = [place.katottg for place in places if place.katottg]
    assert len(set(codes)) == len(codes)
    for place in places:
        administrative = place.kind.is_settlement or place.kind in (
            Kind.OBLAST,
            Kind.RAION,
            Kind.DISTRICT,
        )
        assert bool(place.katottg) == administrative, place
        if place.katottg:
            assert re.fullmatch(r"UA\d{17}", place.katottg), place
        assert place.names or place.name_de, place
        assert all(name.text == name.text.strip() != "" for name in place.names), place


def test_former_names_pair_up() -> None:
    for entry in load("renamings.tsv"):
        ukrainian, russian = entry["former_uk"].split("; "), entry["former_ru"].split("; ")
        assert len(ukrainian) == len(russian), entry
        assert entry["name_uk"] not in ukrainian, entry


def test_renaming_is_known_both_ways() -> None:
    bachmut = _by_place()["Бахмут", "Donezk"]
    forms = {
        form.text
        for name in bachmut.names
        if name.status is Status.HISTORICAL
        for form in (generate(name.text) if name.language == "uk" else generate("", name.text))
    }
    assert {"Artemiwsk", "Artjomowsk", "Artemowsk", "Artyomovsk"} <= forms
