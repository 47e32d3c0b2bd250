"""Whether addresses that schools name open, when asked."""
