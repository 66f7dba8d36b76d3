"""The parts of a record that can be corrected, in the words of the story."""

COLUMNS = {
    "family_name": "family name",
    "given_names": "given names",
    "known_as": "the name they like to be called by",
    "pronouns": "pronouns",
    "born_on": "date of birth",
    "nhs_number": "NHS number",
    "phone": "telephone number",
    "address": "address",
    "postcode": "postcode",
    "other_names": "other names",
    "other_numbers": "numbers elsewhere",
    "access_needs": "communication and access needs",
    "know_first": "what staff should know first",
}
ONE_ON_EACH_LINE = ("other_names", "other_numbers")
