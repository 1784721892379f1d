"""Recognition: which stretches of an article name a place (`Mention`)."""

from __future__ import annotations

from frontmap.recognition.records import Construction, Mention

__all__ = ["Construction", "Mention"]
