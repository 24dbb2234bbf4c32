"""How fast Chancery is, and what makes it slower: the same acts timed while the briefs, and then
the revisions of one section, grow in number. `make bench`; docs/benchmarks.md says how to read it.

A Django app of its own settings, on a database that is made for the run and gone afterwards.
"""
