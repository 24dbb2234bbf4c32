from django.urls import reverse


def test_sign_out_ends_the_session(signed_in):
    assert signed_in.post(reverse("sign_out")).url == reverse("sign_in")
    assert signed_in.get(reverse("profile")).status_code == 302


def test_sign_out_by_a_link_is_not_allowed(signed_in):
    assert signed_in.get(reverse("sign_out")).status_code == 405
    assert signed_in.get(reverse("profile")).status_code == 200


def test_sign_out_by_somebody_signed_out_asks_for_no_sign_in_first(client, db):
    assert client.post(reverse("sign_out")).url == reverse("sign_in")
