"""Personal data at the door: found by rules, masked once, before anything else sees a copy.

Children's names, phones, СНИЛС, birth dates, e-mails, documents and diagnoses do not belong in a
свод. ``shield.Shield`` masks them; what it covered is a finding. No file, no network, no clock.
"""
