from django.urls import URLPattern, path

from briefs.bundling import views

urlpatterns: list[URLPattern] = [
    path("bundles/", views.bundle_add, name="bundle_add"),
    path("bundles/<int:bundle_id>/", views.bundle_detail, name="bundle_detail"),
    path("bundles/<int:bundle_id>/cancel/", views.bundle_cancel, name="bundle_cancel"),
    path("bundles/<int:bundle_id>/briefs.zip", views.bundle_file, name="bundle_file"),
]
