from django.urls import URLPattern, path

from briefs.suggesting import views

SUGGESTING = "briefs/<slug:brief_slug>/suggesting/<section:section_key>/"
ONE = f"{SUGGESTING}<int:suggestion_id>/"

urlpatterns: list[URLPattern] = [
    path(SUGGESTING, views.suggestion_list, name="suggestion_list"),
    path(f"{SUGGESTING}new/", views.suggestion_add, name="suggestion_add"),
    path(f"{ONE}accept/", views.suggestion_accept, name="suggestion_accept"),
    path(f"{ONE}decline/", views.suggestion_decline, name="suggestion_decline"),
    path(f"{ONE}withdraw/", views.suggestion_withdraw, name="suggestion_withdraw"),
]
