from django.urls import URLPattern, path

from briefs.commissioning.views import brief, bulk, clearance, invitation, people, sections

ROOT = "briefs/<slug:brief_slug>/commissioning/"
MEMBERS = f"{ROOT}members/"
INVITATIONS = f"{ROOT}invitations/"

urlpatterns: list[URLPattern] = [
    path("commissioning/new/", brief.brief_add, name="brief_add"),
    path("commissioning/assign/", bulk.assign_many, name="assign_many"),
    path(f"{ROOT}data/", brief.brief_change, name="brief_change"),
    path(f"{ROOT}archive/", brief.brief_archive, name="brief_archive"),
    path(f"{ROOT}unarchive/", brief.brief_unarchive, name="brief_unarchive"),
    path(MEMBERS, people.member_list, name="member_list"),
    path(f"{MEMBERS}add/", people.member_add, name="member_add"),
    path(f"{MEMBERS}<int:member_id>/change/", people.member_change, name="member_change"),
    path(f"{MEMBERS}<int:member_id>/comments/", people.member_comments, name="member_comments"),
    path(f"{MEMBERS}<int:member_id>/sign-offs/", people.member_sign_offs, name="member_sign_offs"),
    path(f"{MEMBERS}<int:member_id>/remove/", people.member_remove, name="member_remove"),
    path(f"{INVITATIONS}add/", people.invitation_add, name="invitation_add"),
    path(
        f"{INVITATIONS}<int:invitation_id>/withdraw/",
        people.invitation_withdraw,
        name="invitation_withdraw",
    ),
    path("invitations/<str:token>/", invitation.invitation_accept, name="invitation_accept"),
    path(f"{ROOT}clearance/", clearance.brief_clearance, name="brief_clearance"),
    path(f"{ROOT}sections/add/", sections.section_add, name="section_add"),
    path(f"{ROOT}sections/", sections.section_assign_many, name="section_assign_many"),
    path(f"{ROOT}assign/<section:section_key>/", sections.section_assign, name="section_assign"),
]
