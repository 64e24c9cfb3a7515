"""Odoo's command line. A file of its own, since a server with workers starts its websocket process by ``argv[0]``."""

from odoo.cli import main

if __name__ == "__main__":
    main()
