"""The page of a brief: the outline with the state of each section, constant in queries."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from briefs.commissioning.actions import add_own_section, archive_brief
from briefs.models import LooseText, Part, Section
from briefs.overview.glance import Glance
from tests.factories import approve, put_in_review, release, section_of, send_back, write


def url(brief) -> str:
    return reverse("brief_detail", args=[brief.slug])


def test_brief_detail_shows_the_outline(brief, author, editor, signed_in):
    approve(section_of(brief, "goals/needs"), author, editor, "One two three.")
    Section.objects.filter(brief=brief, key="goals/needs").update(author=author)
    put_in_review(section_of(brief, "goals/health"), author)

    page = signed_in(author).get(url(brief))

    rows = [row for part in page.context["glance"].parts for row in part.rows]
    assert [(row.number, row.section.title, row.section.state.value) for row in rows] == [
        ("", "Preface", "empty"),
        ("1.1", "Needs", "approved"),
        ("1.2", "Health", "in_review"),
    ]
    text = page.content.decode()
    assert "1 of 3 sections is approved." in text
    assert "1 waits for a decision." in text
    assert "Ada Author" in text
    assert "just now" in text
    assert "of 10–200" in text
    for section in Section.objects.filter(brief=brief):
        assert section.get_absolute_url() in text


def test_brief_detail_counts_what_was_sent_back_and_what_is_late(brief, author, editor):
    send_back(section_of(brief, "goals/needs"), author, editor)
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    Section.objects.filter(brief=brief).update(due_date=yesterday)
    glance = Glance(brief, author)
    assert glance.sentence == "1 was sent back and 3 are late."
    assert [told for _state, told in glance.progress.tally] == [
        "1 sent back for changes",
        "2 empty",
    ]


def test_brief_detail_says_nothing_of_what_is_done(brief, author, editor):
    for section in Section.objects.filter(brief=brief):
        approve(section_of(brief, section.key), author, editor)
    glance = Glance(brief, author)
    assert glance.progress.sentence == "All 3 sections are approved."
    assert glance.sentence == ""


def test_brief_detail_numbers_sections_of_its_own(brief, manager, signed_in):
    part = Part.objects.get(template=brief.template, key="goals")
    after = section_of(brief, "goals/needs")
    add_own_section(brief, "Harbours", part=part, after=after, by=manager)
    glance = Glance(brief, manager)
    numbers = [(row.number, row.section.title) for row in glance.parts[1].rows]
    assert numbers == [("1.1", "Needs"), ("1.2", "Harbours"), ("1.3", "Health")]


def test_brief_detail_leads_to_my_next_section(brief, author, editor, signed_in):
    Section.objects.filter(brief=brief).update(author=author)
    assert Glance(brief, author).next_section == section_of(brief, "opening/preface")
    send_back(section_of(brief, "goals/health"), author, editor)
    assert Glance(brief, author).next_section == section_of(brief, "goals/health")
    assert Glance(brief, editor).next_section is None


def test_brief_detail_shows_texts_without_a_place(brief, author, signed_in):
    section = section_of(brief, "goals/needs")
    common = {"brief": brief, "source": "belgium.md"}
    homeless = LooseText.objects.create(
        **common, kind="parked", text="Stray words.", original="Stray words.", line=7
    )
    LooseText.objects.create(
        **common, kind="set_aside", section=section, text="A note.", original="A note.", line=9
    )
    LooseText.objects.create(
        **common,
        kind="parked",
        text="Settled words.",
        original="Settled words.",
        settled_at=timezone.now(),
        settled_by=author,
    )
    text = signed_in(author).get(url(brief)).content.decode()
    assert "2 imported texts have no place yet." in text
    assert "Stray words." in text
    assert "line 7 of belgium.md" in text
    assert reverse("loose_text_detail", args=[brief.slug, homeless.pk]) in text
    assert "A note." not in text
    assert "Settled words." not in text
    assert "1 text without a place" in text


def test_brief_detail_shows_words_as_words(brief, author, signed_in):
    brief.title = "<script>x</script>"
    brief.save()
    text = signed_in(author).get(url(brief)).content.decode()
    assert "<script>x" not in text
    assert "&lt;script&gt;x" in text


def test_brief_detail_offers_every_export(brief, viewer, signed_in):
    text = signed_in(viewer).get(url(brief)).content.decode()
    for kind in ("pdf", "docx", "markdown", "html", "json"):
        address = reverse("brief_export", args=[brief.slug, kind])
        for state in ("approved", "working"):
            assert f'name="text" value="{state}" formaction="{address}"' in text


@pytest.mark.parametrize("person", ["manager", "superuser"])
def test_brief_detail_lets_a_manager_manage(request, brief, person, signed_in):
    text = signed_in(request.getfixturevalue(person)).get(url(brief)).content.decode()
    for name in ("member_list", "section_assign_many", "section_add", "brief_change"):
        assert reverse(name, args=[brief.slug]) in text


@pytest.mark.parametrize("person", ["viewer", "author", "editor"])
def test_brief_detail_tells_others_why_they_may_not(request, brief, person, signed_in):
    text = signed_in(request.getfixturevalue(person)).get(url(brief)).content.decode()
    assert reverse("member_list", args=[brief.slug]) not in text
    assert "Only a manager of this brief can do that." in text


def test_brief_detail_of_an_archived_brief_can_only_be_read(brief, manager, viewer, signed_in):
    Section.objects.filter(brief=brief).update(author=manager)
    archive_brief(brief, by=manager)
    text = signed_in(manager).get(url(brief)).content.decode()
    assert "This brief is archived and can only be read." in text
    assert reverse("brief_unarchive", args=[brief.slug]) in text
    assert "My next section" not in text
    text = signed_in(viewer).get(url(brief)).content.decode()
    assert reverse("brief_unarchive", args=[brief.slug]) not in text


def test_brief_detail_shows_what_happened_last(brief, author, signed_in):
    write(section_of(brief, "goals/needs"), author)
    text = signed_in(author).get(url(brief)).content.decode()
    assert "wrote in a section" in text
    assert "revision 1" in text


def test_brief_detail_by_a_stranger_is_not_found(brief, stranger, signed_in):
    assert signed_in(stranger).get(url(brief)).status_code == 404


def test_brief_detail_of_no_brief_is_not_found(author, signed_in):
    assert signed_in(author).get("/briefs/nowhere/").status_code == 404


def test_brief_detail_leads_to_the_newest_edition(brief, author, manager, signed_in):
    client = signed_in(author)
    assert "Newest edition" not in client.get(url(brief)).text
    release(brief, manager)
    newest = release(brief, manager)
    page = client.get(url(brief)).text
    assert f'<a href="{newest.get_absolute_url()}">Edition 2</a>' in page
    assert "Edition 1" not in page.split("<main", 1)[-1].split("Sections", 1)[0]


def test_brief_detail_wants_somebody_signed_in(brief):
    assert Client().get(url(brief)).status_code == 302


def test_brief_detail_costs_five_queries_for_any_brief(
    brief, author, editor, manager, signed_in, django_assert_num_queries
):
    """Six of its own; two for who asks, two for the masthead's question what they may do."""
    client = signed_in(author)
    with django_assert_num_queries(11):
        client.get(url(brief))
    part = Part.objects.get(template=brief.template, key="goals")
    for number in range(20):
        section = add_own_section(brief, f"Own {number}", part=part, by=manager)
        Section.objects.filter(pk=section.pk).update(author=author)
        section.reviewers.set([editor])
        approve(section_of(brief, section.key), author, editor)
        LooseText.objects.create(brief=brief, section=section, kind="parked", text="x")
        LooseText.objects.create(brief=brief, kind="parked", text="y")
    with django_assert_num_queries(11):
        client.get(url(brief))


def test_brief_detail_takes_no_post(brief, author, signed_in):
    assert signed_in(author).post(url(brief)).status_code == 405
