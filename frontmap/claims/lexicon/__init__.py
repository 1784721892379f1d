"""What the words of ``frontmap/lexicons/claims/*.tsv`` mean, compiled once.

`events` holds the event words, `speech` who says and how, `entries` what other single words tell;
`words` the turns of phrase and word sets asked for by name; `morphology` generates verb forms from
lemmas.
"""

from __future__ import annotations

from frontmap.claims.lexicon.entries import (
    ActorWord,
    Cue,
    PlaceWord,
    RelationPattern,
    actor_words,
    attack_word,
    cues,
    is_no_anchor,
    line_word,
    military_word,
    place_word,
    relation_patterns,
    verification_patterns,
    weapon_word,
)
from frontmap.claims.lexicon.events import (
    EventEntry,
    VerbReading,
    event_verbs,
    harm_phrases,
    known_participles,
    known_verbs,
    lemma_forms,
    light_forms,
    light_verbs,
    noun_entries,
    phrase_pattern,
    phrases,
)
from frontmap.claims.lexicon.speech import (
    Claimant,
    Speech,
    claimant_pattern,
    claimants,
    speech_formulas,
    speech_verbs,
)

__all__ = [
    "ActorWord",
    "Claimant",
    "Cue",
    "EventEntry",
    "PlaceWord",
    "RelationPattern",
    "Speech",
    "VerbReading",
    "actor_words",
    "attack_word",
    "claimant_pattern",
    "claimants",
    "cues",
    "event_verbs",
    "harm_phrases",
    "is_no_anchor",
    "known_participles",
    "known_verbs",
    "lemma_forms",
    "light_forms",
    "light_verbs",
    "line_word",
    "military_word",
    "noun_entries",
    "phrase_pattern",
    "phrases",
    "place_word",
    "relation_patterns",
    "speech_formulas",
    "speech_verbs",
    "verification_patterns",
    "weapon_word",
]
