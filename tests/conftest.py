"""Shared by all tests. Its being here lets tests import the helpers of this folder by name."""
