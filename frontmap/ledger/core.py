"""`Ledger`: claims across documents, and by place and day."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from frontmap.collecting import nothing_collected
from frontmap.ledger.days import days_of
from frontmap.ledger.merging import make_entries
from frontmap.ledger.reading import read_statements, statements_of_frame, statements_of_reports
from frontmap.ledger.records import Day, Entry, Statement
from frontmap.ledger.standing import with_standing
from frontmap.parameters import REPORTS, checked, one_of
from frontmap.report import Report
from gazetteer import Place

if TYPE_CHECKING:
    import pandas

    from frontmap.control import Check, Control
    from gazetteer import Gazetteer

__all__ = ["DAYS", "Ledger"]

_WHAT = one_of(("claims", "days"))
DAYS = 3
"""Days within which the same claim counts as one, where the caller does not say."""


@dataclass(frozen=True, eq=False)
class Ledger:
    """Claims across documents, merged, and what they come to by place and day.

    The same documents give the same ledger in any order, and given twice they count once.

    Attributes
    ----------
    entries : tuple[Entry, ...]
        The merged claims, by day.
    window_days : int
        Days within which the same claim counted as one.
    control : Control or None
        Dated polygons of control that the days and checks are compared with.
    """

    entries: tuple[Entry, ...]
    window_days: int = DAYS
    control: Control | None = None
    _days: list[Day] = field(default_factory=list, repr=False)

    def __repr__(self) -> str:
        documents = {source.document for entry in self.entries for source in entry.documents}
        return f"<Ledger: claims: {len(self.entries)}, documents: {len(documents)}>"

    def _repr_html_(self) -> str:
        from frontmap.ledger.views import as_html

        return as_html(self)

    @classmethod
    @checked
    def from_statements(
        cls, statements: Iterable[Statement], *, days: int = DAYS, control: Control | None = None
    ) -> Ledger:
        """Make a ledger of statements.

        Parameters
        ----------
        statements : iterable of Statement
        days, control
            See `from_reports`.

        Raises
        ------
        LedgerError
            If `days` is negative.
        """
        with nothing_collected():
            entries = with_standing(make_entries(statements, days), days)
        return cls(tuple(entries), days, control)

    @classmethod
    @checked.but(reports=REPORTS)
    def from_reports(
        cls, reports: Iterable[Report], *, days: int = DAYS, control: Control | None = None
    ) -> Ledger:
        """Make a ledger of reports.

        Parameters
        ----------
        reports : iterable of Report
            For example from `frontmap.analyze_many`. Give articles their `source` (publisher) and
            `published`: without a date a claim merges with nothing but copies of its document.
        days : int
            The same claim counts as one when its days (of the event, else of the document) lie at
            most so many after the first.
        control : Control, optional
            Dated polygons of control; see `days`.

        Raises
        ------
        LedgerError
            If `days` is negative.

        Examples
        --------
        >>> import frontmap as fm
        >>> text = "Russische Truppen haben nach Angaben aus Moskau Torezk erobert."
        >>> papers = [fm.Article.from_text(text, source=name, published=day)
        ...           for name, day in (("Bote", "2025-11-03"), ("Kurier", "2025-11-04"))]
        >>> (entry,) = fm.Ledger.from_reports(fm.analyze(paper) for paper in papers).entries
        >>> [source.publisher for source in entry.documents], entry.independent_sources
        (['Bote', 'Kurier'], 1)
        >>> str(entry.first_seen), str(entry.last_seen), str(entry.standing)
        ('2025-11-03', '2025-11-04', 'claimed')
        """
        return cls.from_statements(statements_of_reports(reports), days=days, control=control)

    @classmethod
    @checked
    def from_dataframe(
        cls, frame: pandas.DataFrame, *, days: int = DAYS, control: Control | None = None
    ) -> Ledger:
        """Make a ledger of a table of claims.

        Parameters
        ----------
        frame : pandas.DataFrame
            A row a claim, with the columns of `frontmap.frames`.
        days, control
            See `from_reports`.

        Raises
        ------
        LedgerError
            If a column is missing or a row is no claim.
        """
        return cls.from_statements(statements_of_frame(frame), days=days, control=control)

    @classmethod
    @checked
    def read(
        cls,
        paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
        *,
        days: int = DAYS,
        control: Control | None = None,
    ) -> Ledger:
        """Make a ledger of files that `frontmap run` wrote, or of saved GeoPackages.

        Parameters
        ----------
        paths : path or iterable of paths
            ``.jsonl`` (best: whole reports, all quotes), ``.parquet``, ``.gpkg`` or ``.geojsonl``.
        days, control
            See `from_reports`.

        Raises
        ------
        LedgerError
            If a file is missing, of another kind, or damaged; it is named.
        """
        if isinstance(paths, str | os.PathLike):
            paths = [paths]
        statements = (s for path in paths for s in read_statements(Path(path)))
        return cls.from_statements(statements, days=days, control=control)

    @property
    def statements(self) -> list[Statement]:
        """Every statement of every entry."""
        return [statement for entry in self.entries for statement in entry.statements]

    @property
    def days(self) -> list[Day]:
        """What is said and shown of each place, by day; made when first asked for.

        Days are those on which a document spoke of the place, and with polygons of control those
        on which they changed at its centre.
        """
        if not self._days:
            with nothing_collected():
                self._days.extend(days_of(self.entries, self.control))
        return self._days

    @property
    def places(self) -> list[Place]:
        """The places spoken of, those with most documents first."""
        found: dict[str, Place] = {}
        counts: dict[str, int] = {}
        for entry in self.entries:
            if entry.place is not None:
                found.setdefault(entry.place.id, entry.place)
                counts[entry.place.id] = counts.get(entry.place.id, 0) + len(entry.statements)
        return [found[name] for name in sorted(found, key=lambda name: (-counts[name], name))]

    @checked
    def at(self, place: str | Place, *, gazetteer: Gazetteer | None = None) -> Ledger:
        """Return the ledger of one place.

        Parameters
        ----------
        place : str or Place
            An id, or a name in any spelling.
        gazetteer : Gazetteer, optional
            Where a name is looked up; by default the embedded one.

        Raises
        ------
        LedgerError
            If nothing is said of such a place, or the name is that of several; they are named.
        """
        from frontmap.ledger.naming import find_place

        wanted = find_place(place, self.places, gazetteer)
        entries = tuple(e for e in self.entries if e.place is not None and e.place.id == wanted.id)
        return Ledger(entries, self.window_days, self.control)

    @checked
    def check(self, entry: Entry) -> Check | None:
        """Compare an entry with the polygons of control.

        Parameters
        ----------
        entry : Entry

        Returns
        -------
        Check or None
            None in a ledger without polygons.
        """
        return None if self.control is None else self.control.check(entry.claim)

    @checked.but(what=_WHAT)
    def to_dataframe(self, what: Literal["claims", "days"] = "claims") -> pandas.DataFrame:
        """Return the ledger as a table.

        Parameters
        ----------
        what : {"claims", "days"}
            A row a merged claim, or a row a place and day.

        Returns
        -------
        pandas.DataFrame
            Columns as in the tables of `frontmap.ledger`.

        Raises
        ------
        ValueError
            If `what` is neither.
        """
        from frontmap.ledger.tables import claims_table, days_table

        with nothing_collected():
            return claims_table(self) if what == "claims" else days_table(self)

    def to_markdown(self) -> str:
        """Return the ledger as text to read: for each place its days and its claims."""
        from frontmap.ledger.views import markdown

        return markdown(self)

    @checked.but(what=_WHAT)
    def save(
        self, path: str | os.PathLike[str], *, what: Literal["claims", "days"] = "claims"
    ) -> Path:
        """Write the ledger; the suffix says as what.

        Parameters
        ----------
        path : path
            ``.csv``, ``.jsonl`` (a row a line, lists as lists), ``.parquet`` (extra ``parquet``),
            or ``.md`` to read. The file is whole or not there.
        what : {"claims", "days"}
            Which table; ``.md`` has both.

        Raises
        ------
        LedgerError
            If the suffix is another.
        ExportError
            If the file cannot be written.
        """
        from frontmap.ledger.tables import save

        return save(self, Path(path), what)
