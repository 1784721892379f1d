"""The whole gazetteer as a GeoDataFrame."""

from __future__ import annotations

from gazetteer import layout
from gazetteer.store import Store

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from geopandas import GeoDataFrame

__all__ = ["store_to_geodataframe"]


def store_to_geodataframe(store: Store) -> GeoDataFrame:
    """All places, a row each; the columns are those of `Gazetteer.to_geodataframe`."""
    import geopandas as gpd
    import numpy as np
    import pandas as pd
    import shapely

    file = store.file
    columns = file.columns
    units = np.array([*store.records.units, None], dtype=object)

    def words(column: str) -> Any:
        numbers = np.asarray(columns[column])
        # an absent number is the largest of all, so it falls on the None at the end
        return units[np.minimum(numbers, len(units) - 1)]

    kinds = np.array([str(kind) for kind in store.records.kinds], dtype=object)
    origins = np.array([str(origin) for origin in store.records.origins], dtype=object)
    texts = [line.split(layout.FIELD, 2) for line in file.places]
    ids = list(file.ids)
    if len(ids) != file.count or len(texts) != file.count:
        raise file.damaged("its places have more or fewer texts than positions")
    population = np.asarray(columns["population"])
    data = {
        "id": ids,
        "name": [text[0] for text in texts],
        "name_de": [text[1] for text in texts],
        "kind": kinds[np.asarray(columns["kind"])],
        "oblast": words("oblast"),
        "raion": words("raion"),
        "hromada": words("hromada"),
        "oblast_id": words("oblast_id"),
        "raion_id": words("raion_id"),
        "hromada_id": words("hromada_id"),
        "country": words("country"),
        "population": pd.array(population.astype("int64"), dtype="Int64"),
        "precision_m": np.asarray(columns["precision"]).astype(float),
        "extent_m": np.asarray(columns["extent"]).astype(float),
        "position_source": origins[np.asarray(columns["position"])],
    }
    data["population"][population == layout.NOTHING] = pd.NA
    points = shapely.points(
        np.asarray(columns["lon"]) / layout.DEGREE, np.asarray(columns["lat"]) / layout.DEGREE
    )
    return gpd.GeoDataFrame(data, geometry=points, crs="EPSG:4326")
