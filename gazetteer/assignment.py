"""The best joint choice of partners, each taken at most once."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["assign"]


def assign(scores: Sequence[Sequence[float]]) -> list[int]:
    """Give each row a column so that the sum of scores is greatest (the Hungarian method).

    Parameters
    ----------
    scores : sequence of sequence of float
        One row a chooser, one column a thing to be chosen; at least as many columns as rows.
        Give a row columns of its own for "none of them".

    Returns
    -------
    list of int
        The column of each row.

    Raises
    ------
    ValueError
        If there are fewer columns than rows.

    Examples
    --------
    >>> assign([[3.0, 2.0], [3.0, 0.0]])
    [1, 0]
    """
    rows = len(scores)
    columns = len(scores[0]) if rows else 0
    if columns < rows:
        raise ValueError(f"{rows} rows cannot each have one of {columns} columns")
    row_price = [0.0] * (rows + 1)
    column_price = [0.0] * (columns + 1)
    owner = [0] * (columns + 1)
    for row in range(1, rows + 1):
        _augment(scores, row, owner, row_price, column_price)
    chosen = [-1] * rows
    for column in range(1, columns + 1):
        if owner[column]:
            chosen[owner[column] - 1] = column - 1
    return chosen


def _augment(
    scores: Sequence[Sequence[float]],
    row: int,
    owner: list[int],
    row_price: list[float],
    column_price: list[float],
) -> None:
    """Add one row along the cheapest path; costs are the scores' negatives."""
    columns = len(owner) - 1
    owner[0] = row
    slack = [float("inf")] * (columns + 1)
    previous = [0] * (columns + 1)
    visited = [False] * (columns + 1)
    column = 0
    while True:
        visited[column] = True
        current = owner[column]
        least, following = float("inf"), 0
        for other in range(1, columns + 1):
            if visited[other]:
                continue
            cost = -scores[current - 1][other - 1] - row_price[current] - column_price[other]
            if cost < slack[other]:
                slack[other], previous[other] = cost, column
            if slack[other] < least:
                least, following = slack[other], other
        for other in range(columns + 1):
            if visited[other]:
                row_price[owner[other]] += least
                column_price[other] -= least
            else:
                slack[other] -= least
        column = following
        if owner[column] == 0:
            break
    while column:
        owner[column] = owner[previous[column]]
        column = previous[column]
