"""A submission becomes findings: one module a family of rules, a readable list of rules."""
