"""Many briefs as one file, by the same way as on the pages."""

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.http import person
from briefs.bundling.actions import AlreadyAsked, ask_for_bundle, check_how_many
from briefs.bundling.failures import sentence_of
from briefs.bundling.forms import BundleForm
from briefs.document.tree import TextState
from briefs.models import Brief


@admin.action(description=gettext_lazy("Export"), permissions=["view"])
def export(
    desk: admin.ModelAdmin[Brief], request: HttpRequest, briefs: QuerySet[Brief]
) -> HttpResponse | None:
    try:
        check_how_many(briefs.count())
    except ValidationError as refused:
        messages.error(request, sentence_of(refused))
        return None
    form = BundleForm(request.POST if "confirmed" in request.POST else None)
    if form.is_valid():
        said = form.cleaned_data
        text = TextState(said["text"])
        try:
            bundle = ask_for_bundle(
                list(briefs),
                said["file_format"],
                text,
                by=person(request),
                title=said["title"],
                token=said["token"],
            )
        except AlreadyAsked as before:
            return redirect("bundle_detail", before.bundle.pk)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            return redirect("bundle_detail", bundle.pk)
    context = {
        **desk.admin_site.each_context(request),
        "title": _("Export briefs"),
        "opts": desk.opts,
        "media": desk.media,
        "form": form,
        "briefs": briefs,
        "checkbox": ACTION_CHECKBOX_NAME,
    }
    status = 422 if form.errors else 200
    return TemplateResponse(request, "admin/briefs/brief/export.html", context, status=status)
