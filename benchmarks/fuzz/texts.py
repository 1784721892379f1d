"""What must hold of whatever is read from a text: names, places, claims, answers to a query."""

from __future__ import annotations

import pickle
import random
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import frontmap as fm
from benchmarks.fuzz import inputs
from benchmarks.fuzz.seeds import html_seeds
from gazetteer import Gazetteer

__all__ = [
    "analysed",
    "claims",
    "geocoder",
    "lookups",
    "reading",
    "recognition",
    "repair",
    "resolution",
    "sentences",
]

AGAIN = 0.1  # how often a result is asked for once more, and pickled


def reading(chance: random.Random, _: Path) -> None:
    """Bytes become an article or a documented error."""
    if chance.random() < 0.3:
        seed = chance.choice(html_seeds())
    else:
        text = chance.choice(inputs.sentences())[: chance.choice((60, 100, 300))]
        codec = chance.choice(("utf-8", "utf-8", "cp1252", "utf-16", "cp1251", "koi8-u"))
        seed = text.encode(codec, "replace")
    content = inputs.bytes_input(seed, chance, longest=chance.choice((300, 300, 2000)))
    article = fm.read(content)
    assert article.text.strip()
    assert not set(article.text) & set("\x00\r") and not article.text.startswith("\ufeff")
    sound_repairs(article)
    if chance.random() < AGAIN:
        assert fm.read(content) == article == pickle.loads(pickle.dumps(article))


def sound_repairs(article: fm.Article) -> None:
    """What is said to have been repaired stands where it is said to stand."""
    for repair in article.repairs:
        assert article.text[repair.start : repair.end] == repair.after, repair


def repair(chance: random.Random, _: Path) -> None:
    """A text damaged by chains of wrong decodings is repaired at once as far as it ever is."""
    text = inputs.text_input(chance)[: chance.choices((20, 40, 80, 300), (8, 8, 4, 1))[0]]
    for _round in range(chance.randrange(3)):
        codec = chance.choice(
            ("cp1252", "iso8859-1", "iso8859-16", "cp1250", "cp1251", "mac-roman")
        )
        text = text.encode("utf-8", "replace").decode(codec, "replace")
    article = fm.Article.from_text(text)
    sound_repairs(article)
    article.text.encode()
    again = fm.Article.from_text(article.text)
    assert again.text == article.text, again.repairs


def sentences(chance: random.Random, _: Path) -> None:
    """Sentences lie in the text, in order, apart from each other."""
    from frontmap.sentences import split_sentences

    text = inputs.text_input(chance)
    last = 0
    for sentence in split_sentences(text):
        assert last <= sentence.start < sentence.end <= len(text)
        last = sentence.end


def recognition(chance: random.Random, _: Path) -> None:
    """Mentions lie in the text, in order, and say what stands there."""
    text = inputs.text_input(chance)
    found = fm.recognize(text)
    _sound_mentions(text, found)
    if chance.random() < AGAIN:
        assert fm.recognize(text) == found == pickle.loads(pickle.dumps(found))
    elif chance.random() < AGAIN:
        _sound_mentions(text, fm.recognize(text, metonyms=True))


def _sound_mentions(text: str, mentions: Iterable[fm.Mention]) -> None:
    last = 0
    for mention in mentions:
        assert last <= mention.start < mention.end <= len(text), mention
        assert text[mention.start : mention.end] == mention.surface
        last = mention.start


def resolution(chance: random.Random, _: Path) -> None:
    """Every mention gets a score, and a place only among its candidates."""
    article = fm.Article.from_text(inputs.text_input(chance))
    found = fm.resolve(article)
    sound_toponyms(article.text, found)
    if chance.random() < AGAIN:
        assert fm.resolve(article) == found == pickle.loads(pickle.dumps(found))


def sound_toponyms(text: str, toponyms: Iterable[fm.Toponym]) -> None:
    """Offsets fit, scores are shares, places are candidates, reasons are told."""
    toponyms = list(toponyms)
    _sound_mentions(text, [toponym.mention for toponym in toponyms])
    for toponym in toponyms:
        assert 0 <= toponym.score <= 1
        assert toponym.place is None or toponym.reasons
        assert all(isinstance(reason, str) and reason for reason in toponym.reasons)


