"""Resolution: which place a mention means (`Toponym`), how surely, and why."""

from __future__ import annotations

from frontmap.resolution.records import Candidate, Toponym

__all__ = ["Candidate", "Toponym"]
