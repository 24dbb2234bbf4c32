from django.urls import URLPattern, path

from briefs.upgrading import views

UPGRADING = "briefs/<slug:brief_slug>/upgrading/"

urlpatterns: list[URLPattern] = [
    path("upgrading/", views.brief_upgrade_many, name="brief_upgrade_many"),
    path(UPGRADING, views.brief_upgrade, name="brief_upgrade"),
    path(f"{UPGRADING}undo/", views.upgrade_undo, name="upgrade_undo"),
]
