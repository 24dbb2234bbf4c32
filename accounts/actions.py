"""What can be done to an account; every page, invitation and command goes through these."""

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User


def create_account(*, email: str, name: str, password: str) -> User:
    """A new person who can sign in at once.

    Raises ValidationError, keyed by field, for a bad or taken address, an empty name, or a password
    that is too weak. Nothing is stored then.
    """
    user = User(email=email.strip().lower(), name=name.strip())
    if User.objects.filter(email=user.email).exists():
        raise _address_is_taken()
    try:
        validate_password(password, user)
    except ValidationError as weak:
        raise ValidationError({"password": weak.messages}) from weak
    user.set_password(password)
    user.full_clean()
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError as twice:
        raise _address_is_taken() from twice
    return user


def set_theme(*, by: User, theme: str) -> None:
    """Remember the theme for this person on every device."""
    if theme not in User.Theme.values:
        raise ValidationError(_("Choose one of the themes: light, dark, or as the device says."))
    by.theme = theme
    by.save(update_fields=["theme"])


def set_plain_text_box(*, by: User, is_plain: bool) -> None:
    """Remember for this person on every device whether sections are written in plain text boxes
    instead of the editor."""
    by.has_plain_text_box = is_plain
    by.save(update_fields=["has_plain_text_box"])


def _address_is_taken() -> ValidationError:
    sentence = _("There is already an account with this e-mail address. Sign in with it instead.")
    return ValidationError({"email": sentence})
