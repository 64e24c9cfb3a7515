"""Terms to translate stand where Odoo's export finds them."""

import ast

from ground import paths


def test_no_term_is_hidden_in_an_f_string():
    files = [file for file in sorted(paths.ADDONS.rglob("*.py")) if "tests" not in file.relative_to(paths.ADDONS).parts]
    hidden = [
        f"{file.relative_to(paths.ADDONS)}:{call.lineno}"
        for file in files
        for words in ast.walk(ast.parse(file.read_text()))
        if isinstance(words, ast.JoinedStr)
        for call in ast.walk(words)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "_"
    ]
    assert not hidden, hidden
