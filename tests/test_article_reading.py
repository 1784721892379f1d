"""Reading: paths, file objects, bytes, encodings, HTML, and what is no article."""

from __future__ import annotations

import datetime as dt
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import frontmap
from frontmap.article import Article, read
from frontmap.errors import ArgumentTypeError, ArgumentValueError, ArticleError

TEXT = "Die größten Städte lägen „südlich“ – so die Behörden.\n\nFür 5 € gab’s Brötchen."
CYRILLIC = "Сили оборони відбили всі атаки ворога поблизу Покровська, повідомив Генштаб."
HTML = """<!DOCTYPE html><html lang="de"><head><meta charset="{charset}">
<title>Lage am Morgen | Musterblatt</title>
<meta property="og:site_name" content="Musterblatt">
<meta property="article:published_time" content="2025-11-26T08:15:00+01:00">
<link rel="canonical" href="https://example.org/lage/1"></head>
<body><nav><a href="/">Menü öffnen</a></nav><article><h1>Lage am Morgen</h1>
<p>Russische Truppen sind nach Angaben aus Moskau südlich von Siwersk vorgerückt.</p>
<p>Die Armee erklärte, sie habe Angriffe bei Huljajpole zurückgeschlagen &amp; größere Verluste
verhindert.</p></article><footer>Impressum</footer><script>var geheim = 1;</script></body></html>"""


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
def test_encodings_are_found_out(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes(TEXT.encode(encoding))
    for source in (path, str(path), path.read_bytes()):
        article = read(source)
        assert article.text == TEXT
        assert article.repairs == ()


@pytest.mark.parametrize("mark", [b"\xfe\xff", b"\xff\xfe"])
def test_utf16_marks(mark: bytes) -> None:
    codec = "utf-16-be" if mark == b"\xfe\xff" else "utf-16-le"
    assert read(mark + TEXT.encode(codec)).text == TEXT


def test_iso_8859_15_is_told_from_windows_1252() -> None:
    text = "Für 5 € nach Žilina, sagte der Œuvre-Händler."
    assert read(text.encode("iso8859-15")).text == text
    assert read(text.encode("cp1252")).text == text
    assert read("Preis: 3 €".encode("iso8859-15")).text == "Preis: 3 €"
    assert read("½ Liter für Müller".encode("cp1252")).text == "½ Liter für Müller"
    assert "windows" not in read(text.encode("iso8859-15")).text


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-u", "iso8859-5"])
def test_cyrillic_encodings(encoding: str) -> None:
    article = read(CYRILLIC.encode(encoding))
    assert (article.text, article.language) == (CYRILLIC, "uk")
    assert article.notes


@pytest.mark.parametrize("encoding", ["cp850", "mac-roman"])
def test_dos_and_mac_are_repaired(encoding: str) -> None:
    text = "Die größten Städte lägen südlich, erklärte die Führung für alle."
    assert read(text.encode(encoding)).text == text


def test_utf8_with_stray_bytes() -> None:
    article = read("Größe für Städte, ".encode() + "Häuser".encode("cp1252"))
    assert article.text == "Größe für Städte, Häuser"
    assert article.notes == ("read as UTF-8 with 1 bytes of windows-1252 among it",)


def test_given_encoding() -> None:
    assert read("Größe".encode("cp850"), encoding="cp850").text == "Größe"
    assert read("Größe".encode("utf-8-sig"), encoding="utf-8").text == "Größe"
    with pytest.raises(ArticleError, match="'klingon' is unknown"):
        read(b"abc", encoding="klingon")
    with pytest.raises(ArticleError, match="unknown"):
        read(b"abc", encoding="base64")
    with pytest.raises(ArticleError, match="not in utf-8"):
        read("Größe".encode("cp1252"), encoding="utf-8")


def test_file_objects(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    with path.open("rb") as binary, path.open(encoding="utf-8") as text:
        assert read(binary).text == read(text).text == TEXT
    assert read(io.StringIO(TEXT)).text == read(io.BytesIO(TEXT.encode())).text == TEXT
    with path.open(encoding="ascii") as wrong, pytest.raises(ArticleError, match="open it as bin"):
        read(wrong)


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "windows-1252", "iso-8859-15"])
def test_html(charset: str, tmp_path: Path) -> None:
    page = HTML.format(charset=charset)
    path = tmp_path / "page.html"
    path.write_bytes(page.encode(charset))
    for source in (path, page.encode(charset), page):
        article = read(source)
        assert "südlich von Siwersk vorgerückt." in article.text
        assert "zurückgeschlagen & größere" in article.text
        assert "geheim" not in article.text and "Impressum" not in article.text
        assert article.title == "Lage am Morgen"
        assert article.published == dt.date(2025, 11, 26)
        assert article.source == "Musterblatt"
        assert article.url == "https://example.org/lage/1"


