from django.urls import URLPattern, path

from briefs.export import views

EXPORT = "briefs/<slug:brief_slug>/export/"

urlpatterns: list[URLPattern] = [
    path("schemas/brief-1.json", views.brief_schema, name="brief_schema"),
    path(EXPORT, views.brief_export, name="brief_export"),
    path("exports/<uuid:run_id>/", views.export_progress, name="export_progress"),
    path(f"{EXPORT}<str:export_format>/", views.brief_export, name="brief_export"),
]
