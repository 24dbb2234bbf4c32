"""A second way to the same work, for staff. `is_staff` opens it and gives no right in a brief: one
needs Django's permission for the kind of row and the brief's own rule for the deed. Every change
goes through the action that the pages call; what has no action is not offered.
"""

from briefs.admin import brief, brief_template, notices, record, section

__all__ = ["brief", "brief_template", "notices", "record", "section"]
