"""What this computer has for the buttons: office programs, their trust, Python; and setting it right.

``gather`` asks the computer, ``diagnose`` judges what it answered, ``install`` puts things in place,
``shortcuts`` makes the file that does a button's job where no button works.
"""
