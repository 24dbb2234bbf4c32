from django.urls import URLPattern, path, re_path

from briefs.drafting import views

DRAFTING = "briefs/<slug:brief_slug>/drafting/<section:section_key>/"
# Before the sections: a section's key is two words as well.
PICTURE = r"^briefs/(?P<brief_slug>[-a-zA-Z0-9_]+)/drafting/pictures/(?P<sha256>[0-9a-f]{64})/$"

urlpatterns: list[URLPattern] = [
    re_path(PICTURE, views.picture_detail, name="picture_detail"),
    path(DRAFTING, views.section_edit, name="section_edit"),
    path(f"{DRAFTING}preview/", views.section_preview, name="section_preview"),
    path(f"{DRAFTING}picture/", views.picture_add, name="picture_add"),
    path(f"{DRAFTING}picture/upload/", views.picture_upload, name="picture_upload"),
]
