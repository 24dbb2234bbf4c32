"""How fast live drafting is, and what it takes: many pages in one process of Node on the stock
yjs, against one server. `python -m bench.live`; docs/benchmarks.md says how to read it.

- `typists.mjs`: the pages; `load`: a server and the pages, and what both took
- `growth`: what a long log costs
"""
