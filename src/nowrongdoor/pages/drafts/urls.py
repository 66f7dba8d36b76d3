"""Where forms send what has been typed so far."""

from django.urls import path

from nowrongdoor.pages.drafts import views

urlpatterns = [path("draft/<uuid:draft_id>", views.draft, name="draft")]
