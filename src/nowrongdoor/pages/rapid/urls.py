"""Addresses of the rapid-response board, of crews and of visits."""

from django.urls import path

from nowrongdoor.pages.rapid import asking, board, crews, joint, loans, planning, reports, skills, visits

urlpatterns = [
    path("rapid", board.board, name="rapid"),
    path("rapid/print", board.sheet, name="rapid_sheet"),
    path("rapid/plan", planning.plan, name="rapid_plan"),
    path("rapid/reports", reports.show, name="rapid_reports"),
    path("rapid/reports/export", reports.export, name="rapid_reports_export"),
    path("rapid/visits/<uuid:visit_id>", board.assign, name="rapid_assign"),
    path("rapid/crews/new", crews.put_on, name="crew_put_on"),
    path("rapid/crews/<uuid:crew_id>/end", crews.end, name="crew_end"),
    path("rapid/skills", skills.skills, name="skills"),
    path("rapid/skills/new", skills.enter, name="skill_enter"),
    path("rapid/skills/<uuid:skill_id>/end", skills.end, name="skill_end"),
    path("rapid/loans", loans.loans, name="loans"),
    path("rapid/loans/new", loans.lend, name="loan_lend"),
    path("rapid/loans/<uuid:membership_id>/end", loans.end, name="loan_end"),
    path("visits", visits.mine, name="my_visits"),
    path("visits/<uuid:visit_id>", visits.visit, name="visit"),
    path("visits/<uuid:visit_id>/finish", visits.finish, name="visit_finish"),
    path("visits/<uuid:visit_id>/take-back", visits.take_back, name="visit_take_back"),
    path("visits/<uuid:visit_id>/stand-down", visits.stand_down, name="visit_stand_down"),
    path("visits/<uuid:visit_id>/ask-along", joint.ask_along, name="visit_ask_along"),
    path("visits/<uuid:visit_id>/meet", joint.meet, name="visit_meet"),
    path("visits/<uuid:visit_id>/others", joint.others, name="visit_others"),
    path("referrals/<uuid:referral_id>/visit", asking.ask, name="referral_visit"),
]
