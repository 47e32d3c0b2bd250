"""Values become documents: Word files from templates an office may restyle, charts, e-mail messages."""
