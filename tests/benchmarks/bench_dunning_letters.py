"""Letters to customers who owe: ours drawn one by one, the OCA addon's printed one by one."""

import io

from pypdf import PdfReader

from .bench_dunning import (
    BESIDE,
    DUNNING,
    LINES_A_CUSTOMER,
    PEER,
    create_customers,
    create_open_lines,
    prepare_peer,
    run_control,
    scan,
)
from .framework import against, benchmark
from .measuring import measure

SUMMARY = "account_credit_control.report_credit_control_summary"


def letters_of(env):
    """A statement of each case, each a file of its own: how many files, and how many have a page at least."""
    files = [case._draw(case._prepare_statement())[1] for case in env["dunning.case"].search([])]
    return _count(files)


def summaries_of(env):
    """The peer's letters from its control lines: the same answer."""
    communications = env["credit.control.communication"]._generate_comm_from_credit_lines(
        env["credit.control.line"].search([])
    )
    print_one = env["ir.actions.report"].with_context(force_report_rendering=True)._render_qweb_pdf
    return _count([print_one(SUMMARY, communication.ids)[0] for communication in communications])


def _count(files):
    return len(files), sum(bool(PdfReader(io.BytesIO(file)).pages) for file in files)


@benchmark("dunning_letters", size=100, addons=DUNNING, beside=BESIDE, targets=["ratio >= 10"])
def dunning_letters(env, size, peer_env):
    """Letters drawn one by one."""
    lines = size * LINES_A_CUSTOMER
    for each in (env, peer_env):
        create_open_lines(each, create_customers(each, size), lines)
    prepare_peer(peer_env)
    scan(env)
    run_control(peer_env)
    ours = measure(env, lambda: letters_of(env))
    return against(ours, measure(peer_env, lambda: summaries_of(peer_env)), f"{PEER}, without styles", by="wall")
