from django.urls import URLPattern, path

from briefs.commissioning import views

ROOT = "briefs/<slug:brief_slug>/commissioning/"
MEMBERS = f"{ROOT}members/"
INVITATIONS = f"{ROOT}invitations/"

urlpatterns: list[URLPattern] = [
    path("commissioning/new/", views.brief_add, name="brief_add"),
    path(f"{ROOT}data/", views.brief_change, name="brief_change"),
    path(f"{ROOT}archive/", views.brief_archive, name="brief_archive"),
    path(f"{ROOT}unarchive/", views.brief_unarchive, name="brief_unarchive"),
    path(MEMBERS, views.member_list, name="member_list"),
    path(f"{MEMBERS}add/", views.member_add, name="member_add"),
    path(f"{MEMBERS}<int:member_id>/change/", views.member_change, name="member_change"),
    path(f"{MEMBERS}<int:member_id>/remove/", views.member_remove, name="member_remove"),
    path(f"{INVITATIONS}add/", views.invitation_add, name="invitation_add"),
    path(
        f"{INVITATIONS}<int:invitation_id>/withdraw/",
        views.invitation_withdraw,
        name="invitation_withdraw",
    ),
    path("invitations/<str:token>/", views.invitation_accept, name="invitation_accept"),
    path(f"{ROOT}sections/add/", views.section_add, name="section_add"),
    path(f"{ROOT}sections/", views.section_assign_many, name="section_assign_many"),
    path(f"{ROOT}assign/<section:section_key>/", views.section_assign, name="section_assign"),
]
