"""Claims and toponyms as GeoDataFrames, and back.

Both tables are in EPSG:4326, (lon, lat), one row a claim or a toponym, in the order given. Their
columns are these, here and in every file that `frontmap.export` writes:

==================== ======== =====================================================================
claims               type     meaning
==================== ======== =====================================================================
id                   text     the claim's id, unique within its article
article_id           text     the article's id
event                text     advance, capture, breakthrough, encirclement, attack, repelled, ...
actor                text     side that does it: RU, UA, or null where the text does not say
actor_text           text     the words that name the actor
claimant             text     who says so, normalised; null in the text's own voice
claimant_side        text     RU, UA, third or null
claimant_text        text     the words that name the claimant
modality             text     asserted, reported, denied, planned or possible
verification         text     unverified, confirmed, disputed or null
relation             text     at, part, direction, near, between, toward or distance
bearings             list     bearings from the place: N, NE, ... and C for its centre
distance_m           metres   distance from the place, or how far troops moved
place_id             text     the gazetteer's id of the place
place_name           text     official name, Ukrainian for places in Ukraine
place_name_de        text     German form
place_kind           text     city, town, village, oblast, ...
oblast               text     German name of the oblast
place_lon            degrees  position of the place
place_lat            degrees  position of the place
place_extent_m       metres   radius of its built-up area, or of its area
place_precision_m    metres   how exactly its position is known
target_id            text     second place of ``between``
target_name_de       text     its German form
origin_id            text     start of a movement
origin_name_de       text     its German form
unnamed              text     kind of an unnamed place that lies in `relation` to the place
bank                 text     bank of a river
count                integer  how many attacks, villages, ...
event_date           date     first day of the time of the event
event_date_precision text     day, week, month, season or year
reported_date        date     the article's date
quote                text     the clause or sentence, verbatim
start                integer  code point offset of the quote in the article's text
end                  integer  its end
quotes               list     offsets of every quote
disputes             list     ids of claims of the other side that contradict this one
reasons              list     the steps that made the claim
score                number   score of the place's resolution, 0..1
lon                  degrees  where a symbol goes: inside the area, at the arrow's tip
lat                  degrees  where a symbol goes
precision_m          metres   radius around (lon, lat) that holds what is claimed
geometry_reasons     list     the steps that made the geometry
candidates           list     ids of the places that an unnamed place may be
check                text     agrees, contradicts or silent, where control polygons are given
check_distance_m     metres   from the claim to the front line of the day before
title                text     the article's title
source               text     who published it
url                  text     its address
==================== ======== =====================================================================

==================== ======== =====================================================================
toponyms             type     meaning
==================== ======== =====================================================================
article_id           text     the article's id
start                integer  code point offset in the article's text
end                  integer  its end
surface              text     the name as it stands in the text
stem                 text     the name without inflection
construction         text     plain, genitive, adjective, ...
container            text     kind word that governs the name
place_id             text     the gazetteer's id, null where the text cannot tell
place_name           text     official name
place_name_de        text     German form
place_kind           text     city, town, village, ...
oblast               text     German name of the oblast
raion                text     German name of the raion
hromada              text     German name of the hromada
population           integer  inhabitants
score                number   score of the resolution, 0..1
precision_m          metres   how exactly the place's position is known
extent_m             metres   radius of its built-up area, or of its area
lon                  degrees  position
lat                  degrees  position
candidates           list     ids of the candidates, best first
reasons              list     the steps that led to the place
published            date     the article's date
title                text     the article's title
source               text     who published it
url                  text     its address
==================== ======== =====================================================================

Lists are JSON text (``["N", "C"]``), so that every writer and ``explore()`` take them; dates are
``datetime64[ms]`` at midnight; a missing value is null. An empty table has all columns.
"""

from __future__ import annotations

from frontmap.frames.columns import CLAIM_COLUMNS, TOPONYM_COLUMNS, Column
from frontmap.frames.making import Geometry, claims_to_geodataframe, toponyms_to_geodataframe
from frontmap.frames.reading import claims_from_geodataframe

__all__ = [
    "CLAIM_COLUMNS",
    "TOPONYM_COLUMNS",
    "Column",
    "Geometry",
    "claims_from_geodataframe",
    "claims_to_geodataframe",
    "toponyms_to_geodataframe",
]
