"""What sentences tell one another: who still speaks, of which place, and whose troops.

- the shape of the document: `headers`, `outline`, `topics`
- what is carried: `memory` (who spoke), `scope` (which attribution covers a clause), `context`,
  `drafts` (the claims so far)
- what is concluded: `inference`, `passage_sides`, `echoes`, `harm`
"""
