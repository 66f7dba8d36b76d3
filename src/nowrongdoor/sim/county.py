"""
The county of Averley, which does not exist: its agencies, teams and the services they offer.

Two towns, Averley and Castle Bridge. Tables only; `sim.place` enters them into a place.
"""

from typing import NamedTuple

AGENCIES = (
    ("community", "Averley Community Health", "physical_health"),
    ("mind", "Averley Mental Health Partnership", "mental_health"),
    ("council", "Averley County Council", "council"),
    ("police", "Averley Police", "police"),
    ("ambulance", "Two Rivers Ambulance", "ambulance"),
    ("homes", "Averley Homes", "housing"),
    ("hospital", "Castle Bridge Hospital", "hospital"),
    ("kettle", "The Kettle", "voluntary"),
    ("carers", "Averley Carers Together", "voluntary"),
    ("fresh", "Fresh Page", "voluntary"),
)


class TeamPlan(NamedTuple):
    """A team to open: `role` is what its members are, beside one lead."""

    key: str
    agency: str
    name: str
    does: str
    role: str
    job: str
    takes_contacts: bool = False


CENTRE = "centre"
CLOSING = "evening"  # this team closes during the history
SUCCESSOR = "district_bridge"
TEAMS = (
    TeamPlan(CENTRE, "community", "Care Co-ordination Centre", "Answers every contact and finds the team",
             "call_handler", "Call handler", True),
    TeamPlan("rapid", "community", "Urgent Community Response", "Care at home within hours",
             "rapid_responder", "Advanced practitioner"),
    TeamPlan("district", "community", "Averley District Nursing", "Wounds, medicines, end of life at home",
             "team_member", "District nurse"),
    TeamPlan("district_bridge", "community", "Castle Bridge District Nursing",
             "Wounds, medicines, end of life at home", "team_member", "District nurse"),
    TeamPlan("evening", "community", "Castle Bridge Evening Nursing", "Nursing at home from 6 pm to midnight",
             "team_member", "Community nurse"),
    TeamPlan("therapy", "community", "Community Therapy and Equipment",
             "Getting about, falls, aids and adaptations", "team_member", "Occupational therapist"),
    TeamPlan("crisis", "mind", "Crisis Resolution and Home Treatment", "Intensive help at home in a crisis",
             "rapid_responder", "Mental health nurse", True),
    TeamPlan("cmht", "mind", "Averley Community Mental Health", "Care over months, near home",
             "team_member", "Community mental health nurse"),
    TeamPlan("cmht_bridge", "mind", "Castle Bridge Community Mental Health", "Care over months, near home",
             "team_member", "Community mental health nurse"),
    TeamPlan("later_life", "mind", "Memory and Later Life", "Memory, mood and dementia in later life",
             "team_member", "Memory nurse"),
    TeamPlan("ld", "mind", "Learning Disability and Autism", "Health and support with reasonable adjustments",
             "team_member", "Learning disability nurse"),
    TeamPlan("asc", "council", "Adult Social Care First Contact", "Care Act assessments, care and support",
             "council_practitioner", "Social worker", True),
    TeamPlan("reablement", "council", "Reablement", "Up to six weeks of help to regain independence",
             "council_practitioner", "Reablement officer"),
    TeamPlan("safeguarding", "council", "Adult Safeguarding", "Keeping adults safe from harm by others",
             "council_practitioner", "Safeguarding officer"),
    TeamPlan("edt", "council", "Emergency Duty Team", "Social care out of hours",
             "council_practitioner", "Duty social worker", True),
    TeamPlan("control", "police", "Police Control Room Desk", "Police and partners, day and night",
             "police_control", "Control room officer", True),
    TeamPlan("neighbourhood", "police", "Neighbourhood Policing", "Known faces in each town",
             "police_control", "Neighbourhood officer"),
    TeamPlan("clinical_hub", "ambulance", "Ambulance Clinical Hub", "Clinical advice and ambulances",
             "rapid_responder", "Paramedic", True),
    TeamPlan("tenancy", "homes", "Tenancy Support", "Keeping a home: rent, repairs, neighbours",
             "team_member", "Tenancy support worker"),
    TeamPlan("options", "homes", "Housing Options", "When a home is lost or may be lost",
             "team_member", "Housing officer"),
    TeamPlan("discharge", "hospital", "Discharge Hub", "Leaving hospital with what is needed in place",
             "ward_coordinator", "Discharge co-ordinator"),
    TeamPlan("frailty", "hospital", "Same Day Frailty Unit", "Tests and treatment in a day",
             "ward_coordinator", "Frailty nurse"),
    TeamPlan("cafe", "kettle", "Evening Café", "A warm room and company, 5 pm to 11 pm",
             "voluntary_partner", "Peer worker", True),
    TeamPlan("befriending", "kettle", "Good Company", "Regular company, by telephone or in person",
             "voluntary_partner", "Befriending organiser"),
    TeamPlan("carer_support", "carers", "Carer Support", "Time, advice and company for those who care",
             "voluntary_partner", "Carer adviser"),
    TeamPlan("recovery", "fresh", "Recovery Support", "Help with alcohol and other drugs, without judgement",
             "voluntary_partner", "Recovery worker"),
)
# Those who look after the place and hold nobody: a team of their own, of one agency.
OFFICE_AGENCY, OFFICE = "community", "Information Governance and Safety"
OFFICE_DOES = "Looks after who may see what, and after what could harm someone"
OFFICERS = (
    ("governance_lead", "Information governance lead"),
    ("safety_lead", "Clinical safety lead"),
    ("commissioner", "Commissioning manager"),
    ("administrator", "System administrator"),
    ("data_steward", "Records steward"),
)
# Between two agencies, for a purpose; what, on which law; and days from the beginning of the history to
# its first day, the day it is looked at again, and the day it ends. At the end one stands, one is to be
# looked at again, and one has run out.
LAW = "Health and Social Care Act 2012, section 251B"
AGREED = (
    ("community", "mind", "direct_care", "What either knows of whom both care for", LAW, -200, 160, 530),
    ("community", "council", "care_act", "Assessments, plans and who lives at home", LAW, -345, 20, 60),
    ("community", "kettle", "direct_care", "First name, what helps, and whom to ring", LAW, -351, -14, 14),
)
CLINICIANS = (
    "Mental health nurse", "Physiotherapist", "Social worker", "Learning disability nurse",
    "Pharmacist", "Community matron",
)
CALL_HANDLERS = 3
# The profession that goes with a job; a job that is none leaves it open.
DISCIPLINES = {
    "Call handler": "call_handler",
    "Advanced practitioner": "nurse",
    "District nurse": "nurse",
    "Community nurse": "nurse",
    "Community matron": "nurse",
    "Frailty nurse": "nurse",
    "Memory nurse": "mental_health_nurse",
    "Mental health nurse": "mental_health_nurse",
    "Community mental health nurse": "mental_health_nurse",
    "Learning disability nurse": "learning_disability_nurse",
    "Occupational therapist": "occupational_therapist",
    "Physiotherapist": "physiotherapist",
    "Pharmacist": "pharmacist",
    "Paramedic": "paramedic",
    "Social worker": "social_worker",
    "Duty social worker": "social_worker",
    "Safeguarding officer": "social_worker",
    "Housing officer": "housing_officer",
    "Tenancy support worker": "housing_officer",
    "Control room officer": "police_officer",
    "Neighbourhood officer": "police_officer",
    "Recovery worker": "drugs_alcohol_worker",
    "Reablement officer": "support_worker",
    "Peer worker": "support_worker",
    "Carer adviser": "support_worker",
}

