"""What a runner reads, in the runner's own language: sentences of the coach's reasons, prose of the catalogue, dates and numbers.

English stands in the source; every other language in translations/. docs/translating.md, docs/adr/0021.
"""
