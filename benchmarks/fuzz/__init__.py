"""Broken input at every stage that reads outside data: `make fuzz`, ``python -m benchmarks.fuzz``.

`inputs` makes them, `targets` says what must hold of each, ``__main__`` runs and counts. Every
input follows from the seed, the target's name and its number alone, so that one can be run again:
``python -m benchmarks.fuzz --seed 7 --target claims --only 1234``.
"""
