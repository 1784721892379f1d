"""One sentence taken apart: event words, actors, places and attributions, each as it stands.

- event words: `triggers`, and what became of the event, `outcomes`
- actors: `actors`, `forces`
- places: `references` (the record), `asides`, `backreferences`, `containment`, `placement`
- attributions: `speakers`, `formulas`, `attribution`
- `analysis` holds the result; all later steps read it
"""
