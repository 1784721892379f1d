"""How sure an event is by the words of its clause and of the clauses above it."""
