"""Lightweight markup: Markdown and its families, notebooks, Typst, and the configuration of their projects."""
