"""What isn't known, said in the language of the file or of the brief that it is imported into."""

import json
from dataclasses import replace

import pytest
from django.core.management import call_command
from django.urls import reverse

from briefs.brief_templates.outlines import outline_of_brief
from briefs.export.docx.write import write_docx
from briefs.export.json_tree import write_json
from briefs.export.markdown import write_markdown
from briefs.importing.docx.conversion import markdown_of
from briefs.importing.reading import read_file
from briefs.importing.report import OddityKind
from tests.briefs.export.word import parts_of
from tests.briefs.importing.docx.own_documents import answered
from tests.briefs.importing.docx.word_files import zipped
from tests.briefs.importing.pages import sent
from tests.briefs.importing.stored import OUTLINE
from tests.briefs.libreoffice import needs_libreoffice, saved_by_libreoffice
from tests.factories import section_of
from tests.pages import hidden

REASONS = {
    "ar": "لا إحصاء منذ عام 1990، كما في Treaty 7.",
    "fr": "aucun chiffre depuis **1990**.",
    "zh": "没有数字。",
    "ja": "数字なし。",
    "zh-HK": "沒有“數字”。",
    "fa": "آماری نیست.",
    "de": "keine Zahlen.",
    "en": "no figures.",
}
STORED = "Not known: aucun chiffre."


def texts_of(reading) -> set[str]:
    return {answer.text for answer in reading.answers}


@pytest.mark.parametrize("tag", REASONS)
@pytest.mark.parametrize("text", ["Not known: {}", "Not known."])
def test_a_brief_goes_out_as_a_word_file_and_comes_in_the_same(tag, text):
    text = text.format(REASONS[tag])
    reading = read_file(write_docx(answered(OUTLINE, [text], tag)), OUTLINE)
    assert texts_of(reading) == {text}
    assert reading.oddities == ()


@needs_libreoffice
def test_what_libreoffice_saved_comes_in_the_same(tmp_path):
    for tag, reason in REASONS.items():
        document = answered(OUTLINE, [f"Not known: {reason}"], tag)
        (tmp_path / f"{tag}.docx").write_bytes(write_docx(document))
    saved = saved_by_libreoffice(tmp_path)
    for tag, reason in REASONS.items():
        reading = read_file((saved / f"{tag}.docx").read_bytes(), OUTLINE)
        assert texts_of(reading) == {f"Not known: {reason}"}


@pytest.mark.parametrize("write", [write_markdown, write_json])
@pytest.mark.parametrize("tag", REASONS)
def test_files_for_exchange_come_in_as_they_were(tag, write):
    text = f"Not known: {REASONS[tag]}"
    document = answered(replace(OUTLINE, language=tag), [text], tag)
    reading = read_file(write(document).encode(), replace(OUTLINE, language="de"))
    assert texts_of(reading) == {text}
    assert not [each for each in reading.oddities if each.kind is OddityKind.NOT_KNOWN]


@pytest.mark.parametrize("write", [write_markdown, write_json])
def test_an_answer_typed_in_these_words_comes_in_as_it_was_typed(write):
    document = answered(replace(OUTLINE, language="fr"), ["Non connu : aucun chiffre."], "fr")
    reading = read_file(write(document).encode(), replace(OUTLINE, language="fr"))
    assert texts_of(reading) == {"Non connu : aucun chiffre."}


def test_markdown_in_the_language_of_the_file_is_told():
    file = "---\nlanguage: fr\n---\n\n# B\n\n## Preface\n\nNon connu : aucun chiffre.\n"
    reading = read_file(file.encode(), OUTLINE)
    assert texts_of(reading) == {STORED}
    [oddity] = reading.oddities
    assert oddity.kind is OddityKind.NOT_KNOWN
    assert file.splitlines()[oddity.line - 1] == "Non connu : aucun chiffre."


def test_a_file_that_names_no_language_is_in_that_of_the_brief():
    file = b"# B\n\n## Preface\n\nNon connu : aucun chiffre.\n\n## Football\n\nNon connu.\n"
    french = read_file(file, replace(OUTLINE, language="fr"))
    assert texts_of(french) == {STORED}
    assert [each.text for each in french.own_sections] == ["Not known."]
    assert texts_of(read_file(file, OUTLINE)) == {"Non connu : aucun chiffre."}


def test_json_is_left_as_it_is():
    document = answered(OUTLINE, ["Non connu : aucun chiffre."], "fr")
    reading = read_file(write_json(document).encode(), OUTLINE)
    assert texts_of(reading) == {"Non connu : aucun chiffre."}


@pytest.mark.parametrize(
    "text", ["Non connu : a.\n\nMore.", "Le port. Non connu : a.", "- Non connu : a."]
)
def test_only_a_whole_answer_says_it(text):
    file = f"---\nlanguage: fr\n---\n\n# B\n\n## Preface\n\n{text}\n"
    assert texts_of(read_file(file.encode(), OUTLINE)) == {text}


def test_a_word_file_that_somebody_changed_says_it_too():
    parts = parts_of(write_docx(answered(OUTLINE, ["Rien."], "fr")))
    markup = parts["word/document.xml"].decode().replace(">Rien.<", ">Non connu: rien.<", 1)
    reading = read_file(zipped({**parts, "word/document.xml": markup.encode()}), OUTLINE)
    assert texts_of(reading) == {"Rien.", "Not known: rien."}


def test_a_word_file_says_it_in_the_words_of_the_language():
    document = answered(OUTLINE, [STORED], "fr")
    assert "Non connu\u00a0: aucun chiffre." in markdown_of(write_docx(document)).text


@pytest.fixture
def french(brief):
    brief.language = "fr"
    brief.save()
    return brief


def test_into_a_brief_by_the_page(french, author, signed_in):
    address = reverse("brief_import_into", args=[french.slug])
    page = signed_in(author).post(
        address, {"file": sent("### Needs\n\n**Past:** Non connu : aucun chiffre.\n")}
    )
    sealed = hidden(page.content.decode(), "sealed")
    confirm = reverse("brief_import_into_confirm", args=[french.slug])
    signed_in(author).post(confirm, {"sealed": sealed})
    assert section_of(french, "goals/needs").answers.get(prompt__key="past").text == STORED


def test_into_a_brief_by_the_command(french, tmp_path, capsys):
    file = tmp_path / "brief.md"
    file.write_text("### Needs\n\n**Past:** Non connu : aucun chiffre.\n", encoding="utf-8")
    call_command("import_brief", str(file), "--into", french.slug, "--json")
    assert "not_known" in {each["kind"] for each in json.loads(capsys.readouterr().out)["oddities"]}
    assert section_of(french, "goals/needs").answers.get(prompt__key="past").text == STORED


def test_the_outline_of_a_brief_is_in_its_language(french):
    assert outline_of_brief(french).language == "fr"
