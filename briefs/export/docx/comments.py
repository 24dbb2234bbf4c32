"""Discussions as Word's comments: replies beneath their remark, settled ones marked as resolved."""

from collections.abc import Iterator
from dataclasses import dataclass

from briefs.document.tree import DiscussionNode, Reply
from briefs.export.docx.characters import Characters, one_line
from briefs.export.docx.markup import italic, part, run, run_properties, value
from briefs.export.docx.tracking import moment

_MOST_NAME = 200  # characters of a name; Word shows no more
_FIRST_PARAGRAPH = 0x0B000000  # identities of paragraphs are below 0x80000000


@dataclass(frozen=True, slots=True)
class Thread:
    """What marks the words that a discussion is about."""

    begin: str
    end: str


class Comments:
    """All comments of a document. Each remark is one, and all of a discussion lie on the same
    words."""

    def __init__(self, characters: Characters) -> None:
        self._characters = characters
        self._comments: list[str] = []
        self._extended: list[str] = []
        self._paragraphs = 0

    def thread(self, discussion: DiscussionNode, *, is_found: bool) -> Thread:
        """Writes the remarks. Where the words that they are about are not found, or read
        differently now, the first remark quotes them."""
        is_same = is_found and not (discussion.passage and discussion.passage.is_changed)
        quote = "" if is_same else discussion.quote
        first = ""
        identities = []
        for reply in discussion.replies:
            identities.append(len(self._comments))
            paragraph = self._comment(reply, quote if not first else "")
            answers = f' w15:paraIdParent="{first}"' if first else ""
            done = int(discussion.is_resolved)
            self._extended.append(
                f'<w15:commentEx w15:paraId="{paragraph}"{answers} w15:done="{done}"/>'
            )
            first = first or paragraph
        return Thread(
            "".join(f'<w:commentRangeStart w:id="{identity}"/>' for identity in identities),
            "".join(_reference(identity) for identity in identities),
        )

    def __bool__(self) -> bool:
        return bool(self._comments)

    def xml(self) -> str:
        return part("comments", "".join(self._comments))

    def extended_xml(self) -> str:
        """Which comment answers which, and which are resolved."""
        return (
            part("comments", "".join(self._extended))
            .replace("<w:comments ", "<w15:commentsEx ")
            .replace("</w:comments>", "</w15:commentsEx>")
        )

    def _comment(self, reply: Reply, quote: str) -> str:
        """Gives the identity of its last paragraph, by which Word knows it."""
        author = self._characters.line(reply.author[:_MOST_NAME])
        initials = self._characters.line("".join(_initials(reply.author)))
        lines = [self._text(line, {}) for line in reply.text.replace("\r", "\n").split("\n")]
        if quote:
            quoted = one_line(quote)
            lines = [self._text(f"“{quoted}”", italic()), *lines]
        mark = run("<w:annotationRef/>", {"rStyle": value("CommentReference")})
        paragraphs = ""
        identity = ""
        for line in lines:
            self._paragraphs += 1
            identity = f"{_FIRST_PARAGRAPH + self._paragraphs:08X}"
            paragraphs += (
                f'<w:p w14:paraId="{identity}"><w:pPr><w:pStyle w:val="CommentText"/></w:pPr>'
                f"{mark}{line}</w:p>"
            )
            mark = ""
        self._comments.append(
            f'<w:comment w:id="{len(self._comments)}" w:author="{author}" '
            f'w:date="{moment(reply.written_at)}" w:initials="{initials}">{paragraphs}</w:comment>'
        )
        return identity

    def _text(self, line: str, properties: dict[str, str]) -> str:
        words = self._characters.text(line.replace("\t", " "))
        return f'<w:r>{run_properties(properties)}<w:t xml:space="preserve">{words}</w:t></w:r>'


def _reference(identity: int) -> str:
    mark = f'<w:commentReference w:id="{identity}"/>'
    shown = run(mark, {"rStyle": value("CommentReference")})
    return f'<w:commentRangeEnd w:id="{identity}"/>{shown}'


def _initials(name: str) -> Iterator[str]:
    for word in name.split()[:4]:
        yield word[0]
