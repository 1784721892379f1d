"""Which places an event word governs.

`assignment` looks in the clause; `elsewhere` outside of it; `pronouns` where a pronoun stands
for the place.
"""
