"""Control: dated polygons of who holds what, and checks of claims against them."""

from __future__ import annotations

from frontmap.control.checks import Check, Verdict
from frontmap.control.core import MAX_GAP_DAYS, Control

__all__ = ["MAX_GAP_DAYS", "Check", "Control", "Verdict"]
