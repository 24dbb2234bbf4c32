import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.actions import create_account
from accounts.models import User
from tests.accounts.conftest import PASSWORD


def test_create_account_makes_somebody_who_can_sign_in(client, db):
    user = create_account(email=" Ines@Example.org ", name=" Inès ", password=PASSWORD)
    assert (user.email, user.name, user.is_staff) == ("ines@example.org", "Inès", False)
    assert user.check_password(PASSWORD)


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("email", "margit@example.org", "Sign in with it instead."),
        ("email", "MARGIT@example.org ", "Sign in with it instead."),
        ("email", "no address", "Enter a valid email address."),
        ("email", "", "This field cannot be blank."),
        ("name", "  ", "This field cannot be blank."),
        ("password", "short", "at least 12 characters"),
        ("password", "password1234", "too common"),
        ("password", "tomas@example.org", "too similar"),
    ],
)
def test_create_account_refuses_in_a_sentence_and_stores_nothing(person, field, value, sentence):
    asked = {"email": "tomas@example.org", "name": "Tomas Berg", "password": PASSWORD, field: value}
    with pytest.raises(ValidationError) as refusal:
        create_account(**asked)
    assert sentence in " ".join(refusal.value.message_dict[field])
    assert User.objects.get() == person


def test_an_address_is_stored_in_small_letters_whoever_writes_it(db):
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(email="Big@example.org", name="Big")
