"""Texts to import: briefs written well and badly, with every mark of Markdown."""

from hypothesis import strategies as st

from tests.briefs.document.markdownish import LINE

_TITLES = st.sampled_from(
    [
        *("# Belgium", "## Goals", "## 1. Goals", "# Preface", "### **Preface**", "**Preface**"),
        *("**Preface:**", "How Can They Help?\n---", "### How can they help", "## 2. Ends"),
        *(
            "1. Ends\n----",
            "**Needs and Wants:**",
            "#### Past",
            "Past:",
            "Past: five",
            "* __Past__",
        ),
        *("- **Past:** one", "- **Past:**\n    - two", "- **Future plans:**\n  - three"),
        *("**Past:** four", "### Public Healht", "**Own things**", "### 4. Own Things"),
        *("### 2.1 1. Own", "## Own *of* [it]", "##### deep", "---", "***", "*All in italics*"),
        *(
            "\\**Half*\\*",
            "<!-- note -->",
            "title: x",
            "Say what Past is.",
            "-\t**Past:**\n\t- six",
        ),
        *("1. **Risks**\n   seven", "+ **Unknown:** eight", "", "   ", "\t- tab", "    - coded"),
        *("**Mixed Matters:** nine", '## title: "x"', "[^1]: note", "words[^1]", "\u00a0"),
        *("*DRAFT: working text, not approved.*", "Preface\n===", "template: small 1"),
    ]
)
_LINES = st.lists(st.one_of(_TITLES, _TITLES, LINE, LINE, st.just("")), max_size=30)
_HEADS = st.sampled_from(
    [
        *("", "", "\n\n", "---\ntitle: '2. X'\n---\n", "---\ntitle: x\n\n# B\n", "---\n---\n"),
        "---\ntemplate: small 1\ntext: working\n---\n",
        "---\ntemplate: other 1\n---\n# B\n",
    ]
)
SOURCES = st.builds(lambda head, lines: head + "\n".join(lines), _HEADS, _LINES)
LINE_ENDS = st.sampled_from(["\n", "\r\n", "\r"])
ODD_TITLES = st.text(
    st.one_of(
        st.sampled_from("ab#*_[]<>&;\\`~^!|:.0123456789-()\"' "),
        st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]),
    ),
    min_size=1,
    max_size=40,
).filter(lambda title: bool(" ".join(title.split())))
