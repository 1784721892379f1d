"""Evaluation: gold files against what frontmap finds, in the measures the field reports."""

from __future__ import annotations

from frontmap.evaluation.gold import GoldPassage, GoldToponym, load_gold
from frontmap.evaluation.toponyms import ToponymEvaluation, evaluate_toponyms

__all__ = [
    "GoldPassage",
    "GoldToponym",
    "ToponymEvaluation",
    "evaluate_toponyms",
    "load_gold",
]
