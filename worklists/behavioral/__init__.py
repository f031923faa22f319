"""The behavioral health checklist: what somebody found in the record, and what a letter may claim of it."""
