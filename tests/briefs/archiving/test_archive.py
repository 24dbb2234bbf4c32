import io
import json
import random
import zipfile
from hashlib import sha256

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import transaction

from accounts.models import User
from briefs.archiving.kept import KEPT, LEFT_OUT
from briefs.archiving.opening import ArchiveError, open_archive
from briefs.archiving.restoring import restore_brief
from briefs.archiving.writing import archive_brief
from briefs.commenting.actions import add_comment, reply_to
from briefs.commissioning.people import remove_member
from briefs.document.tree import TextState
from briefs.drafting.pictures import keep_picture
from briefs.models import Activity, Brief, BriefTemplate, LooseText, Section, SignOff
from briefs.prompts import texts_now
from briefs.reading import read_document
from briefs.releasing.verification import check_stored
from briefs.review.actions import approve_section, request_changes
from briefs.review.overriding import countersign, override_section
from briefs.suggesting.actions import Proposal, accept_suggestion, make_suggestion
from tests.factories import approve, make_template, put_in_review, release, section_of, write
from tests.flushing import flushing_past_the_guards
from tests.pictures import png


@pytest.fixture
def full(brief, author, editor, manager, second_author) -> Brief:
    """A brief in which everything has happened that an archive keeps."""
    keep_picture(section_of(brief, "goals/needs"), png(), "A port", by=author)
    needs = approve(section_of(brief, "goals/needs"), author, editor, "The port is old.")
    write(needs, second_author, past="The port is older.")
    health = put_in_review(section_of(brief, "goals/health"), author, "The port is far.")
    thread = add_comment(health, "Is it?", by=editor)
    reply_to(thread, f"Yes, @{author.name}.", by=author)
    suggestion = make_suggestion(health, Proposal("body", 4, "port", "quay"), by=editor, revision=1)
    accept_suggestion(suggestion, by=author, revision=1)
    request_changes(section_of(brief, "goals/health"), by=manager, revision=2, comment="No.")
    preface = put_in_review(section_of(brief, "opening/preface"), manager, "It is so.")
    override = override_section(preface, by=manager, revision=1, comment="Tonight.")
    countersign(override, by=editor)
    LooseText.objects.create(brief=brief, section=preface, kind="parked", text="A line.", line=3)
    release(brief, manager)
    remove_member(brief.memberships.get(user=second_author), by=manager)
    return brief


def archived(brief: Brief) -> bytes:
    file = io.BytesIO()
    with transaction.atomic():
        archive_brief(brief, file, by=None)
        transaction.set_rollback(True)  # the act of archiving isn't in the file
    return file.getvalue()


def test_every_model_is_kept_or_left_out_for_a_reason():
    models = {model.__name__ for model in apps.get_app_config("briefs").get_models()}
    kept = {kept.model.__name__ for kept in KEPT if kept.model._meta.app_label == "briefs"}
    assert not kept & set(LEFT_OUT)
    assert kept | set(LEFT_OUT) == models


def test_the_same_brief_gives_the_same_bytes(full):
    assert archived(full) == archived(full)


@pytest.mark.django_db(transaction=True)
def test_it_comes_back_into_an_empty_database(full):
    file = archived(full)
    told = read_document(full, TextState.APPROVED)
    empty_the_database()
    # Keys are others than they were.
    User.objects.create_user("first@example.org", "a long enough secret", name="First")
    restored = restore_brief(io.BytesIO(file), by=None)
    brief = restored.brief
    assert read_document(brief, TextState.APPROVED) == told
    assert texts_now(section_of(brief, "goals/needs"))["past"] == "The port is older."
    assert "Edith Editor" in restored.new_people
    assert not User.objects.get(name="Edith Editor").is_active
    assert all(finding.is_true for finding in check_stored(brief.editions.get()))
    acts = list(brief.activities.order_by("pk").values_list("verb", flat=True))
    assert acts[-1] == Activity.Verb.BRIEF_RESTORED
    assert without_last_act(archived(brief)) == file_rows(file)


