"""Every address of the product, by area. Each is listed in `site.doors` with what it asks of a viewer."""

from django.urls import include, path

from nowrongdoor.site import health, live

handler400 = "nowrongdoor.site.failures.bad_request"
handler403 = "nowrongdoor.site.failures.not_allowed"
handler404 = "nowrongdoor.site.failures.not_found"
handler429 = "nowrongdoor.site.failures.too_many"
handler500 = "nowrongdoor.site.failures.broken"

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("", include("nowrongdoor.apis.openreferral.urls")),
    path("live", live.live, name="live"),
    path("", include("nowrongdoor.pages.work.urls")),
    path("", include("nowrongdoor.pages.sign_in.urls")),
    path("", include("nowrongdoor.pages.accounts.urls")),
    path("", include("nowrongdoor.pages.contacts.urls")),
    path("", include("nowrongdoor.pages.people.urls")),
    path("", include("nowrongdoor.pages.referrals.urls")),
    path("", include("nowrongdoor.pages.promises.urls")),
    path("", include("nowrongdoor.pages.talks.urls")),
    path("", include("nowrongdoor.pages.clocks.urls")),
    path("", include("nowrongdoor.pages.downtime.urls")),
    path("", include("nowrongdoor.pages.teams.urls")),
    path("", include("nowrongdoor.pages.duplicates.urls")),
    path("", include("nowrongdoor.pages.rota.urls")),
    path("", include("nowrongdoor.pages.rapid.urls")),
    path("", include("nowrongdoor.pages.figures.urls")),
    path("", include("nowrongdoor.pages.gaps.urls")),
    path("", include("nowrongdoor.pages.triage.urls")),
    path("", include("nowrongdoor.pages.handovers.urls")),
    path("", include("nowrongdoor.pages.options.urls")),
    path("", include("nowrongdoor.pages.board.urls")),
    path("", include("nowrongdoor.pages.governance.urls")),
    path("", include("nowrongdoor.pages.guidance.urls")),
    path("", include("nowrongdoor.pages.drafts.urls")),
    path("", include("nowrongdoor.pages.own.urls")),
]
