"""``python -m frontmap`` is ``frontmap``."""

from __future__ import annotations

from frontmap.cli import main

main(prog_name="frontmap")
