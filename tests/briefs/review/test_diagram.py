from briefs.review.diagram import mermaid
from config.settings import BASE_DIR


def test_it_draws_every_move():
    diagram = mermaid()
    assert "    drafting --> in_review: ask for review\n" in diagram
    assert "    in_review --> in_review: decide, more decisions needed\n" in diagram
    assert diagram.count("-->") == 8


def test_the_one_in_the_docs_is_drawn_from_the_table():
    text = (BASE_DIR / "docs" / "architecture.md").read_text(encoding="utf-8")
    _before, _marker, rest = text.partition("<!-- transitions -->\n")
    drawn, marker, _after = rest.partition("<!-- /transitions -->")
    assert marker
    assert drawn.strip() == f"```mermaid\n{mermaid()}```"
