"""What each role does all day, in a line: for choosing a chair in a demonstration."""

DOES = {
    "call_handler": "Takes calls from anyone, about anything",
    "triage_clinician": "Decides how soon, and who should respond",
    "team_member": "Takes people on, and sees them",
    "team_lead": "Watches over the whole team and the board",
    "rapid_responder": "Goes out to people the same day",
    "ward_coordinator": "Gets people home from hospital",
    "council_practitioner": "Housing, money, care and safety at home",
    "police_control": "Hands over well, and knows who took it",
    "voluntary_partner": "Company, food, someone to talk to",
    "governance_lead": "Looks after who may see what, and who did",
    "safety_lead": "Watches over what could harm someone here",
    "administrator": "Records who leaves and which team closes; accounts by command",
    "data_steward": "Decides which records are one person's",
    "commissioner": "Reads the board, and nobody by name",
    "link_holder": "Answers one offer by a link, and signs in nowhere",
    "carer": "Reads what the person lets them read",
    "person": "Reads their own record, and who looked at it",
}
