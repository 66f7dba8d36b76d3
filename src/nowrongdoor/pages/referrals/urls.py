"""Addresses of referrals and of what is promised about them."""

from django.urls import path

from nowrongdoor.pages.referrals import (
    in_touch,
    police,
    police_after,
    police_call,
    police_paths,
    police_reviews,
    promises,
    re_homed,
    statutory,
    views,
)

urlpatterns = [
    path("referrals/<uuid:referral_id>", views.referral, name="referral"),
    path("referrals/<uuid:referral_id>/take", views.take, name="referral_take"),
    path(
        "referrals/<uuid:referral_id>/accept-re-homed",
        re_homed.accept_re_homed,
        name="referral_accept_re_homed",
    ),
    path("referrals/<uuid:referral_id>/care-contact", in_touch.care_contact, name="referral_care_contact"),
    path("referrals/<uuid:referral_id>/statutory", statutory.begin, name="referral_statutory"),
    path("referrals/<uuid:referral_id>/police", police.decide, name="referral_police"),
    path("referrals/<uuid:referral_id>/police/new-fact", police_after.learn, name="referral_police_fact"),
    path("referrals/<uuid:referral_id>/police/saw", police_after.saw, name="referral_police_saw"),
    path(
        "referrals/<uuid:referral_id>/police/dispute", police_after.dispute, name="referral_police_dispute"
    ),
    path("referrals/<uuid:referral_id>/path", police_paths.show, name="referral_path"),
    path(
        "referrals/<uuid:referral_id>/path/<slug:step_path>", police_paths.answer, name="referral_path_list"
    ),
    path("police/call", police_call.take_in, name="police_call"),
    path("police/reviews", police_reviews.listed, name="police_reviews"),
    path(
        "referrals/<uuid:referral_id>/police/review", police_reviews.review, name="referral_police_review"
    ),
    path("statutory/<uuid:clock_id>/extend", statutory.extend, name="statutory_extend"),
    path("statutory/<uuid:clock_id>/end", statutory.end, name="statutory_end"),
    path("referrals/<uuid:referral_id>/begin", views.begin, name="referral_begin"),
    path("referrals/<uuid:referral_id>/close", views.close, name="referral_close"),
    path("referrals/<uuid:referral_id>/reopen", views.reopen, name="referral_reopen"),
    path("promises/<uuid:promise_id>/keep", promises.keep, name="promise_keep"),
    path("promises/<uuid:promise_id>/let-go", promises.let_go, name="promise_let_go"),
]
