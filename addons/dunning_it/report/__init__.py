from . import dunning_month, dunning_report
