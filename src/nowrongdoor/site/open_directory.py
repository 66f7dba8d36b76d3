"""The addresses of the directory that anybody may read without a key: nothing about a person is there."""

OPEN_DIRECTORY = (
    "openreferral",
    "openreferral_services",
    "openreferral_service",
    "openreferral_taxonomies",
    "openreferral_taxonomy",
    "openreferral_terms",
    "openreferral_term",
    "openreferral_places",
    "openreferral_place",
)
