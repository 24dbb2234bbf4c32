from django.urls import URLPattern, path

from briefs.commenting import views

COMMENTING = "briefs/<slug:brief_slug>/commenting/<section:section_key>/"
ONE = f"{COMMENTING}<int:comment_id>/"

urlpatterns: list[URLPattern] = [
    path(COMMENTING, views.comment_list, name="comment_list"),
    path(f"{COMMENTING}add/", views.comment_add, name="comment_add"),
    path(f"{ONE}reply/", views.comment_reply, name="comment_reply"),
    path(f"{ONE}resolve/", views.comment_resolve, name="comment_resolve"),
    path(f"{ONE}reopen/", views.comment_reopen, name="comment_reopen"),
    path(f"{ONE}task/", views.comment_task, name="comment_task"),
]
