"""Word processors: DOCX and OpenDocument texts, whose places are paragraphs."""
