from django.urls import URLPattern, path

from briefs.review.views import (
    review_approve,
    review_countersign,
    review_many,
    review_override,
    review_request,
    review_request_changes,
    review_save_and_request,
    review_withdraw,
    section_review,
)

ROOT = "briefs/<slug:brief_slug>/review/<section:section_key>/"

urlpatterns: list[URLPattern] = [
    path("review/", review_many, name="review_many"),
    path(ROOT, section_review, name="section_review"),
    path(f"{ROOT}request/", review_request, name="review_request"),
    path(f"{ROOT}save-and-request/", review_save_and_request, name="review_save_and_request"),
    path(f"{ROOT}withdraw/", review_withdraw, name="review_withdraw"),
    path(f"{ROOT}approve/", review_approve, name="review_approve"),
    path(f"{ROOT}override/", review_override, name="review_override"),
    path(f"{ROOT}countersign/", review_countersign, name="review_countersign"),
    path(f"{ROOT}request-changes/", review_request_changes, name="review_request_changes"),
]
