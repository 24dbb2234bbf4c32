"""Remarks on a section, a prompt or a passage; replies, and whose task a remark has become. Text is
never touched."""
