"""Order files become neutral documents: txt, docx, pdf, xlsx and ods, one module a format."""
