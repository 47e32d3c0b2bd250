"""Submissions and what the coordinator wrote become the consolidation: merge, rates, ledger."""
