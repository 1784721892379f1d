"""Repair: damage is undone, clean text in any language stays as it is."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frontmap.article import Article, judgement
from frontmap.article.chains import Misread, Undone, rewrites, swaps
from frontmap.article.evidence import count_defects, find_stems, weight
from frontmap.article.repair import Repaired, normalize, repair_text
from frontmap.lexicons import load

CASES = Path(__file__).parent / "cases" / "article"
SHARED = Path(__file__).parents[2] / "shared"
CLEAN = {
    path.stem: path.read_text(encoding="utf-8").splitlines()
    for path in sorted((CASES / "clean").glob("*.txt"))
}
CLEAN_LINES = [(language, line) for language, lines in CLEAN.items() for line in lines]
DAMAGED = json.loads((CASES / "damaged.json").read_text(encoding="utf-8"))
FAILURES = json.loads((CASES / "known_failures.json").read_text(encoding="utf-8"))
# News in plain words: what a damaged German report looks like.
GERMAN = [
    "Für die größten Städte lässt sich das noch nicht überprüfen.",
    "Russische Streitkräfte rückten südlich und östlich der Stadt vor.",
    "Der Präsident äußerte sich während des Gesprächs nicht öffentlich.",
    "Die Verbände würden zurückgedrängt, erklärte das Militär später.",
    "Kämpfe um die Straße nach Süden führten zu schweren Schäden.",
    "Größere Geländegewinne könne man nicht bestätigen, hieß es außerdem.",
    "Sämtliche Brücken über den Fluss seien zerstört, hätten Behörden erklärt.",
    "Überall fürchten Menschen künftige Angriffe auf Häuser und Läden.",
    "Das Gebäude wurde völlig zerstört, fünf Männer wurden getötet.",
    "Die Führung prüft Rückzüge aus unabhängig bestätigten Stellungen.",
]
DECODERS = [entry["codec"] for entry in load("article/decoders.tsv")]
FILLED = [entry["codec"] for entry in load("article/decoders.tsv") if entry["c1"] != "own"]


def misread(text: str, codec: str, *, filled: bool = False) -> str:
    """The oracle of damage: UTF-8 bytes one by one through a decoder."""
    characters = []
    for byte in text.encode("utf-8"):
        try:
            character = bytes([byte]).decode(codec)
        except UnicodeDecodeError:
            character = chr(byte)
        if filled and "\x80" <= character < "\xa0":
            character = bytes([byte]).decode("cp1252", "replace").replace("\ufffd", character)
        characters.append(character)
    return "".join(characters)


def check(repaired: Repaired, before: str) -> None:
    """Every repair says the truth: put back, they give the text as it came."""
    text = repaired.text
    for repair in repaired.repairs:
        assert text[repair.start : repair.end] == repair.after
        assert repair.before != repair.after
        assert repair.chain
    restored, last = [], 0
    for repair in repaired.repairs:
        assert repair.start >= last
        restored += [text[last : repair.start], repair.before]
        last = repair.end
    assert "".join([*restored, text[last:]]) == before


@pytest.mark.parametrize("case", DAMAGED, ids=lambda case: str(case["comment"]))
def test_damage_is_undone(case: dict[str, str]) -> None:
    repaired = repair_text(case["before"])
    assert repaired.text == case["after"]
    check(repaired, case["before"])


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, marks=pytest.mark.xfail(raises=AssertionError, strict=True))
        for case in FAILURES
    ],
    ids=lambda case: str(case["comment"]),
)
def test_known_failures(case: dict[str, str]) -> None:
    assert repair_text(case["before"]).text == case["after"]


@pytest.mark.parametrize(("language", "line"), CLEAN_LINES)
def test_clean_sentence_stays(language: str, line: str) -> None:
    assert repair_text(line) == Repaired(line)


def test_clean_text_of_all_languages_together_stays() -> None:
    text = "\n".join(line for _, line in CLEAN_LINES)
    assert repair_text(text) == Repaired(text)


def test_there_are_twenty_sentences_for_each_protected_language() -> None:
    for language in ("de", "fr", "ro", "pl", "cs", "uk", "tr", "hu", "es", "vi", "el", "ru"):
        assert len(CLEAN[language]) >= 20


@pytest.mark.parametrize("codec", DECODERS)
def test_german_comes_back_whole_from_every_decoder(codec: str) -> None:
    text = "\n".join(GERMAN)
    before = misread(text, codec)
    repaired = repair_text(before)
    assert repaired.text == text
    check(repaired, before)


@pytest.mark.parametrize("codec", FILLED)
def test_german_comes_back_where_windows_filled_the_gaps(codec: str) -> None:
    text = "\n".join(GERMAN)
    assert repair_text(misread(text, codec, filled=True)).text == text


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_partly_damaged_german_comes_back(data: st.DataObject) -> None:
    words = data.draw(st.sampled_from(GERMAN)).split(" ")
    codec = data.draw(st.sampled_from(DECODERS))
    filled = data.draw(st.booleans()) and codec in FILLED
    hit = data.draw(st.lists(st.booleans(), min_size=len(words), max_size=len(words)))
    mixed = [
        misread(word, codec, filled=filled) if damaged else word
        for word, damaged in zip(words, hit, strict=True)
    ]
    before = " ".join(mixed)
    repaired = repair_text(before)
    assert repaired.text == " ".join(words)
    check(repaired, before)


@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_clean_neighbours_of_damage_stay(data: st.DataObject) -> None:
    german = data.draw(st.sampled_from(GERMAN))
    codec = data.draw(st.sampled_from(DECODERS))
    language = data.draw(st.sampled_from([key for key in CLEAN if key != "misc"]))
    clean = data.draw(st.sampled_from(CLEAN[language]))
    assert repair_text(f"{misread(german, codec)}\n{clean}").text == f"{german}\n{clean}"


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(GERMAN),
    st.sampled_from(["cp1252", "latin-1", "iso8859-15", "cp1250"]),
    st.sampled_from(["cp1252", "latin-1"]),
)
def test_damage_over_damage_is_undone(german: str, first: str, second: str) -> None:
    assert repair_text(misread(misread(german, first), second)).text == german


@pytest.mark.parametrize("chain", rewrites(), ids=lambda chain: chain.title)
def test_failed_repairs_are_undone(chain: object) -> None:
    wrong = {letter: sign for sign, letter in chain.letter_of.items()}  # type: ignore[attr-defined]
    text = "\n".join(GERMAN)
    before = "".join(wrong.get(character, character) for character in text)
    assert before != text
    assert repair_text(before).text == text


@pytest.mark.parametrize("chain", swaps(), ids=lambda chain: chain.title)
def test_swapped_letters_are_put_back(chain: object) -> None:
    wrong = {letter: sign for sign, letter in chain.letter_of.items()}  # type: ignore[attr-defined]
    text = "\n".join(GERMAN) + "\n„Rückzug“ – „größer“"
    signs = all("\x80" <= sign < "\xa0" for sign in wrong.values())
    before = "".join(
        # quotation marks that stood for letters at the start of a word stay: see known failures
        wrong.get(c, c) if signs or (c.isalpha() and left.isalpha()) else c
        for left, c in zip(" " + text, text, strict=False)
    )
    assert before != text
    assert repair_text(before).text == text


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=200))
def test_any_text_survives(text: str) -> None:
    repaired = repair_text(text)
    repaired.text.encode("utf-8")
    assert not any(c < " " and c not in "\n\t" for c in repaired.text)
    for repair in repaired.repairs:
        assert repaired.text[repair.start : repair.end] == repair.after
    assert repair_text(repaired.text).text == repaired.text


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="aäsÄĂÂÃâŒŸ€¶¤ß „“lÀÌР°С\u0081\u0094\xa0ðŸ", max_size=60))
def test_repair_is_idempotent_on_what_looks_damaged(text: str) -> None:
    once = repair_text(text).text
    assert repair_text(once).text == once


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(GERMAN), min_size=1, max_size=3).map("|".join),
    st.lists(
        st.tuples(
            st.sampled_from(["cp1252", "cp1250", "cp1251", "iso8859-16", "mac-roman"]),
            st.integers(0, 300),
        ),
        max_size=3,
    ),
)
def test_repair_is_idempotent_on_long_words_cut_anywhere(
    text: str, turns: list[tuple[str, int]]
) -> None:
    """Words are looked at in pieces of a hundred characters; once mended, they are shorter."""
    text = text.replace(" ", "/")
    for codec, cut in turns:
        text = text.encode("utf-8", "replace").decode(codec, "replace")[cut:] + text[:cut]
    text = text[:600]
    once = repair_text(text)
    assert repair_text(once.text).text == once.text
    undone = once.text
    for repair in reversed(once.repairs):  # every change is told
        undone = undone[: repair.start] + repair.before + undone[repair.end :]
    assert undone == normalize(text)[0]


def test_a_byte_order_mark_that_took_the_same_turn_goes() -> None:
    damaged = misread(misread("\ufeffÜberall südlich", "latin-1"), "cp1252")
    assert repair_text(damaged).text == "Überall südlich"


def test_repairs_of_two_rounds_are_told_as_one() -> None:
    text = "/".join(["südlich", "größer"] * 8)
    repaired = repair_text(misread(misread(text, "cp1252"), "cp1252"))
    assert repaired.text == text
    assert "".join(r.after for r in repaired.repairs) == text
    assert [r.start for r in repaired.repairs] == sorted(r.start for r in repaired.repairs)


def test_lines_and_controls_are_normalized() -> None:
    assert normalize("\ufeffa\r\nb\rc\x0bd\x00\x1fe\ud800") == ("a\nb\nc\nde\ufffd", 3)
    repaired = repair_text("Pok\x00rowsk\ufffd")
    assert repaired.text == "Pokrowsk\ufffd"
    assert repaired.notes == (
        "1 control characters or surrogates dropped",
        "1 characters (U+FFFD) were lost before the text came here",
    )


def test_soft_hyphens_and_no_break_spaces_stay() -> None:
    text = "Po\xadkrowsk liegt 60\xa0km entfernt\u202f!"
    assert repair_text(text) == Repaired(text)


def test_clean_text_costs_nothing_and_wakes_nothing() -> None:
    import subprocess
    import sys

    code = (
        "import sys; from frontmap.article import Article;"
        "Article.from_text('Für die größten Städte – „immer“ in Łódź');"
        "sys.exit('ftfy' in sys.modules or 'trafilatura' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_work_is_linear_in_the_length(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = 0
    undo = Misread.undo

    def counted(self: Misread, word: str, *, everything: bool = False) -> Undone | None:
        nonlocal calls
        calls += 1 + len(word)
        return undo(self, word, everything=everything)

    monkeypatch.setattr(Misread, "undo", counted)

    def work(factor: int) -> int:
        nonlocal calls
        calls = 0
        lines = (f"{GERMAN[i % 10]} größer{i}ß" for i in range(60 * factor))
        repaired = repair_text(misread(" ".join(lines), "iso8859-16"))
        assert len(repaired.repairs) >= 60 * factor
        return calls

    assert work(8) <= 8 * work(1)


def test_noise_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    letters = "aäÄĂÂÃâŒŸ€¶¤ßÀÌРС├╝Γ"
    noise = random.Random(1)
    words = ("".join(noise.choices(letters, k=9)) for _ in range(3000))
    heard = 0
    candidates = judgement.classic

    def counted(word: str) -> object:
        nonlocal heard
        heard += 1
        return candidates(word)

    monkeypatch.setattr(judgement, "classic", counted)
    repair_text(" ".join(words))
    assert heard <= 300 * 8  # the sample of every round, whatever the length


def test_real_article() -> None:
    path = SHARED / "articles" / "2025-11-27-pokrowsk.txt"
    if not path.exists():
        pytest.skip("../shared is absent: the real article is not at hand")
    before = path.read_text(encoding="utf-8")
    repaired = repair_text(before)
    check(repaired, before)
    assert not any(count_defects(word) for word in repaired.text.split())
    assert not set("ĂŒŸÀ€¶") & set(repaired.text)
    for word in ("südlich von", "größten noch", "lässt sich", "Präsident Wladimir", "überprüft"):
        assert any(part in repaired.text for part in (word, word.split()[0])), word
    assert "südlich" in repaired.text and "Präsident" in repaired.text
    assert len(repaired.repairs) == 37


@pytest.mark.parametrize("name", ["corpora/passages.jsonl", "evaluation/dev.jsonl"])
def test_real_passages_stay(name: str) -> None:
    path = SHARED / name
    if not path.exists():
        pytest.skip("../shared is absent: the real passages are not at hand")
    changed = []
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            changed += [(r.before, r.after) for r in repair_text(json.loads(line)["text"]).repairs]
    assert set(changed) <= {("ErdoÄŸan", "Erdoğan")}


def test_from_text_says_what_was_undone() -> None:
    article = Article.from_text("Sie rückten „sĂŒdlich“ vor.")
    (repair,) = article.repairs
    assert (repair.start, repair.end) == (13, 20)
    assert (repair.before, repair.after) == ("sĂŒdlich", "südlich")
    assert repair.chain == "UTF-8 read as ISO 8859-16"


def test_evidence_is_ordered() -> None:
    assert weight("ü") > weight("ł") > 0 == weight("ɻ")
    assert find_stems("rückzug", [1])[0] >= 4
    assert find_stems("xyü", [2]) == (0, 0)


@pytest.mark.parametrize("sign", ["\ufeff", "\ufffe", "\uffff"])
def test_repair_brings_no_sign_that_normalizing_takes_away(sign: str) -> None:
    """Found by `benchmarks.fuzz`: a second repair changed the text again."""
    damaged = f"Erklärunge{sign}n".encode().decode("cp1250")
    once = Article.from_text(damaged)
    assert once.text == "Erklärungen" == Article.from_text(once.text).text