@pytest.mark.django_db(transaction=True)
def test_it_comes_back_among_others(full, template):
    file = archived(full)
    empty_the_database()
    other = BriefTemplate.objects.create(key="other", title="O", language="en", digest="1" * 64)
    assert other.pk
    first = restore_brief(io.BytesIO(file), by=None).brief
    with pytest.raises(ArchiveError, match="There is a brief “belgium” here already"):
        restore_brief(io.BytesIO(file), by=None)
    assert Brief.objects.get() == first


@pytest.mark.django_db(transaction=True)
def test_columns_that_came_later_get_their_default(full):
    file = archived(full)
    later = {"paper", "has_contents", "has_clearance"}
    older = tampered(
        file,
        "rows/briefs-brief.jsonl",
        lambda rows: [{name: row[name] for name in row if name not in later} for row in rows],
    )
    empty_the_database()
    brief = restore_brief(io.BytesIO(older), by=None).brief
    assert (brief.paper, brief.has_contents, brief.has_clearance) == ("a4", True, True)


@pytest.mark.django_db(transaction=True)
def test_work_goes_on_where_it_was(full, author, editor):
    file = archived(full)
    empty_the_database()
    brief = restore_brief(io.BytesIO(file), by=None).brief
    User.objects.update(is_active=True)
    by, decides = User.objects.get(email=author.email), User.objects.get(email=editor.email)
    section = put_in_review(section_of(brief, "goals/needs"), by)
    assert approve_section(section, by=decides, revision=section.version).clears_section
    assert SignOff.objects.filter(section=section).count() == 2


def test_another_outline_of_that_name_is_refused(full):
    file = archived(full)
    Brief.objects.filter(pk=full.pk).update(slug="elsewhere")
    BriefTemplate.objects.filter(pk=full.template_id).update(digest="2" * 64)
    with pytest.raises(ArchiveError, match="is another outline here"):
        restore_brief(io.BytesIO(file), by=None)
    assert Brief.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_an_outline_that_was_tampered_with_is_told(full):
    file = archived(full)
    empty_the_database()
    make_template().parts.filter(title="Goals").update(title="Aims")
    with pytest.raises(ArchiveError, match=r"briefs-part\.jsonl, line 2 came back otherwise"):
        restore_brief(io.BytesIO(file), by=None)


def test_every_damage_is_refused_with_its_place(full):
    file = archived(full)
    for name in zipfile.ZipFile(io.BytesIO(file)).namelist():
        with pytest.raises(ArchiveError, match=name.split("/")[-1].replace(".", r"\.")):
            open_archive(io.BytesIO(repacked(file, without=name)))
        if name != "manifest.json":
            with pytest.raises(ArchiveError, match="its checksum is not the one"):
                open_archive(io.BytesIO(repacked(file, changed=name)))


def test_no_flipped_byte_gets_through(full):
    file = archived(full)
    Brief.objects.filter(pk=full.pk).update(slug="elsewhere")
    chance = random.Random(7)
    for _each in range(60):
        broken = bytearray(file)
        at = chance.randrange(len(broken))
        broken[at] ^= 1 << chance.randrange(8)
        before = Brief.objects.count()
        try:
            archive = open_archive(io.BytesIO(bytes(broken)))
        except ArchiveError:
            continue
        # A bit that nothing depends on, such as a time in the ZIP's own list.
        assert archive.slug == full.slug
        assert Brief.objects.count() == before


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "can't be opened as a ZIP file"),
        (b"%PDF-1.7", "can't be opened as a ZIP file"),
    ],
)
def test_what_is_no_archive_is_told(content, sentence):
    with pytest.raises(ArchiveError, match=sentence):
        open_archive(io.BytesIO(content))


def test_a_file_outside_of_the_archives_own_is_refused(full):
    file = io.BytesIO(archived(full))
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("../../etc/passwd", "x")
    with pytest.raises(ArchiveError, match="not in its manifest"):
        open_archive(file)


def test_rows_that_do_not_fit_are_refused_with_their_line(full):
    def swap(rows):
        rows[0]["section"] = 999
        return rows

    file = tampered(archived(full), "rows/briefs-signoff.jsonl", swap)
    Brief.objects.filter(pk=full.pk).update(slug="elsewhere")
    with pytest.raises(ArchiveError, match=r"briefs-signoff\.jsonl, line 1 doesn't fit"):
        restore_brief(io.BytesIO(file), by=None)
    assert Section.objects.filter(brief__slug=full.slug).count() == 0


