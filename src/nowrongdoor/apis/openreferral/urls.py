"""The nine addresses of Open Referral UK 3.0, under one."""

from django.urls import path

from nowrongdoor.apis.openreferral import views

urlpatterns = [
    path("openreferral/", views.about, name="openreferral"),
    path("openreferral/services", views.services, name="openreferral_services"),
    path("openreferral/services/<str:service_id>", views.service, name="openreferral_service"),
    path("openreferral/taxonomies", views.taxonomies, name="openreferral_taxonomies"),
    path("openreferral/taxonomies/<str:taxonomy_id>", views.taxonomy, name="openreferral_taxonomy"),
    path("openreferral/taxonomy_terms", views.taxonomy_terms, name="openreferral_terms"),
    path("openreferral/taxonomy_terms/<str:term_id>", views.taxonomy_term, name="openreferral_term"),
    path("openreferral/service_at_locations", views.places, name="openreferral_places"),
    path("openreferral/service_at_locations/<str:place_id>", views.place, name="openreferral_place"),
]