# Services of the directory: team or agency, name, in a line, needs, hours.
SERVICES = (
    ("rapid", "Two-hour response at home", "A nurse or therapist in two hours", "physical", "8 am to 10 pm"),
    ("rapid", "Virtual ward", "Hospital-level care in your own bed", "physical medication", "Every day"),
    ("district", "Wound clinic, Averley", "Dressings by appointment", "physical", "Mon–Fri 9–4"),
    ("district", "Insulin at home", "Help with injections", "physical medication", "Every day"),
    ("district_bridge", "Wound clinic, Castle Bridge", "Dressings by appointment", "physical", "Mon–Fri 9–4"),
    ("district_bridge", "Catheter care", "At home or in clinic", "physical", "Every day"),
    ("therapy", "Falls clinic", "Strength, balance and a safe home", "physical", "Tue and Thu"),
    ("therapy", "Equipment loans", "Rails, commodes, walking aids", "equipment social", "Mon–Sat"),
    ("therapy", "Wheelchair clinic", "Fitting and repair", "equipment", "Wed"),
    ("crisis", "Crisis line", "Someone to talk to, at any hour", "mental just_to_talk", "Day and night"),
    ("crisis", "Home treatment", "Visits up to twice a day", "mental", "Every day"),
    ("cmht", "Talking group, Averley", "Ten weeks, small group", "mental", "Thu evening"),
    ("cmht_bridge", "Talking group, Castle Bridge", "Ten weeks, small group", "mental", "Mon evening"),
    ("cmht", "Work and wellbeing", "Staying in work, or getting back", "mental money", "Mon–Fri"),
    ("later_life", "Memory clinic", "Assessment and what comes next", "mental", "Mon–Fri"),
    ("later_life", "Dementia café", "Company and advice, both of you", "carer loneliness", "Fri morning"),
    ("ld", "Health checks", "With time, and someone you know", "learning_disability physical", "Mon–Fri"),
    ("ld", "Autism hub", "Adjustments, advice, company", "autism", "Wed and Sat"),
    ("asc", "Care Act assessment", "What matters to you, and what would help", "social", "Mon–Fri"),
    ("asc", "Direct payments advice", "Arranging your own support", "social money", "Mon–Fri"),
    ("reablement", "Six weeks at home", "Regain what you could do before", "social physical", "Every day"),
    ("safeguarding", "Safeguarding advice line", "Worried about an adult", "safety", "Mon–Fri"),
    ("edt", "Out of hours social care", "When it cannot wait", "social safety", "Nights and weekends"),
    ("control", "Partnership desk", "For partners: welfare and missing people", "safety", "Day and night"),
    ("neighbourhood", "Drop-in with your officer", "Library, both towns", "safety", "Tue 2–4"),
    ("clinical_hub", "Hear and treat", "Clinical advice by telephone", "physical", "Day and night"),
    ("tenancy", "Money and rent advice", "Budgeting, arrears, benefits", "money housing", "Mon–Fri"),
    ("tenancy", "Repairs that matter", "When a repair is making someone ill", "housing physical", "Mon–Fri"),
    ("options", "Homelessness prevention", "Before the home is lost", "housing", "Mon–Fri"),
    ("options", "Winter night shelter", "A bed tonight", "housing", "Nov–Mar"),
    ("discharge", "Home first", "Home from hospital, then assess", "social physical", "Every day"),
    ("frailty", "Same day frailty", "Seen and home again in a day", "physical", "8 am to 6 pm"),
    ("cafe", "Evening café", "No appointment, no questions at the door", "mental just_to_talk", "5–11 pm"),
    ("cafe", "Grief table", "For those who have lost someone", "bereavement", "Sun 3–5"),
    ("befriending", "Telephone friends", "A call at the same time each week", "loneliness", "Every day"),
    ("befriending", "Walk and talk", "Slow walks, both towns", "loneliness physical", "Sat morning"),
    ("carer_support", "Time off for carers", "Someone to sit in for an afternoon", "carer", "By arrangement"),
    ("carer_support", "Carers' assessment", "What you need, for yourself", "carer social", "Mon–Fri"),
    ("recovery", "Drop-in", "Walk in, have a tea, talk", "drugs_alcohol", "Mon–Sat"),
    ("recovery", "Family group", "For those who live with it", "drugs_alcohol carer", "Wed evening"),
)
