"""The diagram of a section's status, drawn from the table of allowed moves."""

from briefs.models import Section
from briefs.review.transitions import TRANSITIONS


def mermaid() -> str:
    """A Mermaid state diagram with every stored status and every move; ends with a line end."""
    lines = ["stateDiagram-v2"]
    lines += [f'    state "{status.label}" as {status}' for status in Section.Status]
    lines += [f"    [*] --> {Section.Status.DRAFTING}"]
    lines += [f"    {start} --> {end}: {move}" for (start, move), end in TRANSITIONS.items()]
    return "\n".join(lines) + "\n"
