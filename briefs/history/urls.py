from django.urls import URLPattern, path

from briefs.history.views import (
    revision_authors,
    revision_detail,
    section_compare,
    section_history,
    section_replay,
    section_restore,
)

ROOT = "briefs/<slug:brief_slug>/history/<section:section_key>/"

urlpatterns: list[URLPattern] = [
    path(ROOT, section_history, name="section_history"),
    path(f"{ROOT}compare/", section_compare, name="section_compare"),
    path(f"{ROOT}replay/", section_replay, name="section_replay"),
    path(f"{ROOT}<int:number>/", revision_detail, name="revision_detail"),
    path(f"{ROOT}<int:number>/authors/", revision_authors, name="revision_authors"),
    path(f"{ROOT}<int:number>/restore/", section_restore, name="section_restore"),
]
