"""Date, source, title and language where they stand in the text."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontmap.article import Article, read
from frontmap.article.dating import find_credit, find_dates
from frontmap.article.language import detect_language
from frontmap.errors import ArgumentTypeError, ArgumentValueError

CASES = Path(__file__).parent / "cases" / "article"
SHARED = Path(__file__).parents[2] / "shared"
CREDITS = json.loads((CASES / "credits.json").read_text(encoding="utf-8"))
BODY = (
    "Am 24. Februar 2022 begann der Angriff, der bis heute nicht endete und viele Orte zerstörte."
)


@pytest.mark.parametrize("where", ["head", "foot"])
@pytest.mark.parametrize("case", CREDITS, ids=lambda case: str(case["line"]))
def test_credit_lines(case: dict[str, str | None], where: str) -> None:
    lines = [str(case["line"]), BODY] if where == "head" else [BODY, str(case["line"])]
    credit = find_credit("\n\n".join(lines))
    published = case["published"]
    assert credit.published == (dt.date.fromisoformat(published) if published else None)
    assert credit.source == case["source"]


def test_dates_in_the_body_do_not_count() -> None:
    lines = [BODY] * 8 + ["27.11.2025", "Stand: 3.5.2024"] + [BODY] * 8
    assert find_credit("\n".join(lines)).published is None


def test_publication_beats_update_and_update_beats_nothing() -> None:
    both = f"{BODY}\nAktualisiert am 2.12.2025\nVeröffentlicht am 1.12.2025"
    assert find_credit(both).published == dt.date(2025, 12, 1)
    assert find_credit(f"{BODY}\nAktualisiert am 2.12.2025").published == dt.date(2025, 12, 2)


def test_the_caller_wins() -> None:
    article = Article.from_text(
        f"Überschrift hier\n\n{BODY}\n\nQuelle: Abendpost am 3.5.2024",
        title="Mein Titel",
        published="2025-01-02",
        source="Ich",
        language="uk",
        id="x1",
    )
    assert (article.title, article.published) == ("Mein Titel", dt.date(2025, 1, 2))
    assert (article.source, article.language, article.id) == ("Ich", "uk", "x1")


def test_given_dates() -> None:
    moment = dt.datetime(2025, 11, 27, 10)
    iso = ("2025-11-27", "2025-11-27T10:15:00+01:00")
    for value in (*iso, "27.11.2025", moment, moment.date()):
        assert Article.from_text(BODY, published=value).published == dt.date(2025, 11, 27)
    for wrong in ("11/27/2025", "11.27.2025", "gestern", "2025-13-01", "", "2025-02-30"):
        with pytest.raises(ArgumentValueError, match="published="):
            Article.from_text(BODY, published=wrong)
    with pytest.raises(ArgumentTypeError, match="published=3"):
        Article.from_text(BODY, published=3)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Kämpfe um Pokrowsk\n\nDie Lage bleibt ernst.", "Kämpfe um Pokrowsk"),
        ("„Es wird enger!“ Was nun?\nDie Lage bleibt ernst.", "„Es wird enger!“ Was nun?"),
        ("Die Lage bleibt ernst.\nKeiner weiß mehr.", None),
        ("Bei neuen Angriffen im Osten sind\nnach Angaben der Stadt fünf Menschen tot", None),
        ("Kämpfe um Pokrowsk", None),
        ("27.11.2025\n\nDie Lage bleibt ernst.", None),
        ("", None),
        ("***\n\nDie Lage", None),
    ],
)
def test_title(text: str, title: str | None) -> None:
    assert Article.from_text(text).title == title


def test_real_article() -> None:
    path = SHARED / "articles" / "2025-11-27-pokrowsk.txt"
    if not path.exists():
        pytest.skip("../shared is absent: the real article is not at hand")
    article = read(path)
    assert article.published == dt.date(2025, 11, 27)
    assert article.source == "Welt Nachrichtensender"
    assert article.title is not None and article.title.startswith("PUTINS KRIEG")
    assert article.language == "de"


@pytest.mark.parametrize("language", ["de", "uk", "ru"])
def test_language(language: str) -> None:
    lines = (CASES / "clean" / f"{language}.txt").read_text(encoding="utf-8").splitlines()
    assert detect_language("\n".join(lines)) == language


def test_language_of_english_and_of_nothing() -> None:
    assert detect_language("The troops have advanced to the north of the town.") == "en"
    assert detect_language("Ukraine will Region Cherson befreien") == "de"
    assert detect_language("") == detect_language("123 !") == "de"


@given(st.text(max_size=300))
def test_any_text_gives_an_article(text: str) -> None:
    article = Article.from_text(text)
    assert article.id == Article.from_text(text).id
    assert article.language in {"de", "en", "uk", "ru"}


@given(st.dates(dt.date(1990, 1, 1), dt.date(2100, 12, 31)))
def test_every_date_is_found_in_every_form(date: dt.date) -> None:
    months = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember"
    name = months.split(" ")[date.month - 1]
    for form in (
        f"{date.day}.{date.month}.{date.year}",
        f"{date.day:02}.{date.month:02}.{date.year}",
        f"{date.day}. {name} {date.year}",
        date.isoformat(),
    ):
        assert [found for _, _, found in find_dates(f"Stand: {form}")] == [date]


def test_not_a_string() -> None:
    with pytest.raises(ArgumentTypeError, match="text=b'abc': give a text"):
        Article.from_text(b"abc")  # type: ignore[arg-type]


def test_datelines_are_looked_for_in_the_beginning_of_a_line_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Its pattern takes the square of the blanks in a line, so that a long one would take hours."""
    from frontmap.article import dating

    lengths: list[int] = []
    pattern = dating._dateline()

    class Counted:
        def match(self, line: str) -> re.Match[str] | None:
            lengths.append(len(line))
            return pattern.match(line)

    monkeypatch.setattr(dating, "_dateline", Counted)
    find_credit("a" + " " * 50_000 + "b\nzwei")
    assert lengths and max(lengths) <= 200
