"""The pages of a sample, as they looked when somebody last looked at them and was content.

`python -m tests.briefs.export.golden` takes the pictures anew: look at every one before committing.
"""

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from PIL import Image

from briefs.document.look import House, Look, Paper
from briefs.document.tree import DiscussionNode, Document, Fact, PictureNode, Reply, TextState
from briefs.export.pdf.kept import kept_page
from briefs.export.pdf.render import render_pages
from tests.briefs.export.documents import make_document
from tests.pictures import png

FOLDER = Path(__file__).with_name("golden")
PPI = 50
SCRIPTS = (
    "Relations are close.[^1] A paragraph of some length shows how lines are broken, hyphenated "
    "and justified, and how a quotation, “like this”, is set beside a dash – and a number, 1,234.5."
    "\n\n- A point\n  - A point below it\n- Another\n\n1. First\n2. Second\n\n> A quotation.\n\n"
    "| Year | Exports | Imports |\n|---|--:|:-:|\n| 2024 | 55.1 | 60.2 |\n| 2025 | 57 | 59.9 |\n\n"
    "Greek Ελλάς, Cyrillic Бельгия, Arabic بلجيكا, Hebrew בלגיה, Thai เบลเยียม, Hindi बेल्जियम, "
    "Bengali বেলজিয়াম, Tamil பெல்ஜியம், Amharic ቤልጅየም, "
    "Chinese 比利时, Japanese ベルギー, Korean 벨기에.\n\n"
    "{picture}\n\n[^1]: World Bank, *Data*, 2024."
)
CHINESE = (
    "双边关系密切而稳定。[^1] 两国自1971年建交以来，在贸易、投资、港口和科研等领域的"
    "合作不断扩大，“互利共赢”是双方的共识。2024年双边贸易额为551亿欧元，同比增长3.2%。\n\n"
    "- 加强高层交往\n- 扩大贸易\n\n1. 首先\n2. **其次**\n\n> 引文。\n\n"
    "| 年份 | 出口 | 进口 |\n|---|--:|:-:|\n| 2024 | 55.1 | 60.2 |\n\n"
    "[^1]: 世界银行，2024年。"
)


def samples() -> Iterator[tuple[str, Document]]:
    content = png((640, 320))
    node = PictureNode(hashlib.sha256(content).hexdigest(), "image/png", 640, 320, content)
    text = SCRIPTS.format(picture=f"![Two colours](picture:{node.sha256})")
    house = House("Ministry of Foreign Affairs", "Directorate for Europe", "#7a1f3d", node.sha256)
    at = datetime(2025, 10, 5, tzinfo=UTC)
    remark = DiscussionNode(
        "goals/needs",
        "past",
        "Steel",
        is_resolved=False,
        replies=(Reply("Edith", at, "Since when?"),),
    )
    yield "working", make_document(text, pictures=(node,), discussions=(remark,))
    yield (
        "house",
        make_document(
            text,
            text=TextState.APPROVED,
            look=Look(paper=Paper.LETTER, house=house),
            pictures=(node,),
            changes=(
                "Since edition 1, the text of 1 section has changed.",
                "Preface: 3 words added.",
            ),
        ),
    )
    yield (
        "arabic",
        make_document(
            "العلاقات وثيقة منذ عام 1980.\n\n- أولا\n- ثانيا\n\n"
            "| السنة | القيمة |\n|---|---|\n| 2024 | 55 |",
            language="ar",
            title="بلجيكا",
            subject="مملكة بلجيكا",
            facts=(Fact("العاصمة", "Brussels"), Fact("Population", "مليون")),
        ),
    )
    yield (
        "chinese",
        make_document(
            CHINESE,
            language="zh",
            title="比利时",
            subject="比利时王国",
            facts=(Fact("首都", "布鲁塞尔"), Fact("人口", "1180万")),
        ),
    )


def pages(document: Document) -> list[Image.Image]:
    outputs = [kept_page(name) for name in render_pages(document, PPI)]
    return [Image.open(BytesIO(output)).convert("RGB") for output in outputs if output]


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.png"):
        old.unlink()
    for name, document in samples():
        for number, page in enumerate(pages(document), start=1):
            page.quantize(32).save(FOLDER / f"{name}-{number}.png", optimize=True)


if __name__ == "__main__":
    import django

    django.setup()
    main()
