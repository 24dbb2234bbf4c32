from django.urls import URLPattern, path

from briefs.overview import views

urlpatterns: list[URLPattern] = [
    path("", views.home, name="home"),
    path("sections/", views.section_grid, name="section_grid"),
    path("calendar/", views.calendar_settings, name="calendar_settings"),
    path("calendar/<str:token>.ics", views.calendar_feed, name="calendar_feed"),
    path("due/", views.due_list, name="due_list"),
    path("briefs/", views.brief_list, name="brief_list"),
    path("briefs/<slug:brief_slug>/", views.brief_detail, name="brief_detail"),
    path("briefs/<slug:brief_slug>/activity/", views.activity_list, name="activity_list"),
    path(
        "briefs/<slug:brief_slug>/activity/<slug:record_format>/",
        views.activity_export,
        name="activity_export",
    ),
]