def test_the_caller_wins_over_the_page() -> None:
    article = read(
        HTML.format(charset="utf-8"),
        title="T",
        published="2020-01-02",
        publisher="P",
        url="u",
        language="en",
    )
    assert (article.title, article.published) == ("T", dt.date(2020, 1, 2))
    assert (article.source, article.url, article.language) == ("P", "u", "en")


def test_html_with_a_wrong_or_unknown_declaration() -> None:
    for charset in ("iso-8859-1", "nonsense", "utf-16", "base64"):
        page = HTML.format(charset=charset).encode()
        assert "südlich" in read(page).text


def test_html_equivalent_declaration() -> None:
    page = HTML.replace(
        '<meta charset="{charset}">',
        '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-15">',
    )
    assert "vorgerückt" in read(page.encode("iso-8859-15")).text


@pytest.mark.parametrize(
    ("before", "told", "after", "published"),
    [
        # What the text tells of, counts or claims the rights of is no date of publication.
        ("", "Seit dem Februar 2022 wird dort gekämpft.", "", None),
        ("", "Am 3. Mai 2023 war der Ort schon einmal besetzt.", "", None),
        ("", "Das hatte der Stab am 2023-05-04 gemeldet.", "", None),
        ("", "Dabei wurden 2024 Minen geräumt.", "", None),
        ("", "Der Ort ist verwaist.", "<footer>© 2019 Musterblatt</footer>", None),
        ("", "Der Ort ist verwaist.", "<div class='comments'>Am 12.12.2024: stimmt</div>", None),
        # Markup, head lines and datelines tell it.
        ("<time datetime='2025-11-27'>heute</time>", "Seit 2022 wird gekämpft.", "", "2025-11-27"),
        ("<span class='date'>27. November 2025</span>", "Seit 2022.", "", "2025-11-27"),
        ("<p>Aktualisiert: 27.11.2025</p>", "Seit 2022 wird gekämpft.", "", "2025-11-27"),
        ("<p>27. November 2025, 14:03 Uhr</p>", "Am 3. Mai 2023.", "", "2025-11-27"),
        ("<p>Kiew, 27. November 2025 (dpa) - Gefechte.</p>", "Seit 2022.", "", "2025-11-27"),
    ],
)
def test_the_date_of_a_page(before: str, told: str, after: str, published: str | None) -> None:
    article = read(
        f"<html><body>{before}<article><p>Die Angreifer haben in der Nacht zwei Dörfer südlich von "
        f"Siwersk genommen, sagen sie selbst. {told}</p></article>{after}</body></html>"
    )
    assert told in article.text
    assert article.published == (dt.date.fromisoformat(published) if published else None)


def test_html_without_an_article_gives_its_plain_text() -> None:
    page = "<html><body><div>Kiew <b>meldet</b> Angriffe<br>bei Siwersk</div><script>x</script>"
    assert read(page).text.split() == ["Kiew", "meldet", "Angriffe", "bei", "Siwersk"]


def test_many_comments_are_told_from_html_at_once() -> None:
    """Each could be read as ending at any later one's end: two to the power of their number."""
    assert "x" in read(b"<!---->" * 500 + b"x y").text
    assert (
        read(b"<!-- a --> <!-- b -->\n<p>Kiew meldet Angriffe.</p>").text == "Kiew meldet Angriffe."
    )


