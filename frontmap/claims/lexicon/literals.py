"""Letters that every match of an expression holds: a cheap test before the expression itself."""

from __future__ import annotations

__all__ = ["required_literal"]

_OPTIONAL = "?*{"
_SHORTEST = 3  # letters; of fewer nearly every text holds some


def required_literal(expression: str) -> str:
    """Return letters without which a text holds no match, "" where none are sure.

    Only what stands outside of all brackets is looked at, and nothing in an expression of
    alternatives or with flags.

    Examples
    --------
    >>> required_literal(r"\\bdroht?en? (?:mit|vor)\\b"), required_literal("könnte|dürfte")
    ('droh', '')
    """
    if "(?i" in expression:
        return ""
    runs, depth, at = [""], 0, 0
    while at < len(expression):
        sign = expression[at]
        if sign == "|" and not depth:
            return ""
        if sign == "[":
            at = _end_of_class(expression, at)
        elif sign == "\\":
            at += 1  # an escape stands for no letter of its own
        elif not depth and sign in _OPTIONAL:
            runs[-1] = runs[-1][:-1]
            at = expression.index("}", at) if sign == "{" else at
        elif not depth and (sign.isalpha() or sign == " "):
            runs[-1] += sign
            at += 1
            continue
        depth += {"(": 1, ")": -1}.get(sign, 0)
        runs.append("")
        at += 1
    longest = max(runs, key=len)
    return longest if len(longest) >= _SHORTEST else ""


def _end_of_class(expression: str, start: int) -> int:
    """Return where the class of characters that opens at `start` closes."""
    at = start + 1
    at += expression.startswith("^", at)
    at += expression.startswith("]", at)
    while expression[at] != "]":
        at += 2 if expression[at] == "\\" else 1
    return at
