"""What the codes of acknowledgments mean, in our own words; a code that is not here is shown as it stands.

The lists are X12's (507 claim status category, 508 claim status, 98 entity) and those of the 999 and TA1 guides.
"""

from __future__ import annotations

from collections.abc import Mapping

CATEGORIES = {
    "A0": "passed on to the next receiver",
    "A1": "arrived, not accepted yet",
    "A2": "accepted for a decision",
    "A3": "returned, cannot be processed",
    "A4": "not found",
    "A5": "accepted and split",
    "A6": "rejected: information is missing",
    "A7": "rejected: information is not valid",
    "A8": "rejected: two values do not fit together",
}
CLAIM_STATUS = {
    "19": "received", "20": "accepted for processing", "21": "information missing or not valid",
    "23": "returned to its sender", "24": "sender not approved to send electronically", "25": "not approved",
    "26": "not found in the receiver's records", "33": "subscriber and member ID do not fit",
    "54": "repeats a claim that was processed", "78": "repeats a claim that is being processed",
    "88": "not covered on the days of service", "90": "no medical coverage on the days of service",
    "91": "not eligible or not approved on the days of service", "97": "patient's coverage not found",
    "109": "not eligible", "116": "sent to the wrong payer", "122": "data needed for processing is missing",
    "124": "name, address or number", "125": "name", "126": "address", "127": "phone or e-mail", "128": "tax ID",
    "132": "Medicaid provider number", "145": "specialty or taxonomy code", "153": "identification number",
    "156": "relationship of patient and subscriber", "157": "sex", "158": "date of birth", "164": "member ID",
    "171": "other insurance", "178": "charge", "187": "days of service", "188": "statement period",
    "189": "admission date", "218": "drug code (NDC)", "228": "type of bill", "247": "a service line",
    "249": "place of service", "252": "authorization number", "254": "principal diagnosis", "255": "diagnosis",
    "286": "the other payer's payment", "400": "the amounts do not balance", "402": "amount must be above zero",
    "453": "modifier", "454": "procedure code", "455": "revenue code", "464": "the payer's own claim number",
    "476": "units of service", "478": "our claim number", "479": "ID of the other payer",
    "481": "format of the claim", "496": "sender not approved for this provider", "500": "ZIP code", "501": "state",
    "507": "HCPCS code", "535": "claim frequency code", "562": "NPI", "684": "format error",
    "718": "not sent in time", "746": "sent twice",
}  # fmt: skip
ENTITIES = {
    "03": "dependent", "1P": "provider", "36": "employer", "40": "receiver", "41": "submitter",
    "71": "attending physician", "72": "operating physician", "77": "place of service", "82": "rendering provider",
    "85": "billing provider", "87": "pay-to provider", "AY": "clearinghouse", "DK": "ordering provider",
    "DN": "referring provider", "DQ": "supervising provider", "GB": "other insured", "IL": "subscriber",
    "PR": "payer", "QC": "patient",
}  # fmt: skip
SEGMENT_FAULTS = {
    "1": "is not known", "2": "was not expected", "3": "is missing", "4": "stands in a loop that repeats too often",
    "5": "repeats too often", "6": "does not belong in this set", "7": "stands in the wrong place",
    "8": "holds wrong elements", "I4": "is not used by the guide", "I6": "is missing in this situation",
    "I7": "stands in a loop that repeats too seldom", "I8": "repeats too seldom",
    "I9": "must not stand in this situation",
}  # fmt: skip
ELEMENT_FAULTS = {
    "1": "is missing", "2": "is missing in this situation", "3": "is one too many", "4": "is too short",
    "5": "is too long", "6": "holds a character that is not allowed", "7": "holds a code that is not on the list",
    "8": "is no valid date", "9": "is no valid time", "10": "must not stand beside another",
    "12": "repeats too often", "13": "has too many parts", "I6": "holds a code that the guide does not use",
    "I9": "is missing in this situation", "I10": "is not used by the guide", "I11": "repeats too seldom",
    "I12": "has the wrong pattern", "I13": "must not stand in this situation",
}  # fmt: skip
SET_FAULTS = {
    "1": "this kind of set is not supported", "2": "the trailer (SE) is missing",
    "3": "control numbers of header and trailer differ", "4": "the segment count is wrong",
    "5": "segments are in error", "6": "the set identifier is missing or wrong",
    "7": "the control number is missing or wrong", "18": "the set does not belong in this group",
    "23": "the control number was used before", "I5": "segments do not follow the guide",
    "I6": "the guide is not supported",
}  # fmt: skip
GROUP_FAULTS = {
    "1": "this kind of group is not supported", "2": "the version is not supported",
    "3": "the trailer (GE) is missing", "4": "control numbers of header and trailer differ",
    "5": "the number of sets is wrong", "6": "the control number is wrong", "19": "the control number was used before",
}  # fmt: skip
INTERCHANGE_FAULTS = {
    "001": "control numbers of header and trailer differ", "002": "the standard is not supported",
    "003": "the version is not supported", "004": "the segment terminator is not valid",
    "005": "the sender's ID qualifier is not valid", "006": "the sender's ID is not valid",
    "007": "the receiver's ID qualifier is not valid", "008": "the receiver's ID is not valid",
    "009": "the receiver is not known", "018": "the control number is not valid",
    "020": "the usage indicator is not valid", "021": "the number of groups is wrong",
    "022": "the control structure is not valid", "023": "the file ends too early",
    "024": "the content is not valid", "025": "the control number was used before",
}  # fmt: skip


def in_words(code: str) -> str:
    """One code as people read it: "rejected: information is not valid: NPI (billing provider)"."""
    where, *parts = code.split(":")
    parts += [""] * 4
    if where == "STC":
        return _claim_status(*parts[:3])
    if where == "IK3":
        loop = f" of loop {parts[2]}" if parts[2] else ""
        return f"segment {parts[0]}{loop} (position {parts[1] or 'unknown'}) {_known(SEGMENT_FAULTS, parts[3])}"
    if where == "IK4":
        number = f" (data element {parts[1]})" if parts[1] else ""
        return f"element {parts[0]}{number} {_known(ELEMENT_FAULTS, parts[2])}"
    faults = {"IK5": SET_FAULTS, "AK9": GROUP_FAULTS, "TA1": INTERCHANGE_FAULTS}.get(where, {})
    return _known(faults, parts[0])


def _claim_status(category: str, status: str, entity: str) -> str:
    words = CATEGORIES.get(category.upper(), f"category {category}")
    about = CLAIM_STATUS.get(status.lstrip("0"), f"status {status}" if status else "")
    who = ENTITIES.get(entity.upper(), f"entity {entity}") if entity else ""
    return "".join([words, f": {about}" if about else "", f" ({who})" if who else ""])


def _known(words: Mapping[str, str], code: str) -> str:
    return words.get(code, f"code {code}" if code else "no code is given")
