from . import base_partner_merge, dunning_notice_event
