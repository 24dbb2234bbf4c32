"""Briefs, from an outline to a document that can be handed out. The folders are the flow:

brief_templates   the outline that a brief is made from
commissioning     a brief is made, its data kept, its people appointed
importing         text that exists already, with a report of where each line went
drafting          sections are written and saved, nothing is overwritten
placing           imported text without a place finds one
history           revisions compared and restored
review            a section is put forward, and approved or sent back
export            Markdown, PDF, web page and JSON
overview          the pages that show where everything stands

Beneath them: models (nouns), document (a brief as plain data), reading (rows to document),
permissions (who may), revisions (the only place that knows django-reversion), events (what
happened).
"""
