from django.urls import URLPattern, path

from briefs.importing import views

urlpatterns: list[URLPattern] = [
    path("importing/", views.brief_import, name="brief_import"),
    path("importing/confirm/", views.brief_import_confirm, name="brief_import_confirm"),
    path("briefs/<slug:brief_slug>/importing/", views.brief_import_into, name="brief_import_into"),
    path(
        "briefs/<slug:brief_slug>/importing/confirm/",
        views.brief_import_into_confirm,
        name="brief_import_into_confirm",
    ),
]
