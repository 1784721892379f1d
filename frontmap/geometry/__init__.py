"""Geometry: what ground a claim speaks of, and how precisely that is known."""

from __future__ import annotations

from frontmap.geometry.claims import ClaimGeometry, claim_geometry
from frontmap.geometry.many import claim_geometries

__all__ = ["ClaimGeometry", "claim_geometries", "claim_geometry"]
