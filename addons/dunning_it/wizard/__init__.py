from . import dunning_notice_event
