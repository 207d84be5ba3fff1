"""Tests of papers.yaml and of looking papers up."""
