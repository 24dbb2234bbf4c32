from zoneinfo import available_timezones

import pytest
from django.utils import timezone

from accounts.models import User
from accounts.time_zones import time_zone_choices


@pytest.mark.parametrize(
    ("zone", "shown"),
    [
        ("UTC", "1 July 22:30"),
        ("Europe/Brussels", "2 July 00:30"),
        ("America/New_York", "1 July 18:30"),
        ("Nowhere/Dropped", "1 July 22:30"),
    ],
)
def test_times_are_shown_in_the_reader_s_zone(signed_in, zone, shown):
    User.objects.update(time_zone=zone)
    assert shown in signed_in.get("/").text


def test_the_zone_of_one_request_does_not_stay_for_the_next(signed_in):
    User.objects.update(time_zone="Asia/Tokyo")
    signed_in.get("/")
    assert timezone.get_current_timezone_name() == "UTC"


def test_every_choice_is_a_zone_that_can_be_saved():
    offered = []
    for value, label in time_zone_choices():
        offered += [value] if isinstance(label, str) else [name for name, _ in label]
    assert len(offered) > 300
    assert len(offered) == len(set(offered))
    assert set(offered) <= available_timezones()