def test_xhtml() -> None:
    page = '<?xml version="1.0" encoding="utf-8"?>\n' + HTML.format(charset="utf-8")
    assert "südlich" in read(page).text
    assert "südlich" in read(page.encode()).text


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "is empty"),
        (b" \n\t\r\n", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(20), "a picture"),
        (b"\xff\xd8\xff\xe0" + bytes(20), "a picture"),
        (b"%PDF-1.7 abc", "pdftotext"),
        (b"PK\x03\x04abc", "a ZIP archive"),
        (b"\x1f\x8babc", "a gzip file"),
        (b"{\\rtf1 abc}", "an RTF file"),
        (bytes(range(256)) * 4 + bytes(200), "binary data"),
        (b"<html><body></body></html>", "holds no article text"),
    ],
)
def test_what_is_no_article(data: bytes, message: str, tmp_path: Path) -> None:
    path = tmp_path / "input.bin"
    path.write_bytes(data)
    with pytest.raises(ArticleError, match=message) as raised:
        read(path)
    assert "input.bin" in str(raised.value)
    with pytest.raises(ArticleError, match=message):
        read(data)


def test_what_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(ArticleError, match="is a directory"):
        read(tmp_path)
    with pytest.raises(ArticleError, match=r"no file 'absent\.txt'.*Article\.from_text"):
        read("absent.txt")
    for text in ("Kiew\x00meldet", "Die Armee rückt vor. " * 500):
        with pytest.raises(ArticleError, match=r"Article\.from_text") as raised:
            read(text)
        assert len(str(raised.value)) < 300
    with pytest.raises(ArgumentTypeError, match="source=3: give a path"):
        read(3)  # type: ignore[arg-type]


def test_too_large(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    path.write_bytes(b"a" * 101)
    for source in (path, path.read_bytes(), io.BytesIO(path.read_bytes()), io.StringIO("a" * 101)):
        with pytest.raises(ArticleError, match="larger than 100 bytes"):
            read(source, max_bytes=100)
    assert read(path, max_bytes=101).text == "a" * 101
    if Path("/dev/zero").exists():
        with pytest.raises(ArticleError, match="larger"):
            read("/dev/zero", max_bytes=1000)


def test_a_bad_date_is_named_before_anything_is_read() -> None:
    with pytest.raises(ArgumentValueError, match=r"published='11/27/2025': give a date: 2025-11"):
        read("absent.txt", published="11/27/2025")


def test_a_date_may_be_written_as_germans_do() -> None:
    assert str(Article.from_text("Torezk", published=" 27.11.2025 ").published) == "2025-11-27"


def test_a_name_of_a_file_taken_for_a_text_is_warned_of() -> None:
    with pytest.warns(UserWarning, match=r"'bericht\.txt' is read as a text"):
        assert frontmap.analyze("bericht.txt").claims == []
    for function in (frontmap.analyze, frontmap.resolve, frontmap.extract_claims):
        with pytest.raises(TypeError, match="article=3: give a text or an Article"):
            function(3)  # type: ignore[arg-type, operator]


@pytest.mark.parametrize(
    "page",
    [
        "<html><body>" + "<div>" * 20_000 + "Kiew meldet Angriffe.",
        "<html>" + "<p" * 50_000,
        "<html><body><p>" + "&amp;" * 50_000,
        "<!--" * 50_000,
        "<html><body>Kiew<!--" + "-" * 100_000,
    ],
    ids=["nested", "unclosed", "entities", "comments", "comment"],
)
def test_hostile_html_is_read_or_refused(page: str) -> None:
    try:
        assert isinstance(read(page.encode()), Article)
    except ArticleError as error:
        assert len(str(error)) < 300


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_give_an_article_or_an_article_error(data: bytes) -> None:
    try:
        article = read(data)
    except ArticleError:
        return
    article.text.encode("utf-8")
    for repair in article.repairs:
        assert article.text[repair.start : repair.end] == repair.after


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=100))
def test_any_html_gives_an_article_or_an_article_error(text: str) -> None:
    try:
        read(f"<html><body><p>{text}</p></body></html>")
    except ArticleError:
        return


def test_equal_in_every_process() -> None:
    code = f"from frontmap.article import read; print(read({TEXT.encode('cp1252')!r}))"
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1
