"""Benchmarks: ours and the peer's way on the same data in the same run, run by ``./setup/bench``.

A benchmark lives in a module ``bench_<subject>.py`` of this package::

    @benchmark("listino_chain_depth1", size=10_000, addons=["listino_pricelist"], targets=["ratio >= 20"])
    def chain_depth1(env, size):
        products, price_list = make_catalogue(env, size)
        ours = measure(env, lambda: our_prices(price_list, products))
        core = measure(env, lambda: cores_prices(price_list, products))
        return against(ours, core, "Odoo core")

It runs in a process and on a database of its own, with only the named addons (and what they need) installed. With
``beside=[...]`` there is a second database with those addons alone; the function takes its environment as ``peer_env``.
"""
