"""A Word file as the Markdown that a careful person would have typed."""
