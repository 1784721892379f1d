"""Which event words count as an event, how many there were, and when.

`conditions` and `non_events` check one event word; `unreal` and `questions` the sentence or
clause it stands in; `contrasts` says which of its places a negation spares; `counts` and `dates`
read numbers and time.
"""
