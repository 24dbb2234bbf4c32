"""Step 7: the document tree as Markdown, PDF, web page and JSON."""
