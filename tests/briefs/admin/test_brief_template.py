from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from briefs.models import Part, Prompt, SectionTemplate


def url_of(template) -> str:
    return reverse("admin:briefs_brieftemplate_change", args=[template.pk])


def test_the_outline_is_shown_in_order_with_its_numbers_and_guidance(on_staff, template, stranger):
    page = on_staff(stranger, "view_brieftemplate").get(url_of(template))
    shown = ["Opening", "Preface", "Say why.", "1. Goals", "1.1 Needs", "10 to 200 words"]
    shown += ["Past", "Guidance for Past.", "Points.", "Future", "1.2 Health"]
    places = [page.text.index(text) for text in shown]
    assert places == sorted(places)
    assert "<textarea" not in page.text


def test_the_outline_takes_as_many_queries_however_long(on_staff, template, stranger):
    client = on_staff(stranger, "view_brieftemplate")
    client.get(url_of(template))
    counts = []
    for number in (3, 4, 5):
        part = Part.objects.create(template=template, key=f"p{number}", title="P", position=number)
        section = SectionTemplate.objects.create(
            part=part, key=f"p{number}/s", title="S", position=1
        )
        Prompt.objects.create(section_template=section, key="body", form="prose", position=1)
        with CaptureQueriesContext(connection) as queries:
            client.get(url_of(template))
        counts.append(len(queries))
    assert len(set(counts)) == 1, counts


def test_lists_count_the_briefs_of_each_version(on_staff, brief, stranger):
    page = on_staff(stranger, "view_brieftemplate").get("/admin/briefs/brieftemplate/")
    assert [row.brief_count for row in page.context["cl"].result_list] == [1]
