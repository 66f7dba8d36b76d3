"""Addresses of guidance."""

from django.urls import path

from nowrongdoor.pages.guidance import acts, editing, replay, second_looks, views, vignettes

ONE = "guidance/<uuid:version_id>"
urlpatterns = [
    path("guidance", views.versions, name="guidance"),
    path("guidance/shipped", views.shipped, name="guidance_shipped"),
    path("guidance/consistency", second_looks.consistency_page, name="consistency"),
    path("guidance/cases", vignettes.cases, name="vignettes"),
    path("guidance/cases/<slug:code>", vignettes.case, name="vignette"),
    path("referrals/<uuid:referral_id>/second-look", second_looks.second_look, name="second_look"),
    path("guidance/new", views.upload, name="guidance_new"),
    path("guidance/shipped/edit", editing.edit, name="guidance_edit_shipped"),
    path(f"{ONE}/edit", editing.edit, name="guidance_edit"),
    path(ONE, views.version, name="guidance_version"),
    path(f"{ONE}/circulate", acts.circulate, name="guidance_circulate"),
    path(f"{ONE}/appraise", acts.appraise, name="guidance_appraise"),
    path(f"{ONE}/compare", acts.compare, name="guidance_compare"),
    path(f"{ONE}/live", acts.put_live, name="guidance_live"),
    path(f"{ONE}/aside", acts.set_aside, name="guidance_aside"),
    path(f"{ONE}/replay", replay.replayed, name="guidance_replay"),
]
