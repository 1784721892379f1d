"""Whole documents: posts, briefings, tickers, live blogs, agency reports, columns, digests.

tests/cases/documents/NAME.txt is a document, NAME.tsv what a careful reader takes from it, written
down before the program saw it:

    +   the claim must be found         -   no such claim may be found
    x+  known failure: not found yet    x-  known failure: found wrongly

then ``event actor place relation modality claimant_side``, ``*`` for anything, ``a|b`` for either,
``~`` for a blank in a name, further slots as ``count=4``; then a comment. A line of the comment
``# published DATE`` dates the document.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

import frontmap as fm
from frontmap.claims.extraction import _analyse
from frontmap.claims.passage.outline import outline
from frontmap.sentences import split_sentences

CASES = Path(__file__).parent / "cases" / "documents"


@cache
def claims_of(name: str) -> list[fm.Claim]:
    text = (CASES / f"{name}.txt").read_text(encoding="utf-8")
    dates = [line.split()[-1] for line in lines_of(name) if line.startswith("# published")]
    published = dates[0] if dates else None
    return list(fm.analyze(fm.Article.from_text(text, published=published)).claims)


def lines_of(name: str) -> list[str]:
    return (CASES / f"{name}.tsv").read_text(encoding="utf-8").splitlines()


def slots(claim: fm.Claim) -> dict[str, str]:
    place = claim.place.name_de if claim.place is not None else "-"
    return {
        "event": str(claim.event),
        "actor": str(claim.actor or "-"),
        "place": place,
        "relation": str(claim.relation),
        "modality": str(claim.modality),
        "side": str(claim.claimant_side or "-"),
        "bearings": ",".join(claim.bearings),
        "count": str(claim.count),
        "date": str(claim.event_date),
        "verification": str(claim.verification or "-"),
        "claimant": str(claim.claimant or "-"),
        "disputes": str(len(claim.disputes)),
    }


def fits(claim: fm.Claim, wanted: str) -> bool:
    found = slots(claim)
    names = iter(("event", "actor", "place", "relation", "modality", "side"))
    for word in wanted.split():
        name, _, value = word.rpartition("=")
        name = name or next(names)
        if value != "*" and found[name] not in value.replace("~", " ").split("|"):
            return False
    return True


def cases() -> list[object]:
    parameters = []
    for path in sorted(CASES.glob("*.tsv")):
        for line in lines_of(path.stem):
            if line.startswith("#") or not line.strip():
                continue
            sign, wanted, *_ = line.split("\t")
            marks = (
                [pytest.mark.xfail(raises=AssertionError, strict=True)]
                if sign.startswith("x")
                else []
            )
            values = (path.stem, sign[-1], wanted)
            parameters.append(pytest.param(*values, id=f"{path.stem}-{wanted}", marks=marks))
    return parameters


@pytest.mark.parametrize(("name", "sign", "wanted"), cases())
def test_a_document_is_read_as_a_careful_reader_would(name: str, sign: str, wanted: str) -> None:
    found = [claim for claim in claims_of(name) if fits(claim, wanted)]
    assert bool(found) == (sign == "+"), [" ".join(slots(c).values()) for c in claims_of(name)]


@pytest.mark.parametrize("name", sorted(path.stem for path in CASES.glob("*.tsv")))
def test_claims_of_a_document_are_sound(name: str) -> None:
    claims = claims_of(name)
    by_id = {claim.id: claim for claim in claims}
    assert len(by_id) == len(claims)
    for claim in claims:
        assert claim.modality != "asserted" or claim.claimant_side is None
        for other in claim.disputes:
            assert claim.id in by_id[other].disputes
            assert claim.id != other


HEADERS = [
    ("Rybar: Lage an der Front, Stand 20 Uhr\nX fiel.", "Russische Militärblogger"),
    ("Generalstab der ZSU, 22 Uhr: Es wurde gekämpft.\nSonst nichts.", "Generalstab der Ukraine"),
    ("Lagebericht des ISW vom 3. Oktober\n\nX fiel.", "ISW"),
    (
        "Russisches Verteidigungsministerium (Telegram):\nX fiel.",
        "Russisches Verteidigungsministerium",
    ),
    ("Der Generalstab teilte mit:\n- X fiel.", "Generalstab der Ukraine"),
    ("Der Ort fiel.\n\nQuelle: DeepState", "DeepState"),
    ("Der Ort fiel.\n#Generalstab", "Generalstab der Ukraine"),
    ('Gruppierung "Zentrum": Ein Ort fiel.', "Russisches Verteidigungsministerium"),
    ('Sprecher der Gruppierung "Nord": Lagebericht 8 Uhr\nX fiel.', "Russische Truppen (Sprecher)"),
    # a headline is no header, neither is a source that only passes on
    ("Selenskyj: Wir halten den Ort\n\nX fiel.", None),
    ("ISW: Russen rücken vor\n\nX fiel.", None),
    ("Der Ort fiel.\n\nQuelle: dpa", None),
    ("Der Generalstab meldete Kämpfe.\n\nX fiel.", None),
    # the report is over
    ("Generalstab, 22 Uhr:\nX fiel.\n+++ 12:10 Regen +++\nY fiel.", None),
    ("Rybar, Lagebericht\nX fiel.\nDie Angaben sind nicht überprüfbar.", None),
    ("Rybar: Frontlage\nX fiel.\n\nGeneralstab: Lagebericht\nY fiel.", "Generalstab der Ukraine"),
]


@pytest.mark.parametrize(("text", "wanted"), HEADERS)
def test_who_speaks_at_the_end_of_a_document(text: str, wanted: str | None) -> None:
    stretches = outline(_analyse(fm.Article.from_text(text), []))
    prose = stretches[-2] if "Quelle" in text or "#" in text else stretches[-1]
    assert (prose.voice and prose.voice.name) == wanted


def test_entries_of_a_ticker_are_units_of_their_own() -> None:
    text = "+++ 06:12 Regen +++\nEs regnet.\n+++ 07:40 Sonne +++\nSie scheint. Es ist warm."
    assert [s.unit for s in outline(_analyse(fm.Article.from_text(text), []))] == [0, 0, 1, 1, 1]


DATELINES = [
    ("Kiew/Moskau (dpa) - Die Stadt fiel.", "Kiew/Moskau (dpa) -"),
    ("KIEW - Die Stadt fiel.", "KIEW -"),
    ("Charkiw, 12. Mai (Reuters) - Die Stadt fiel.", "Charkiw, 12. Mai (Reuters) -"),
    ("Die Stadt fiel. (dpa)", None),
    ("Kiew - Moskau: Die Fronten sind verhärtet.", None),
    ("Die Ukraine (Asow) - Die Stadt fiel.", None),
]


@pytest.mark.parametrize(("text", "wanted"), DATELINES)
def test_a_dateline_is_no_part_of_what_is_told(text: str, wanted: str | None) -> None:
    found = [text[s.start : s.end] for s in split_sentences(text) if s.is_dateline]
    assert found == ([wanted] if wanted else [])
