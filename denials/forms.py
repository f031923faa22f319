"""What people may send about remittances, payers and codes."""

from __future__ import annotations

from django import forms


class UploadForm(forms.Form):
    file = forms.FileField(
        label="Remittance file (835) or acknowledgment (999, 277CA)",
        help_text="As the payer or the clearinghouse sent it.",
    )


class DecisionForm(forms.Form):
    """Whether a held payment goes on, and why."""

    decision = forms.ChoiceField(
        label="What to do with it",
        choices=[("release", "Record it as it is and make work of it"), ("set_aside", "Set it aside: no work")],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label="Reason", max_length=300)
