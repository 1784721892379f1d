"""Claim layers for one's own Folium map."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys

import folium
import page_payloads as hostile
import page_samples as samples
import pytest

from frontmap.layers import build_map, claim_layers

NOWHERE = samples.NoPlaces()


def _layers(claims=None, **options):
    options.setdefault("gazetteer", NOWHERE)
    return claim_layers(samples.claims() if claims is None else claims, **options)


def _rendered(made: folium.Map) -> str:
    return made.get_root().render()


def test_layers_are_feature_groups_by_claimant_and_event_with_counts():
    layers = _layers()
    assert all(isinstance(layer, folium.FeatureGroup) for layer in layers)
    names = [layer.layer_name for layer in layers]
    assert names[0] == "Russische Angaben: Vormarsch (3)"
    assert "Ukrainische Angaben: Abgewehrter Angriff (1)" in names
    assert "Darstellung des Berichts: Gefechte (1)" in names
    counts = [int(re.search(r"\((\d+)\)$", name)[1]) for name in names]
    assert sum(counts) == len(samples.claims())


@pytest.mark.parametrize(("language", "name"), [("uk", "Російські дані"), ("en", "Russian")])
def test_layer_names_are_in_the_language(language, name):
    assert name in _layers(language=language)[0].layer_name


def test_no_claims_give_no_layers():
    assert _layers([]) == []


def test_scripts_and_claims_go_into_a_map_once():
    made = folium.Map([48.3, 37.2], tiles=None)
    layers = _layers()
    for layer in layers:
        layer.add_to(made)
    text = _rendered(made)
    assert text.count("window.frontmapLayers ??=") == 1
    assert text.count("frontmapLayers.claims(") == 1
    assert text.count("frontmapLayers.group(") == len(layers)


def test_rendering_twice_adds_nothing_twice():
    made = folium.Map([48.3, 37.2], tiles=None)
    layers = _layers()
    for layer in layers:
        layer.add_to(made)
    _rendered(made)
    again = _rendered(made)
    assert again.count("frontmapLayers.claims(") == 1
    assert again.count("frontmapLayers.group(") == len(layers)


def test_one_layer_alone_brings_what_it_needs():
    made = folium.Map([48.3, 37.2], tiles=None)
    _layers()[2].add_to(made)
    text = _rendered(made)
    assert "window.frontmapLayers ??=" in text
    assert "frontmapLayers.claims(" in text


def test_a_layer_outside_a_map_says_what_is_missing():
    with pytest.raises((TypeError, AssertionError), match=r"must be added to a map|Figure"):
        _layers()[0].render()


@pytest.mark.parametrize("text", hostile.PAYLOADS)
@pytest.mark.parametrize("make", [build_map, None], ids=["build_map", "claim_layers"])
def test_hostile_text_passes_through_no_template(text, make):
    claims = [hostile.claim(text, number) for number in (0, 1)]
    articles = [hostile.article(text)]
    before = dict(os.environ)
    if make:
        made = make(claims, articles=articles, gazetteer=NOWHERE)
    else:
        made = folium.Map([48.3, 37.2], tiles=None)
        for layer in _layers(claims, articles=articles):
            layer.add_to(made)
        folium.LayerControl().add_to(made)
    rendered = _rendered(made)
    made._repr_html_()
    assert dict(os.environ) == before
    data = json.loads(
        re.search(r"frontmapLayers\.claims\(\"\w+\", (\{.*\})\);</script>", rendered)[1]
    )
    assert data["strings"].count(text) == 1
    assert data["places"][0][:2] == [text, text]
    if set(text) & set("<>{&"):
        assert text not in rendered


def test_the_map_names_no_server():
    text = _rendered(build_map(samples.claims(), articles=samples.article(), gazetteer=NOWHERE))
    assert not re.search(r"<(script|link|img|iframe)[^>]*(src|href)=", text)


def test_the_map_takes_whatever_folium_has():
    made = build_map(samples.claims(), gazetteer=NOWHERE, height="300px")
    folium.Marker([48.5, 36], popup="Hallo").add_to(made)
    folium.GeoJson({"type": "FeatureCollection", "features": []}).add_to(made)
    assert "L.marker(" in _rendered(made)
    assert made._repr_html_()


def test_online_tiles_are_offered_when_asked_for():
    text = _rendered(build_map(samples.claims(), gazetteer=NOWHERE, tiles="osm"))
    assert "https://tile.openstreetmap.org" in text
    assert "L.tileLayer(" not in _rendered(build_map(samples.claims(), gazetteer=NOWHERE))


def test_an_empty_map_shows_ukraine():
    text = _rendered(build_map([], gazetteer=NOWHERE))
    assert "[[44.2, 22.1], [52.4, 40.3]]" in text


@pytest.mark.parametrize("module", ["frontmap.layers", "frontmap.page"])
def test_folium_is_imported_when_first_used(module):
    code = f"import {module}, sys; print({{'folium', 'shapely', 'pandas'}} & set(sys.modules))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "set()"
