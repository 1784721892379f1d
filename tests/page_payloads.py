"""Hostile text, and claims that carry it in every field."""

from __future__ import annotations

import dataclasses
from typing import Any

import page_samples as samples

from frontmap.article import Article
from frontmap.claims.records import Claim
from frontmap.recognition import Mention
from frontmap.resolution import Candidate, Toponym
from gazetteer import Name, Place, Status

PAYLOADS = (
    "<img src=x onerror=\"window.hacked='img'\">",
    "</script><script>window.hacked='script'</script>",
    "<!--<script>",
    "<svg/onload=window.hacked='svg'>",
    "{{7*7}}",
    "{{ cycler.__init__.__globals__.os.environ.update(FRONTMAP_HACKED='yes') }}",
    "{% for x in range(3) %}X{% endfor %}",
    "{# hidden #}",
    "${window.hacked='template'}",
    "`+(window.hacked='backtick')+`",
    "';window.hacked='quote';//",
    '";window.hacked="double";//',
    "\\u003cimg src=x\\u003e",
    "&lt;b&gt; &amp;amp;",
    "javascript:window.hacked='url'",
    "line\u2028separator\u2029s",
    "turned \u202e txet \u202d and \u2066 isolated",
    "@title@ @word:layers@ @script@",
    "{place} {bearings} {count}",
    "]]>",
    "\x00\x07 controls",
)


def article(text: str) -> Article:
    """An article whose every field is hostile."""
    return Article(text=text, title=text, published=samples.DAY, source=text, url=text, id="a1")


def place(text: str) -> Place:
    """A place whose every field is hostile."""
    return Place(
        id=text,
        name=text,
        name_de=text,
        kind=samples.POKROWSK.kind,
        lon=37.2,
        lat=48.3,
        precision_m=500,
        extent_m=3000,
        oblast=text,
        raion=text,
        hromada=text,
        ids={"wikidata": text},
        names=(Name(text, "en", "exonym", Status.EXONYM, text),),
    )


def claim(text: str, number: int = 0, **more: Any) -> Claim:
    """A claim whose every field is hostile."""
    where = place(text)
    mention = Mention(0, len(text), text, text)
    toponym = Toponym(mention, where, 0.9, (Candidate(where, 0.9, (text,)),), (text, text))
    first = samples.claims()[0]
    return dataclasses.replace(
        first,
        **{
            "id": f"{text}{number}",
            "place": where,
            "target": where,
            "origin": where,
            "toponym": toponym,
            "unnamed": text,
            "quote": text,
            "start": 0,
            "end": len(text),
            "actor_text": text,
            "claimant": text,
            "claimant_text": text,
            "disputes": (f"{text}{1 - number}",),
            "reasons": (text, text),
            **more,
        },
    )
