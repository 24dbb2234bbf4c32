"""Texts that use every mark of Markdown, well and badly."""

from hypothesis import strategies as st

from briefs.document.text import normalise

WORDS = st.sampled_from(
    ["alpha", "Ünï", "x", "中文", "1", "a|b", "\\", "&amp;", "\u00a0", "\u3000"]
)
MARKS = st.sampled_from(
    [
        *(
            "*",
            "**",
            "_",
            "`",
            "``",
            "~~",
            "[",
            "]",
            "(",
            ")",
            "![",
            "](",
            "](http://a.example)",
            "<",
        ),
        *(
            "](<b>)",
            '](u "t")',
            "[^1]",
            "[^b]",
            "^[",
            "[a]",
            "[a]: x",
            "](ftp://b)",
            ">",
            "\\<",
            "\\[",
        ),
        *("<b>", "</b>", '<a href="', "<!--", "-->", "<?x", "<https://a.example>", "<x@y.example>"),
        *(
            "<div",
            "|",
            "\\|",
            ":",
            "#",
            "=",
            "-",
            "---",
            "  ",
            "\t",
            "\\#",
            "<script>",
            "![a <b>](u)",
        ),
    ]
)
INLINE = st.lists(st.one_of(WORDS, MARKS, st.just(" ")), min_size=0, max_size=8).map("".join)
PREFIX = st.sampled_from(
    [
        *("", "", "", "> ", ">", "- ", "* ", "+ ", "1. ", "7) ", "  ", "   ", "    ", "\t", "-\t"),
        *("[^1]: ", "[^b]: ", "[^c]:", "# ", "## ", "###### ", "#", "-", "1."),
    ]
)
LINE = st.one_of(
    INLINE,
    st.sampled_from(
        [
            *("---", "===", "=", "-", "--", "- - -", "***", "* * *", "___", "----", "--- ", "+++"),
            *(
                "```",
                "~~~",
                "````",
                "``` py",
                "~~~~ <b>",
                "|---|---|",
                "---|---",
                "---",
                "|:-:|",
                "a|b",
            ),
            *(
                "| a | b |",
                "| a",
                "<div>",
                "</div>",
                "<!-- x",
                "<pre>",
                "[a]: http://x",
                "[a\\]: x",
            ),
            *(
                "[a]:",
                "x",
                '"title"',
                "[^1]: note",
                "[^b]: **n**",
                "    code",
                "\tcode",
                "# h #",
                "#\th",
            ),
        ]
    ),
)
LINES = st.tuples(st.lists(PREFIX, max_size=3).map("".join), LINE).map("".join)
TEXT = st.lists(st.one_of(LINES, LINES, st.just("")), max_size=12).map("\n".join).map(normalise)
