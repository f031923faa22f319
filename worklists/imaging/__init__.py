"""Imaging beside the claim: what happened to the study on its way to the payer, and which interface fails how often."""
