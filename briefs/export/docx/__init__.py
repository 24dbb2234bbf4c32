"""A document as a Word file (Office Open XML, ISO/IEC 29500 transitional), written as text.

`write.py` is the way in. `package.py` makes the file of its parts; `styles.py`, `numbering.py`,
`notes.py`, `comments.py` and `running.py` make the parts beside the text; `cover.py`,
`contents.py`, `body.py`, `sources.py` and `closing.py` what stands on the pages, of the blocks that
`text.py` and `tables.py` set.
"""
