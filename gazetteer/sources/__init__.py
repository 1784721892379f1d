"""Readers of the sources a gazetteer is built from, one module a source."""
