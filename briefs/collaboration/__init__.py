"""Several people in one section over a websocket; `docs/live-editing.md` is the protocol.

A change that arrives is checked, joined into the room's text in memory, committed with others of
the same tick, and only then acknowledged and passed on.

- `limits`, `closing`: the numbers, and the words with which a connection ends
- `wire`: messages as bytes
- `rights`: who may be here and may write, asked again and again
- `connection`: one socket
- `room`, `effects`, `taking`: one section's text in memory, and what becomes of a change
- `presence`: who is where in the text
- `refusals`: what could not be taken, stored
- `loading`, `saving`, `refreshing`, `listening`: from the database, to it, from it again, and its
  doorbell
- `watching`: what is asked every other second
- `naming`: when what was typed gets a revision
- `threads`: where the database is asked
- `hub`: all rooms of this process; `conversation`, `consumers`: what is said on a socket
- `lifespan`: a start that leaves out of the search for garbage what is loaded, and a graceful end
"""
