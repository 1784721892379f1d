"""The ledger: the same claim from many documents once, and who said what about a place, by day.

>>> import frontmap as fm
>>> from frontmap.ledger import Ledger
>>> texts = {
...     "Tagblatt": "Das russische Verteidigungsministerium meldete die Einnahme von Torezk.",
...     "Kurier": "Russische Truppen haben nach Angaben aus Moskau Torezk erobert.",
...     "Bote": "Der ukrainische Generalstab teilte mit, Torezk sei nicht erobert worden.",
... }
>>> reports = [
...     fm.analyze(fm.Article.from_text(text, source=name, published="2025-11-03"))
...     for name, text in texts.items()
... ]
>>> ledger = Ledger.from_reports(reports)
>>> for entry in ledger.entries:
...     print(entry.event, entry.actor, entry.modality, entry.standing, entry.independent_sources)
capture RU reported disputed 2
capture RU denied denied 1

`Ledger.to_dataframe` gives two tables, the same in every file that `Ledger.save` writes:

==================== ======== =====================================================================
claims               type     meaning
==================== ======== =====================================================================
id                   text     the entry's id
event                text     advance, capture, ...
actor                text     side that does it: RU, UA, or null where no document says
place_id             text     the gazetteer's id of the place; null where it was not resolved
place_name_de        text     German form
oblast               text     German name of the oblast
lon                  degrees  position of the place
lat                  degrees  position of the place
relation             text     at, part, direction, near, between, toward or distance
bearings             list     bearings from the place
modality             text     asserted, reported, denied, planned or possible
standing             text     reported, claimed, confirmed, disputed; denied, planned, possible
first_seen           date     when the first document came out
last_seen            date     when the last one did
day                  date     first day the documents date the event to
last_day             date     the last such day
first_by             list     the voices of the first day: RU, UA, third, unattributed
said_by              list     all voices
claimants            list     who they are, by name
confirmed_by         list     voices without an interest in it
verified             boolean  whether a document says that it was confirmed
objections           list     kind, voices and entry of what speaks against it
documents            integer  how many documents say it
independent_sources  integer  how many sources, copies and articles of one outlet counted once
publishers           list     of the documents, by day
titles               list     of the documents
urls                 list     of the documents
article_ids          list     of the documents
quotes               list     every sentence that says it
earlier              text     entry that said the same, longer ago
check                text     agrees, contradicts or silent, where control polygons are given
check_distance_m     metres   from the place to the front line of the day before
==================== ======== =====================================================================

==================== ======== =====================================================================
days                 type     meaning
==================== ======== =====================================================================
place_id             text     the gazetteer's id
place_name_de        text     German form
oblast               text     German name of the oblast
lon                  degrees  position
lat                  degrees  position
date                 date     the day
said                 list     what was said that day: voice, claim, documents
positions            list     who holds the place for each voice, and since when it says so
standing             text     silent, reported, claimed, confirmed, disputed or denied
polygons             text     RU, UA or null: who holds the place's centre by the polygons
polygons_changed     boolean  whether they showed another side before
polygons_before      text     which
front_m              metres   from the place's centre to the front line
entries              list     ids of the claims
==================== ======== =====================================================================

Lists are JSON text; dates are ``datetime64[ms]``; what is missing is null.
"""

from __future__ import annotations

from frontmap.ledger.core import Ledger
from frontmap.ledger.records import (
    Day,
    Entry,
    Objection,
    ObjectionKind,
    Position,
    Source,
    Standing,
    Statement,
    Voice,
)

__all__ = [
    "Day",
    "Entry",
    "Ledger",
    "Objection",
    "ObjectionKind",
    "Position",
    "Source",
    "Standing",
    "Statement",
    "Voice",
]
