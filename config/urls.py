from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.defaults import page_not_found
from django.views.generic import TemplateView

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("accounts.urls")),
    path("", include("briefs.urls")),
    # The admin's short cut to a row's own page names briefs that somebody may not see.
    re_path(r"^admin/r/", page_not_found, {"exception": Http404()}, name="admin_shortcut"),
    path("admin/", admin.site.urls),
    path("help/", login_not_required(TemplateView.as_view(template_name="help.html")), name="help"),
]

handler403 = "config.dead_ends.forbidden"
handler404 = "config.dead_ends.not_found"