def claims(chance: random.Random, _: Path) -> None:
    """Any text goes through the whole chain with sound offsets."""
    report = analysed(chance)
    if chance.random() < AGAIN:
        again = fm.analyze(report.article)
        assert (again.toponyms, again.claims) == (report.toponyms, report.claims)
        assert pickle.loads(pickle.dumps(report)) == report
    if chance.random() < AGAIN:
        for language in ("en", "uk", "ru"):
            text = report.article.text
            sound_report(fm.analyze(fm.Article(text=text, language=language)))


def analysed(chance: random.Random) -> fm.Report:
    """A sound report of some text."""
    text = inputs.text_input(chance)
    article = fm.Article.from_text(
        text, published=chance.choice((None, "2025-11-27", "0001-01-01", "9999-12-31"))
    )
    before = article.text
    report = fm.analyze(article)
    assert report.article is article and article.text == before
    sound_report(report)
    return report


def sound_report(report: fm.Report) -> None:
    """What is claimed stands in the text, and nothing refers to what is not there."""
    text = report.article.text
    sound_toponyms(text, report.toponyms)
    ids = {claim.id for claim in report.claims}
    assert len(ids) == len(report.claims)
    for claim in report.claims:
        assert text[claim.start : claim.end] == claim.quote and claim.quote.strip()
        assert claim.quotes[0] == (claim.start, claim.end)
        assert all(0 <= start < end <= len(text) for start, end in claim.quotes)
        assert set(claim.disputes) <= ids - {claim.id}
        assert claim.article_id == report.article.id
        assert claim.count is None or claim.count >= 0
        assert claim.distance_m is None or 0 <= claim.distance_m < float("inf")
        assert claim.actor is not fm.Side.THIRD
        assert claim.toponym is None or claim.toponym in report.toponyms
        assert claim.reasons
        for named in (claim.actor_text, claim.claimant_text):
            assert named is None or named.strip()


def lookups(chance: random.Random, _: Path) -> None:
    """Any string may be looked up in any way."""
    book = Gazetteer.default()
    query = inputs.text_input(chance)[: chance.choice((10, 30, 60, 1000))]
    match chance.randrange(7):
        case 0:
            found = book.search(query, fuzzy=True, limit=chance.choice((1, 10, 10**9)))
        case 1:
            book.complete(query)  # the longer known come first, whatever they score
            return
        case 2:
            assert query not in book or book[query].id == query
            assert not book.knows(query) or book.lookup(query)
            book.begins_name(query)
            return
        case 3:
            found = book.lookup(query, oblast=chance.choice((None, "Donezk", query)))
        case _:
            found = book.lookup(query)
    scores = [match.score for match in found]
    assert scores == sorted(scores, reverse=True) and all(0 <= score <= 1 for score in scores)
    assert all(match.place.id in book for match in found)
    _escaped(found)


def geocoder(chance: random.Random, _: Path) -> None:
    """Any query has an answer on the globe, or none."""
    query = inputs.text_input(chance)[: chance.choice((10, 30, 60, 300))]
    asked: Any = query
    if chance.random() < 0.2:
        keys = ("city", "county", "state", "country", "street", "postalcode")
        asked = dict.fromkeys(chance.sample(keys, 2), query)
    try:
        found = _geocoder().geocode(asked, exactly_one=False, language=chance.choice(("de", "uk")))
    except ValueError as error:  # as geopy has it: what is no query at all
        assert str(error)
        return
    for location in found or ():
        assert -90 <= location.latitude <= 90 and -180 <= location.longitude <= 180
        assert location.address


@cache
def _geocoder() -> Any:
    from frontmap.geocoder import GazetteerGeocoder

    return GazetteerGeocoder()


def _escaped(shown: Any) -> None:
    assert f"<{inputs.MARK}" not in shown._repr_html_()
