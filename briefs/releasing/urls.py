from django.urls import URLPattern, path

from briefs.releasing import views

RELEASING = "briefs/<slug:brief_slug>/releasing/"
EDITION = f"{RELEASING}<int:number>/"

urlpatterns: list[URLPattern] = [
    path(RELEASING, views.edition_list, name="edition_list"),
    path(f"{RELEASING}new/", views.brief_release, name="brief_release"),
    path(EDITION, views.edition_detail, name="edition_detail"),
    path(f"{EDITION}file/<slug:kind>/", views.edition_file, name="edition_file"),
    path(f"{EDITION}compare/", views.edition_compare, name="edition_compare"),
    path(f"{EDITION}changes/<slug:kind>/", views.edition_changes, name="edition_changes"),
    path(f"{EDITION}verify/", views.edition_verify, name="edition_verify"),
]
