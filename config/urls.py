from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import TemplateView

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("accounts.urls")),
    path("", include("briefs.urls")),
    path("admin/", admin.site.urls),
    path("help/", login_not_required(TemplateView.as_view(template_name="help.html")), name="help"),
]
