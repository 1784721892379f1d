"""Claims in English, Ukrainian and Russian, read with the ``foreign_*.tsv`` lexicons."""

from __future__ import annotations

from frontmap.claims.foreign.drafting import LANGUAGES, draft_foreign

__all__ = ["LANGUAGES", "draft_foreign"]
