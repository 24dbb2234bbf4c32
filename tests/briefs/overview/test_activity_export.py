"""The record as a file: whole, filtered, harmless in a spreadsheet, for those who may see it."""

import csv
import io
import json

import pytest
from asgiref.sync import async_to_sync
from django.db import connection, transaction
from django.test import AsyncClient
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from briefs.events import publish
from briefs.models import Activity
from briefs.overview.record_file import AT_ONCE, harmless
from tests.factories import make_brief, section_of, send_back, write


def url(brief, record_format="csv") -> str:
    return reverse("activity_export", args=[brief.slug, record_format])


def rows_of(answer) -> list[dict[str, str]]:
    text = answer.getvalue().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def entries_of(answer) -> list[dict[str, object]]:
    return [json.loads(line) for line in answer.getvalue().decode().splitlines()]


def test_activity_export_writes_every_act_as_csv(brief, author, editor, viewer, signed_in):
    send_back(section_of(brief, "goals/needs"), author, editor)
    answer = signed_in(viewer).get(url(brief))
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="belgium-activity.csv"'
    newest, *others = rows_of(answer)
    assert len(others) == brief.activities.count() - 1
    assert newest["person"] == "Edith Editor"
    assert newest["act"] == "changes_requested"
    assert newest["section"] == "goals/needs"
    assert newest["revision"] == "1"
    assert "Give the source." in newest["told"]
    assert newest["at"].endswith("+00:00")


def test_activity_export_writes_every_act_as_json_lines(brief, author, signed_in):
    write(section_of(brief, "goals/needs"), author)
    entries = entries_of(signed_in(author).get(url(brief, "jsonl")))
    assert [entry["number"] for entry in entries] == list(
        brief.activities.values_list("pk", flat=True)
    )
    assert [entry["act"] for entry in entries] == ["section_saved", "brief_made"]
    assert entries[0]["detail"] == brief.activities.first().detail


def test_activity_export_holds_what_the_page_was_filtered_to(brief, author, signed_in):
    write(section_of(brief, "goals/needs"), author)
    rows = rows_of(signed_in(author).get(url(brief), {"verb": "section_saved"}))
    assert [row["act"] for row in rows] == ["section_saved"]


def test_activity_export_with_a_filter_that_cannot_be_read_leads_to_the_page(
    brief, author, signed_in
):
    answer = signed_in(author).get(url(brief), {"verb": "danced"})
    assert answer.status_code == 302
    assert answer["Location"] == f"{reverse('activity_list', args=[brief.slug])}?verb=danced"


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1"])
def test_a_cell_that_a_spreadsheet_would_run_is_made_harmless(start, brief, author, signed_in):
    assert harmless(start) == f"'{start}"
    author.name = start.strip() + " and more"
    author.save()
    write(section_of(brief, "goals/needs"), author)
    name = rows_of(signed_in(author).get(url(brief)))[0]["person"]
    assert name == harmless(brief.activities.first().actor_name)


def test_a_cell_that_is_no_formula_stays_as_it_is():
    assert harmless("Ada = Author") == "Ada = Author"
    assert harmless("") == ""


def test_activity_export_asks_once_for_each_thousand_acts(brief, author, signed_in):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert entries_of(signed_in(author).get(url(brief, "jsonl")))
        return len(captured)

    before = queries()
    with transaction.atomic():
        acts = [Activity(brief=brief, verb="section_saved", actor_name="A") for _ in range(2500)]
        Activity.objects.bulk_create(acts)
    assert queries() == before + len(acts) // AT_ONCE
    entries = entries_of(signed_in(author).get(url(brief, "jsonl")))
    assert len({entry["number"] for entry in entries}) == len(entries) == 2501


def test_activity_export_is_sent_in_stretches_by_the_server_that_is_used(brief, author):
    Activity.objects.bulk_create(
        Activity(brief=brief, verb="section_saved", actor_name="A") for _ in range(1500)
    )

    async def ask() -> list[bytes]:
        client = AsyncClient()
        await client.aforce_login(author)
        answer = await client.get(url(brief, "jsonl"))
        return [chunk async for chunk in answer]

    chunks = async_to_sync(ask)()
    assert [chunk.count(b"\n") for chunk in chunks if chunk] == [1000, 501]


def test_activity_export_of_another_format_is_not_found(brief, author, signed_in):
    assert signed_in(author).get(url(brief, "xlsx")).status_code == 404


def test_activity_export_is_of_one_brief_and_not_for_strangers(
    brief, template, author, stranger, signed_in
):
    other = make_brief(template, title="Estonia")
    with transaction.atomic():
        publish(Activity.Verb.BRIEF_CHANGED, by=None, brief=other)
    assert {row["act"] for row in rows_of(signed_in(author).get(url(brief)))} == {"brief_made"}
    assert signed_in(author).get(url(other)).status_code == 404
    assert signed_in(stranger).get(url(brief)).status_code == 404
