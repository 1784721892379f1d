"""Reading: files, HTML and bytes become an `Article` whose damaged text is repaired.

The flow inside: bytes are decoded (`reading`), HTML is reduced to its article text (`html`), the
text is normalised and its damage repaired (`repair`), language, date and source are found where
they stand in the text (`language`, `dating`).
"""

from __future__ import annotations

from frontmap.article.reading import read
from frontmap.article.records import Article, Repair

__all__ = ["Article", "Repair", "read"]
