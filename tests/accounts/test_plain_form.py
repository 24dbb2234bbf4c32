from collections.abc import Iterator

import pytest
from django import forms
from django.urls import get_resolver, reverse

from accounts.plain_form import PlainForm


class Everything(PlainForm, forms.Form):
    title = forms.CharField(label="Title")
    due_date = forms.DateField()
    role = forms.ChoiceField(label="Role", choices=[("", "None"), ("author", "Author")])
    file = forms.FileField(label="File")
    started_from = forms.IntegerField(widget=forms.HiddenInput)
    comment = forms.CharField(error_messages={"required": "Say what must change."})


@pytest.mark.parametrize(
    ("field", "sentence"),
    [
        ("title", "Fill in “Title”."),
        ("due_date", "Fill in “Due date”."),
        ("role", "Choose something under “Role”."),
        ("file", "Choose something under “File”."),
        (
            "started_from",
            "Something is missing from this page. Open it again, then repeat this step.",
        ),
        ("comment", "Say what must change."),
    ],
)
def test_an_empty_field_is_named(field, sentence):
    assert Everything({}).errors[field] == [sentence]


def test_other_mistakes_keep_their_words():
    assert Everything({"started_from": "x"}).errors["started_from"] == ["Enter a whole number."]


def forms_of_the_house(parent: type = forms.BaseForm) -> Iterator[type]:
    for form in parent.__subclasses__():
        if form.__module__.startswith(("accounts.", "briefs.")):
            yield form
        yield from forms_of_the_house(form)


def test_every_form_of_the_house_names_its_fields():
    # The whole project, to have all forms in memory.
    assert get_resolver("config.urls").url_patterns
    found = set(forms_of_the_house())
    assert len(found) > 20
    assert [form for form in found if not issubclass(form, PlainForm)] == []


@pytest.mark.parametrize(
    ("page", "labels"),
    [
        ("profile", ["Name"]),
        ("password_change", ["Old password", "New password", "New password confirmation"]),
    ],
)
def test_the_pages_of_an_account_name_what_is_empty(signed_in, page, labels):
    text = signed_in.post(reverse(page), {"theme": "dark"}).text
    for label in labels:
        assert f"Fill in “{label}”." in text


def test_the_doors_name_what_is_empty(client, person):
    assert "Fill in “Password”." in client.post(reverse("sign_in"), {}).text
    assert "Fill in “E-mail”." in client.post(reverse("password_reset"), {}).text


def test_the_link_of_a_reset_names_what_is_empty(client, person, mailoutbox):
    client.post(reverse("password_reset"), {"email": person.email})
    link = next(word for word in mailoutbox[0].body.split() if "password-reset" in word)
    page = client.get("/" + link.split("/", 3)[3], follow=True)
    assert "Fill in “New password”." in client.post(page.request["PATH_INFO"], {}).text


def test_the_first_mistake_in_sight_has_the_focus():
    form = Everything({"title": "A title", "started_from": "1"})
    assert form.first_mistake == "due_date"
    assert [field.name for field in form if "autofocus" in str(field)] == ["due_date"]
    form.add_error("title", "Another brief has this title.")
    assert [field.name for field in form if "autofocus" in str(field)] == ["title"]


def test_what_is_wrong_with_no_field_in_sight_is_said_of_the_page():
    form = Everything({"started_from": "x"})
    form.add_error(None, "Somebody else was faster.")
    assert form.page_mistakes == ["Somebody else was faster.", "Enter a whole number."]
    assert Everything().page_mistakes == []
