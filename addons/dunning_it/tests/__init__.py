from . import (
    test_paper_figures,
    test_paper_letters,
    test_paper_pages,
)
