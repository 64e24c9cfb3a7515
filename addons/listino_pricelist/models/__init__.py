from . import (
    listino_import,
    listino_import_apply,
    listino_import_column,
    listino_import_facts,
    listino_import_job,
    listino_import_line,
    listino_import_mapping,
    listino_import_preview,
    listino_import_progress,
    listino_import_reading,
    listino_import_words,
)