@pytest.mark.parametrize(
    ("kind", "column", "value"),
    [
        ("people", "id", [1]),
        ("briefs-section", "review_round", "x"),
        ("briefs-section", "review_round", {}),
        ("briefs-brief", "has_contents", {}),
        ("briefs-revision", "number", 10**30),
        ("briefs-answer", "id", {}),
        ("briefs-signoff", "decision", None),
        ("reversion-version", "serialized_data", '[{"pk": 1, "fields": {"nowhere": 1}}]'),
    ],
)
def test_a_value_of_another_kind_is_refused_with_its_line(full, kind, column, value):
    def change(rows):
        rows[0][column] = value
        return rows

    file = tampered(archived(full), f"rows/{kind}.jsonl", change)
    Brief.objects.filter(pk=full.pk).update(slug="elsewhere")
    with pytest.raises(ArchiveError, match=rf"rows/{kind}\.jsonl, line 1"):
        restore_brief(io.BytesIO(file), by=None)
    assert Brief.objects.count() == 1


def test_an_archive_without_its_brief_is_refused(full):
    file = archived(full)
    for name in zipfile.ZipFile(io.BytesIO(file)).namelist():
        if name.startswith("rows/"):
            file = tampered(file, name, lambda _rows: [])
    Brief.objects.filter(pk=full.pk).update(slug="elsewhere")
    with pytest.raises(ArchiveError, match="doesn't hold one brief but 0"):
        restore_brief(io.BytesIO(file), by=None)


@pytest.mark.parametrize("at", [6, 20, 42])
def test_a_list_of_files_that_is_damaged_is_refused(full, at):
    """Bytes on which the standard library doesn't say that it is a bad ZIP."""
    broken = bytearray(archived(full))
    broken[broken.index(b"PK\x01\x02") + at] ^= 0xFF
    with pytest.raises(ArchiveError):
        open_archive(io.BytesIO(bytes(broken)))


def test_the_commands_write_and_read_it(full, tmp_path, capsys):
    path = tmp_path / "belgium.zip"
    call_command("archive_brief", full.slug, path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert full.activities.first().verb == Activity.Verb.BRIEF_COPIED
    with pytest.raises(CommandError, match="is there already"):
        call_command("archive_brief", full.slug, path)
    Brief.objects.filter(pk=full.pk).update(slug="elsewhere")
    broken = tmp_path / "broken.zip"
    broken.write_bytes(path.read_bytes()[:-30])
    with pytest.raises(CommandError, match="can't be opened as a ZIP file"):
        call_command("restore_brief", broken)


def empty_the_database() -> None:
    with flushing_past_the_guards():
        call_command("flush", interactive=False, verbosity=0)


def file_rows(file: bytes) -> dict[str, list[str]]:
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        return {
            name: archive.read(name).decode().splitlines()
            for name in archive.namelist()
            if name.startswith("rows/")
        }


def without_last_act(file: bytes) -> dict[str, list[str]]:
    rows = file_rows(file)
    assert json.loads(rows["rows/briefs-activity.jsonl"].pop())["verb"] == "brief_restored"
    return rows


def repacked(file: bytes, *, without: str = "", changed: str = "") -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(file)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            if name != without:
                new.writestr(name, old.read(name) + (b" " if name == changed else b""))
    return made.getvalue()


def tampered(file: bytes, name: str, change) -> bytes:
    """With rows changed and the manifest made to agree."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(file)) as old, zipfile.ZipFile(made, "w") as new:
        contents = {each: old.read(each) for each in old.namelist()}
        rows = change([json.loads(line) for line in contents[name].splitlines()])
        contents[name] = b"".join(json.dumps(row).encode() + b"\n" for row in rows)
        manifest = json.loads(contents["manifest.json"])
        manifest["files"][name] = {
            "sha256": sha256(contents[name]).hexdigest(),
            "bytes": len(contents[name]),
        }
        contents["manifest.json"] = json.dumps(manifest).encode()
        for each, content in contents.items():
            new.writestr(each, content)
    return made.getvalue()
