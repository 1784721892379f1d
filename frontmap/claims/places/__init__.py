"""Which places an event word governs.

`assignment` looks in the clause; `elsewhere` outside of it; `pronouns` where a pronoun stands
for the place; `containers` leaves out places that only say where another lies.
"""
