from django.urls import URLPattern, path

from briefs.drafting import views

DRAFTING = "briefs/<slug:brief_slug>/drafting/<section:section_key>/"

urlpatterns: list[URLPattern] = [
    path(DRAFTING, views.section_edit, name="section_edit"),
    path(f"{DRAFTING}preview/", views.section_preview, name="section_preview"),
]
