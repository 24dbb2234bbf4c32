"""What is stored of an edition against what was released, on the page's checks and the command."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from briefs.models import EditionFile
from briefs.releasing import verification
from briefs.releasing.verification import TamperedError, check_made_again, check_stored, document_of
from tests.factories import approve, release, section_of
from tests.flushing import off_and_on


@pytest.fixture
def edition(brief, author, editor, manager):
    approve(section_of(brief, "goals/needs"), author, editor)
    return release(brief, manager)


def tamper(sql: str) -> None:
    """As somebody would who owns the database and takes its guards away."""
    off, on = off_and_on(connection)
    for statements in (off, [sql], on):
        # PostgreSQL alters no table that has something left to check at the end.
        connection.check_constraints()
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)


def command(*args: object) -> tuple[int, str]:
    out = StringIO()
    try:
        call_command("verify_edition", *map(str, args), stdout=out)
    except SystemExit as end:
        return int(str(end.code)), out.getvalue()
    return 0, out.getvalue()


def test_an_edition_is_intact_and_made_again_with_the_same_bytes(edition):
    findings = [*check_stored(edition), *check_made_again(edition)]
    assert [finding.is_true for finding in findings] == [True] * 7


@pytest.mark.parametrize("kind", ["json", "md", "pdf"])
def test_a_stored_file_that_was_changed_is_told(kind, edition):
    hole = "X'00'" if connection.vendor == "sqlite" else "'\\x00'::bytea"
    tamper(f"UPDATE briefs_editionfile SET content = {hole} WHERE kind = '{kind}'")
    wrong = [finding for finding in check_stored(edition) if not finding.is_true]
    assert len(wrong) == 1
    assert "was changed in the database after the release" in wrong[0].sentence
    if kind == "json":
        with pytest.raises(TamperedError):
            document_of(edition)


def test_a_file_changed_with_its_hash_is_told_by_the_record(edition):
    hole = "X'00'" if connection.vendor == "sqlite" else "'\\x00'::bytea"
    digest = "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    tamper(
        f"UPDATE briefs_editionfile SET content = {hole}, size = 1, sha256 = '{digest}' "
        "WHERE kind = 'pdf'"
    )
    wrong = [finding.sentence for finding in check_stored(edition) if not finding.is_true]
    assert wrong == ["The hashes are not those that the record of activity has of this release."]


def test_a_file_that_is_gone_is_told(edition):
    tamper("DELETE FROM briefs_editionfile WHERE kind = 'md'")
    assert "Markdown: the stored file is missing." in [
        finding.sentence for finding in check_stored(edition)
    ]


def test_a_revision_that_was_changed_is_told(edition, brief):
    section_of(brief, "goals/needs").revisions.update(content_hash="0" * 64)
    wrong = [finding.sentence for finding in check_stored(edition) if not finding.is_true]
    assert wrong == ["These sections are not what their revisions hold: Needs."]


def test_with_another_renderer_the_stored_file_is_compared_and_it_says_so(edition, monkeypatch):
    now = {**verification.made_with(), "typst": "99.0"}
    monkeypatch.setattr(verification, "made_with", lambda: now)
    [finding] = check_made_again(edition)
    assert finding.is_true is None
    assert "other versions make them now (typst)" in finding.sentence
    assert all(finding.is_true for finding in check_stored(edition))


def test_what_made_the_edition_is_kept_with_it(edition):
    assert edition.made_with["typst"]
    assert len(edition.made_with["writers"]) == 64
    assert any(name.startswith("font ") for name in edition.made_with)


def test_verify_edition_proves_a_file(edition, tmp_path):
    path = tmp_path / "in-hand.pdf"
    path.write_bytes(bytes(edition.files.get(kind=EditionFile.Kind.PDF).content))
    code, out = command("belgium", 1, path)
    assert code == 0
    assert out.splitlines()[0] == "yes The file in hand is Edition 1 of “Belgium” as PDF."


def test_verify_edition_ends_with_1_for_another_file_and_says_so_as_json(edition, tmp_path):
    path = tmp_path / "other.pdf"
    path.write_bytes(b"other")
    code, out = command("belgium", 1, path, "--json")
    told = json.loads(out)
    assert code == 1
    assert told["is_intact"] is False
    assert told["findings"][0]["is_true"] is False
    assert [each["is_true"] for each in told["findings"][1:]] == [True] * 7


def test_verify_edition_of_a_tampered_document_says_so(edition):
    hole = "X'00'" if connection.vendor == "sqlite" else "'\\x00'::bytea"
    tamper(f"UPDATE briefs_editionfile SET content = {hole} WHERE kind = 'json'")
    code, out = command("belgium", 1)
    assert code == 1
    assert "NO  Document tree: the stored file was changed" in out


def test_verify_edition_of_none_or_of_no_file_says_so(edition, tmp_path):
    with pytest.raises(CommandError, match="has no edition 2"):
        command("belgium", 2)
    with pytest.raises(CommandError, match="can't be read"):
        command("belgium", 1, tmp_path / "missing.pdf")
