"""Price lists online: what a page of a long list costs, the first one, a search, and one of a frozen revision."""

from .bench_listino import LISTINO, create_document
from .catalogue import create_chain, create_products
from .framework import alone, benchmark
from .measuring import measure


def _create_share(env, size, **values):
    """A link to a list of so many products, priced through a chain of four lists."""
    products = create_products(env, size)
    document = create_document(env, create_chain(env, products, depth=4))
    return env["listino.share"].create({"document_id": document.id, **values})


def _serve(env, share, **query):
    """The number of rows of a page, from the token to the last byte of its HTML; all is read anew, as for a request."""
    from odoo.http import Response

    from odoo.addons.http_routing.tests.common import MockRequest
    from odoo.addons.listino_pricelist.controllers.link import ListinoLink

    def render(template, values):
        pages.append(str(request.env["ir.ui.view"]._render_template(template, values)))
        return Response(pages[-1])

    pages = []
    with MockRequest(env(user=env.ref("base.public_user")), multilang=False) as request:
        request.render = render
        request.httprequest.method = "GET"
        ListinoLink().listino_link(share._get_path().rpartition("/")[2], **query)
    return pages[0].count('class="o_listino_row"')


def _measure_page(env, share, **query):
    return alone(
        measure(env, lambda: _serve(env, share, **query), warm_up=lambda: _serve(env, share, search="nothing")),
        by="wall",
    )


@benchmark("listino_portal_page", size=10_000, addons=LISTINO, targets=["ours <= 0.5", "queries_ours <= 80"])
def portal_page(env, size):
    """First page of a list online, four chained lists."""
    return _measure_page(env, _create_share(env, size))


@benchmark("listino_portal_search", size=10_000, addons=LISTINO, targets=["ours <= 0.5", "queries_ours <= 80"])
def portal_search(env, size):
    """A search on it."""
    return _measure_page(env, _create_share(env, size), search="1")


@benchmark("listino_portal_revision", size=10_000, addons=LISTINO, targets=["ours <= 0.5", "queries_ours <= 80"])
def portal_revision(env, size):
    """The page of a frozen revision."""
    share = _create_share(env, size)
    publication = share.document_id._publish("Benchmark")
    share = env["listino.share"].create({"document_id": share.document_id.id, "publication_id": publication.id})
    return _measure_page(env, share)
