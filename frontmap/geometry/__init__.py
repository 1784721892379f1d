"""Geometry: what ground a claim speaks of, and how precisely that is known."""

from __future__ import annotations

from frontmap.geometry.claims import ClaimGeometry, claim_geometry

__all__ = ["ClaimGeometry", "claim_geometry"]
