from . import dunning_notice, dunning_paper, open_items_link, open_items_portal
