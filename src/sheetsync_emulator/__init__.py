"""A small stand-in for Google Sheets v4 and Drive v3, for trials and tests without a network. Not Google."""
