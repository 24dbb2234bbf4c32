"""However the elements of a Word file are put together, it is read or refused with a sentence."""

from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from briefs.importing.docx.conversion import markdown_of
from briefs.importing.reading import read_brief
from tests.briefs.importing.docx.word_files import relations, word
from tests.briefs.importing.stored import OUTLINE

WORD_NAMES = (
    "p r t rPr pPr b i vanish strike pStyle rStyle numPr ilvl numId outlineLvl tbl tr tc tcPr trPr "
    "gridSpan vMerge sdt sdtPr sdtContent docPartObj ins del moveFrom moveTo hyperlink fldSimple "
    "fldChar instrText footnoteReference endnoteReference footnote endnote comment br tab sym ruby "
    "rubyBase rt drawing pict object txbxContent altChunk style name basedOn num abstractNum lvl "
    "numFmt start startOverride lvlOverride numStyleLink pBdr bottom jc bidi ind spacing shd tblPr "
    "tblInd rFonts bookmarkStart"
)
OTHER_NAMES = (
    *("mc:AlternateContent", "mc:Choice", "mc:Fallback", "m:oMath", "m:t", "v:shape"),
    *("wp:docPr", "a:graphicData", "v:imagedata"),
)
ATTRIBUTES = (
    *("w:val", "w:id", "w:ilvl", "w:numId", "w:abstractNumId", "w:styleId", "w:type", "r:id"),
    *("w:fldCharType", "w:instr", "w:char", "w:font", "descr"),
    *("w:left", "w:right", "w:hanging", "w:after", "w:w", "w:ascii", "w:name"),
)
VALUES = (
    *("", "0", "1", "2", "-1", "9" * 20, "x", "\u00b2", "begin", "separate", "end", "Title"),
    *("Quote", "Heading1", "ListBullet", "continue", "TOC", "decimal", "bullet", "https://x"),
    *("340", "360", "720", "1040", "1080", "1421", "center", "right", "Code", "ListContinue"),
    *("Consolas", "InlineCode", "_ChanceryCode_x_1"),
)
_NAMES = st.sampled_from((*(f"w:{name}" for name in WORD_NAMES.split(" ")), *OTHER_NAMES))
_ATTRIBUTES = st.dictionaries(st.sampled_from(ATTRIBUTES), st.sampled_from(VALUES), max_size=3)
_TREES = st.recursive(
    st.sampled_from(["", "words", " ", "Preface", "**", "[^1]"]),
    lambda inside: st.builds(
        lambda name, attributes, children: (
            f"<{name} "
            + " ".join(f'{key}="{value}"' for key, value in attributes.items())
            + f">{''.join(children)}</{name}>"
        ),
        _NAMES,
        _ATTRIBUTES,
        st.lists(inside, max_size=4),
    ),
    max_leaves=25,
)
_FORESTS = st.lists(_TREES, max_size=6).map("".join)


OURS = {
    "_rels/.rels": relations(
        {
            "r1": ("officeDocument", "word/document.xml"),
            "r2": ("custom-properties", "docProps/custom.xml"),
        }
    ),
    "docProps/custom.xml": (
        '<Properties><property name="Chancery 01"><lpwstr>template: small</lpwstr></property>'
        "</Properties>"
    ),
}


@settings(max_examples=400)
@given(_FORESTS, _FORESTS, _FORESTS, _FORESTS, st.booleans())
def test_any_elements_are_read_or_refused(body, styles, numbering, notes, is_ours):
    content = word(
        f"{body}<w:p><w:r><w:t>End</w:t></w:r></w:p>",
        styles=styles,
        numbering=numbering,
        footnotes=notes,
        comments=notes,
        more=OURS if is_ours else {},
    )
    try:
        text = markdown_of(content).text
    except ValidationError as refused:
        # A field may hide the end, and so all of a text.
        if refused.messages[0].startswith("There is no text in the Word file"):
            return
        raise
    reading = read_brief(text, OUTLINE)
    assert len(reading.fates) == text.count("\n") + 1
