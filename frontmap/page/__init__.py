"""The standalone page: one HTML file that opens from disk and asks the network for nothing."""

from __future__ import annotations

from frontmap.page.saving import page_html, save_page

__all__ = ["page_html", "save_page"]
