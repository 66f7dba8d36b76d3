"""Tells Django where the style sheets, scripts and pictures are."""

from django.apps import AppConfig


class FurnitureConfig(AppConfig):
    name = "nowrongdoor.nhsuk"
    label = "nhsuk"
    verbose_name = "Page furniture"
