"""Claims: who says which troops moved where, and how sure anyone is.

`extraction` runs the steps over an article. Each step is a subpackage that imports itself and
those before it only (``tests/test_architecture.py``):

1. `lexicon`   words by what they mean, from ``frontmap/lexicons/claims/*.tsv``
2. `syntax`    words, clauses, noun phrases of a sentence
3. `sentence`  its event words, actors, places and attributions
4. `events`    which event words count, how often, when
5. `places`    which places an event word governs
6. `sides`     which side acts
7. `modality`  planned, possible, denied or reported
8. `passage`   what earlier sentences and the document's shape add
9. `build`     one sentence's claims from all of this; `naming` the places told a sentence later
10. `verification`, `merging`  who confirmed them; claims of the same thing become one

`foreign` does steps 2 to 9, simpler, for English, Ukrainian and Russian. The records stand in
`records`.
"""

from __future__ import annotations

from frontmap.claims.extraction import extract_claims
from frontmap.claims.records import (
    Bearing,
    Claim,
    DatePrecision,
    Event,
    Modality,
    Relation,
    Side,
    Verification,
)

__all__ = [
    "Bearing",
    "Claim",
    "DatePrecision",
    "Event",
    "Modality",
    "Relation",
    "Side",
    "Verification",
    "extract_claims",
]
