from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.briefs.bundling.asking import asked, work


def test_the_page_of_a_large_file_does_not_read_it(two, manager, signed_in):
    bundle = asked(two, manager)
    work()
    client = signed_in(manager)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(reverse("bundle_detail", args=[bundle.pk])).status_code == 200
    assert not [each["sql"] for each in queries if '"content"' in each["sql"]]
