from django.urls import URLPattern, path

from briefs.notices import views

urlpatterns: list[URLPattern] = [
    path("notices/", views.notice_list, name="notice_list"),
    path("notices/read/", views.notice_read_all, name="notice_read_all"),
    path("notices/settings/", views.notice_settings, name="notice_settings"),
    path("notices/<int:notice_id>/open/", views.notice_open, name="notice_open"),
    path("notices/<int:notice_id>/read/", views.notice_read, name="notice_read"),
    path("notices/unsubscribe/<str:token>/", views.notice_unsubscribe, name="notice_unsubscribe"),
]
