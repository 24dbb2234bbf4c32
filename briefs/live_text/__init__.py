"""The text that several people write at once, and the log that keeps every change of it.

- `varints`: the numbers of the wire format
- `updates`: what a change from outside may contain, checked before anything else touches it
- `shared_text`: one section's prompts as a Yjs document (by pycrdt, which is Yrs)
- `log`: the committed changes in the database; the statement there orders all writers
- `freezing`: when nothing more is taken
- `reading`: text that is committed and in no revision yet
"""
