"""From an article to a report: the whole chain in one call, and what can be done with it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from frontmap.article import Article
from frontmap.article.records import of_text
from frontmap.claims import Claim
from frontmap.errors import ExportError
from frontmap.parameters import checked, one_of
from frontmap.resolution import Toponym

if TYPE_CHECKING:
    import folium
    import geopandas
    from matplotlib.figure import Figure

    from frontmap.control import Check, Control
    from gazetteer import Gazetteer

__all__ = ["Report", "analyze", "read_report", "read_reports", "save_reports"]

_GEOMETRY = one_of(("area", "arrow", "anchor"))
_PAGE_OPTIONS = ("gazetteer", "control", "language", "tiles", "articles")


@dataclass(frozen=True, slots=True, repr=False)
class Report:
    """What one article says: its toponyms and its claims.

    Attributes
    ----------
    article : Article
    toponyms : list[Toponym]
        In the order of the text; offsets index ``article.text``.
    claims : list[Claim]
        In the order of the text.
    """

    article: Article
    toponyms: list[Toponym] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)

    def __repr__(self) -> str:
        name = self.article.title or self.article.source or self.article.id
        return f"<Report {name!r}: {len(self.toponyms)} toponyms, {len(self.claims)} claims>"

    @checked.but(what=one_of(("claims", "toponyms")), geometry=_GEOMETRY)
    def to_geodataframe(
        self,
        what: Literal["claims", "toponyms"] = "claims",
        *,
        geometry: Literal["area", "arrow", "anchor"] = "area",
    ) -> geopandas.GeoDataFrame:
        """Return the claims or the toponyms as a table with geometries.

        Parameters
        ----------
        what : {"claims", "toponyms"}
        geometry : {"area", "arrow", "anchor"}
            Which geometry of a claim is the active one; toponyms are points.

        Returns
        -------
        geopandas.GeoDataFrame
            EPSG:4326, (lon, lat); columns as documented in `frontmap.frames`.
        """
        from frontmap import frames

        if what == "toponyms":
            return frames.toponyms_to_geodataframe(self.toponyms, self.article)
        return frames.claims_to_geodataframe(self.claims, self.article, geometry=geometry)

    def map(self, **options: Any) -> folium.Map:
        """Return a Folium map with the claim layers; in a notebook it shows itself as the page.

        As long as nothing is added to it, it shows the same page that `save` writes, with list,
        legend and time slider; once something is, the Folium map with all that is on it.

        Parameters
        ----------
        **options
            As for `frontmap.layers.build_map`; ``height`` in pixels or as a CSS length.
        """
        from frontmap.layers import build_map
        from frontmap.page import page_html

        made = build_map(self, **options)
        of_page = {key: value for key, value in options.items() if key in _PAGE_OPTIONS}
        made.show_inline(lambda: page_html(self, **of_page))
        return made

    @checked
    def save(self, path: str | os.PathLike[str], **options: Any) -> Path:
        """Write the report; the suffix says in which format.

        ``.html`` is a standalone page that needs no network; for the others see
        `frontmap.export`. Nothing is left half-written.

        Parameters
        ----------
        path : path
        **options
            As for `frontmap.page.save_page` or `frontmap.export.save`.

        Returns
        -------
        Path
            The file that was written.

        Raises
        ------
        ExportError
            If no format has the suffix, or the file cannot be written.
        MissingExtraError
            If the format needs a package that is not installed.
        """
        return save_reports([self], path, **options)

    def plot(self, **options: Any) -> Figure:
        """Return a matplotlib figure of the claims (extra ``plot``); see `frontmap.export.plot`."""
        from frontmap.export import plot

        return plot(self, **options)

    @checked
    def check(self, control: Control) -> list[Check]:
        """Compare each claim with dated polygons of control.

        Parameters
        ----------
        control : Control

        Returns
        -------
        list[Check]
            In the order of `claims`.
        """
        return [control.check(claim) for claim in self.claims]

    def _repr_html_(self) -> str:
        from gazetteer.html import table

        header = ("event", "actor", "place", "modality", "claimant", "quote")
        title = self.article.title or self.article.source or "Report"
        return table(header, (_row(claim) for claim in self.claims), title)


def _row(claim: Claim) -> tuple[str, ...]:
    place = claim.place.name_de if claim.place else "?"
    where = f"{claim.relation} {place} {' '.join(claim.bearings)}".strip()
    return (
        str(claim.event),
        str(claim.actor or "?"),
        where,
        str(claim.modality),
        claim.claimant or "",
        claim.quote,
    )


@checked
def analyze(
    article: Article | str,
    *,
    gazetteer: Gazetteer | None = None,
    threshold: float | None = None,
    control: Control | None = None,
) -> Report:
    """Read an article's toponyms and claims.

    Parameters
    ----------
    article : Article or str
        A string is taken as the article's text; use `frontmap.read` for files and HTML.
    gazetteer : Gazetteer, optional
        Default: `Gazetteer.default()`.
    threshold : float, optional
        Score below which a toponym's place is left None (see `frontmap.resolve`).
    control : Control, optional
        Dated polygons of control; namesakes near the front line of the day are preferred.

    Returns
    -------
    Report

    Examples
    --------
    >>> import frontmap as fm
    >>> report = fm.analyze("Russische Truppen haben nach Angaben aus Moskau Torezk erobert.")
    >>> [(str(c.event), str(c.actor), c.place.name_de, str(c.modality)) for c in report.claims]
    [('capture', 'RU', 'Torezk', 'reported')]
    """
    from frontmap.claims import extract_claims
    from frontmap.resolution import resolve

    article = of_text(article)
    options: dict[str, Any] = {} if threshold is None else {"threshold": threshold}
    toponyms = resolve(article, gazetteer=gazetteer, control=control, **options)
    claims = extract_claims(article, toponyms, gazetteer=gazetteer)
    return Report(article, toponyms, claims)


@checked
def save_reports(reports: Sequence[Report], path: str | os.PathLike[str], **options: Any) -> Path:
    """Write several reports into one file.

    Parameters
    ----------
    reports : sequence of Report
    path : path
        Its suffix says in which format.
    **options
        As in `Report.save`.

    Returns
    -------
    Path
        The file that was written.

    Raises
    ------
    ExportError, MissingExtraError
        As in `Report.save`.

    Examples
    --------
    >>> import tempfile, frontmap as fm
    >>> texts = ["Russische Truppen haben Torezk erobert.", "Kiew bestritt das."]
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = fm.save_reports([fm.analyze(text) for text in texts], folder + "/week.gpkg")
    ...     print(len(fm.read_reports(path)))
    2
    """
    target = Path(path)
    if target.suffix.lower() in {".html", ".htm"}:
        from frontmap.page import save_page

        save_page(reports, target, **options)
    else:
        from frontmap.export import save

        save(reports, target, **options)
    return target


@checked
def read_reports(path: str | os.PathLike[str]) -> list[Report]:
    """Read all reports that were saved as one GeoPackage, nothing lost.

    Parameters
    ----------
    path : path
        A GeoPackage that `save_reports`, `Report.save` or `frontmap run` wrote.

    Returns
    -------
    list[Report]
        In the order they were saved in.

    Raises
    ------
    ExportError
        If the file is missing, is no GeoPackage, or holds no saved report.

    Examples
    --------
    See `save_reports`.
    """
    from frontmap.export import read_saved

    return [Report(s.article, list(s.toponyms), list(s.claims)) for s in read_saved(path)]


@checked
def read_report(path: str | os.PathLike[str]) -> Report:
    """Read the report that was saved as a GeoPackage, nothing lost.

    Parameters
    ----------
    path : path
        A GeoPackage that `Report.save` wrote.

    Returns
    -------
    Report

    Raises
    ------
    ExportError
        If the file is missing, is no GeoPackage, or holds no saved report or several.

    Examples
    --------
    >>> import tempfile, frontmap as fm
    >>> report = fm.analyze("Russische Truppen haben Torezk erobert.")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     fm.read_report(report.save(folder + "/report.gpkg")) == report
    True
    """
    reports = read_reports(path)
    if len(reports) > 1:
        raise ExportError(
            f"{path}: holds {len(reports)} reports; read them with frontmap.read_reports"
        )
    return reports[0]
