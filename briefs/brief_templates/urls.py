from django.urls import URLPattern, path

from briefs.brief_templates import views

DRAFT = "templates/drafts/<int:draft_id>/"
NODE = f"{DRAFT}<int:number>/"

urlpatterns: list[URLPattern] = [
    path("templates/", views.outline_list, name="outline_list"),
    path("templates/<int:template_id>/file/", views.outline_file, name="outline_file"),
    path("templates/<int:template_id>/draft/", views.outline_draft_add, name="outline_draft_add"),
    path(DRAFT, views.outline_draft, name="outline_draft"),
    path(f"{DRAFT}publish/", views.outline_draft_publish, name="outline_draft_publish"),
    path(f"{DRAFT}discard/", views.outline_draft_discard, name="outline_draft_discard"),
    path(f"{DRAFT}sample/", views.outline_draft_sample, name="outline_draft_sample"),
    path(f"{DRAFT}file/", views.outline_draft_file, name="outline_draft_file"),
    path(NODE, views.outline_node_change, name="outline_node_change"),
    path(f"{NODE}add/", views.outline_node_add, name="outline_node_add"),
    path(f"{NODE}move/", views.outline_node_move, name="outline_node_move"),
    path(f"{NODE}remove/", views.outline_node_remove, name="outline_node_remove"),
]
