from django.urls import URLPattern, path

from briefs.placing import views

PLACING = "briefs/<slug:brief_slug>/placing/"

urlpatterns: list[URLPattern] = [
    path(PLACING, views.loose_text_list, name="loose_text_list"),
    path(f"{PLACING}<int:loose_text_id>/", views.loose_text_detail, name="loose_text_detail"),
    path(f"{PLACING}<int:loose_text_id>/place/", views.loose_text_place, name="loose_text_place"),
    path(
        f"{PLACING}<int:loose_text_id>/dismiss/",
        views.loose_text_dismiss,
        name="loose_text_dismiss",
    ),
    path(
        f"{PLACING}<int:loose_text_id>/reopen/", views.loose_text_reopen, name="loose_text_reopen"
    ),
    path(
        f"{PLACING}<int:loose_text_id>/undo/<int:placement_id>/",
        views.placement_undo,
        name="placement_undo",
    ),
]
