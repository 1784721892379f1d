"""frontmap turns German reports about the war in Ukraine into maps."""

from __future__ import annotations

__version__ = "0.1.0"
__all__ = ["__version__"]
