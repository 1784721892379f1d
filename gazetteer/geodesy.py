"""Distances on the WGS 84 ellipsoid without an import.

pyproj's `Geod` gives the same to a micrometre, but takes longer to import than a gazetteer to open.
"""

from __future__ import annotations

from math import asin, atan, atan2, cos, hypot, radians, sin, sqrt, tan

__all__ = ["distance_m", "meridian_distance_m", "metres_per_degree", "sphere_distance_m"]

SEMI_MAJOR_M = 6_378_137.0
FLATTENING = 1 / 298.257223563
SEMI_MINOR_M = SEMI_MAJOR_M * (1 - FLATTENING)
ECCENTRICITY_2 = FLATTENING * (2 - FLATTENING)
# The smallest radius of curvature anywhere: arcs measured with it are never too long.
LEAST_RADIUS_M = SEMI_MAJOR_M * (1 - ECCENTRICITY_2)
_MEAN_RADIUS_M = 6_371_008.8


def distance_m(lon1: float, lat1: float, lon2: float, lat2: float) -> float:
    """Length of the geodesic between two points in degrees, in metres (Vincenty 1975).

    Examples
    --------
    >>> round(distance_m(37.17706, 48.28014, 37.80224, 48.023), 1)
    54601.8
    """
    reduced1 = atan((1 - FLATTENING) * tan(radians(lat1)))
    reduced2 = atan((1 - FLATTENING) * tan(radians(lat2)))
    sin1, cos1, sin2, cos2 = sin(reduced1), cos(reduced1), sin(reduced2), cos(reduced2)
    difference = radians((lon2 - lon1 + 180) % 360 - 180)
    longitude = difference
    for _ in range(50):
        east = cos2 * sin(longitude)
        north = cos1 * sin2 - sin1 * cos2 * cos(longitude)
        sin_arc = hypot(east, north)
        if sin_arc == 0:
            return (
                0.0 if sin1 * sin2 + cos1 * cos2 > 0 else sphere_distance_m(lon1, lat1, lon2, lat2)
            )
        cos_arc = sin1 * sin2 + cos1 * cos2 * cos(longitude)
        arc = atan2(sin_arc, cos_arc)
        sin_azimuth = cos1 * cos2 * sin(longitude) / sin_arc
        cos2_azimuth = 1 - sin_azimuth * sin_azimuth
        middle = cos_arc - 2 * sin1 * sin2 / cos2_azimuth if cos2_azimuth > 1e-15 else 0.0
        c = FLATTENING / 16 * cos2_azimuth * (4 + FLATTENING * (4 - 3 * cos2_azimuth))
        before = longitude
        longitude = difference + (1 - c) * FLATTENING * sin_azimuth * (
            arc + c * sin_arc * (middle + c * cos_arc * (2 * middle * middle - 1))
        )
        if abs(longitude - before) < 1e-12:
            return _arc_length_m(arc, sin_arc, cos_arc, middle, cos2_azimuth)
    return sphere_distance_m(lon1, lat1, lon2, lat2)  # nearly antipodal


def _arc_length_m(
    arc: float, sin_arc: float, cos_arc: float, middle: float, cos2_azimuth: float
) -> float:
    square = cos2_azimuth * (SEMI_MAJOR_M**2 / SEMI_MINOR_M**2 - 1)
    a = 1 + square / 16384 * (4096 + square * (-768 + square * (320 - 175 * square)))
    b = square / 1024 * (256 + square * (-128 + square * (74 - 47 * square)))
    twice = 2 * middle * middle - 1
    correction = b / 6 * middle * (4 * sin_arc * sin_arc - 3) * (4 * middle * middle - 3)
    change = b * sin_arc * (middle + b / 4 * (cos_arc * twice - correction))
    return SEMI_MINOR_M * a * (arc - change)


def sphere_distance_m(lon1: float, lat1: float, lon2: float, lat2: float) -> float:
    """Distance on a sphere, within one in a hundred of the geodesic."""
    half_north = sin(radians(lat2 - lat1) / 2)
    half_east = sin(radians(lon2 - lon1) / 2)
    square = half_north**2 + cos(radians(lat1)) * cos(radians(lat2)) * half_east**2
    return 2 * _MEAN_RADIUS_M * asin(sqrt(min(square, 1.0)))


def metres_per_degree(lat: float) -> tuple[float, float]:
    """Length in metres of a degree of longitude and of a degree of latitude at a latitude.

    Examples
    --------
    >>> [round(metres) for metres in metres_per_degree(48.0)]
    [74625, 111190]
    """
    sine = sin(radians(lat))
    w2 = 1 - ECCENTRICITY_2 * sine * sine
    w = sqrt(w2)
    east = SEMI_MAJOR_M / w * cos(radians(lat))
    return radians(east), radians(LEAST_RADIUS_M / (w2 * w))


def meridian_distance_m(lat: float, degrees: float) -> float:
    """At least how far a point at a latitude is from the meridian so many degrees away."""
    return LEAST_RADIUS_M * asin(cos(radians(lat)) * sin(radians(min(degrees, 90.0))))
