"""Which side acts, by the words of the sentence.

`subjects` finds the subject, `agents` the agent of a passive; `struck` and `significance` tell
the side by whom it strikes and for whom it is a gain; `noun_roles` reads event nouns; `roles`
decides.
"""
