"""What the campaign does in Google: forms made there, copies read from there, the свод shown there."""
