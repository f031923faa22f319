"""The places that a letter knows, by who fills them: the record, what is chosen beside the letter, or a person.

What is chosen beside the letter (date, signer, enclosures) stays a place in the text until the letter is sent, so that
a later choice is never at odds with the text.
"""

FROM_THE_RECORD = {
    "practice_name": "Name of the facility that billed",
    "practice_address": "Its address",
    "practice_phone": "Its phone number",
    "practice_npi": "Its NPI",
    "practice_tax_id": "Its tax ID",
    "payer_name": "Name of the payer",
    "payer_appeal_address": "The payer's address for appeals",
    "payer_appeal_fax": "The payer's fax number for appeals",
    "payer_portal": "The payer's portal",
    "claim_number": "Our claim number",
    "payer_claim_number": "The payer's claim number (CLP07)",
    "patient_name": "Name of the patient",
    "member_id": "Member ID",
    "date_of_service": "Date or dates of service",
    "charge_amount": "Amount charged",
    "paid_amount": "Amount paid",
    "denied_amount": "Amount denied",
    "denial_date": "Date of the remittance",
    "remit_trace": "Check or EFT trace number",
    "reason_code": "Group and reason code, such as CO-197",
    "reason_meaning": "What the reason code means",
    "remark_codes": "Remark codes",
    "remark_meanings": "What the remark codes mean",
    "procedure_codes": "Procedure codes of the denied lines",
    "appeal_level": "Level of the appeal",
    "deadline": "Last day to appeal",
}
TYPED_BY_A_PERSON = {
    "approval_number": "Number of the authorization",
    "approval_date": "Date of the authorization",
    "first_submission_date": "Day on which the claim was first accepted, filled from the payer's 277CA on record",
    "acceptance_proof": "What proves the acceptance, filled from the payer's 277CA on record",
    "clinical_reason": "Why the service was needed, from the record",
    "record_pages": "Pages of the record that show it",
    "plan_date": "Date of the treatment plan",
    "session_minutes": "Minutes documented for the session",
    "study_name": "Name of the imaging study",
    "attachment_date": "Day on which documents were first sent",
    "attachment_control_number": "Control number of the attachment",
    "contract_clause": "Clause of the contract, with its date",
    "expected_allowed": "Amount that the contract allows",
    "coding_reference": "Edit or coding reference that supports the code",
    "coverage_dates": "Dates of coverage as verified",
    "other_payer_decision": "Decision of the other payer, with its date",
    "original_claim": "Claim that the payer takes this one to repeat",
    "difference": "What is different from that claim",
}
SET_BESIDE = {
    "letter_date": "Date of the letter",
    "enclosures": "List of enclosures",
    "signer_name": "Name of the person who signs",
    "signer_title": "Title of the person who signs",
    "signer_phone": "Phone number of the person who signs",
}
PLACES = FROM_THE_RECORD | SET_BESIDE | TYPED_BY_A_PERSON
IN_ADVICE = {
    "acceptance_date": "Day on which the claim was first accepted",
    "diagnosis_codes": "Diagnosis codes of the claim",
    "eligibility_date": "Day of the eligibility response",
    "eligibility_trace": "Trace number of the eligibility response",
    "original_claim_number": "Number of the original claim",
    "other_claim_number": "Number of the other claim",
    "payer_position": "What the payer says is wrong",
    "primary_remit_trace": "Trace number of the first payer's remittance",
}
"""Places that playbooks name in what a letter should say; templates do not know them."""
WORDS = PLACES | IN_ADVICE
NAMES = {words.lower(): name for name, words in WORDS.items()}


def words_of(place: str) -> str:
    """What belongs there, in words; a name that nobody explained is at least read as words."""
    return WORDS.get(place) or place.replace("_", " ")


def name_of(words: str) -> str:
    """The place that these words are about."""
    return NAMES.get(words.lower()) or words.replace(" ", "_")
