"""The form of a sentence: words, clauses, noun phrases.

In the order of use: `tokens` parts the words, `segments` the stretches between signs and
conjunctions, `clauses` puts them together, `noun_phrases` finds where a noun phrase begins.
"""
