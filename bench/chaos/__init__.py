"""Whether live drafting keeps every keystroke when everything under it breaks.

People type numbered tokens into a few sections, while servers are killed, PostgreSQL is stopped in
the middle of its work, sockets are cut, pages are closed, and forms are posted. At the end every
token must stand exactly once, in its order, in every page and in the database.
`python -m bench.chaos --minutes 10`; docs/benchmarks.md says what it does.

- `postgres`, `servers`: what can be broken, and is started again
- `page`: a page's connection, as static/js/live/connection.js keeps it; `typist`: who types in it
- `forms`: a process beside that posts forms and takes snapshots
- `stage`: the briefs, the people and their sessions
- `faults`: what is broken, and when; `run`: the whole play; `verdict`: what came of it
"""
