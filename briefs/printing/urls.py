from django.urls import URLPattern, path

from briefs.printing import views

urlpatterns: list[URLPattern] = [
    path("house-style/", views.house_style_change, name="house_style_change"),
    path("house-style/preview/", views.house_style_preview, name="house_style_preview"),
    path("pages/<str:token>.png", views.page_picture_detail, name="page_picture"),
    path("briefs/<slug:brief_slug>/pages/", views.brief_pages_detail, name="brief_pages"),
    path(
        "briefs/<slug:brief_slug>/pages/<section:section_key>/",
        views.section_pages_preview,
        name="section_pages",
    ),
    path(
        "briefs/<slug:brief_slug>/history/<section:section_key>/changes/",
        views.section_changes,
        name="section_changes",
    ),
]
