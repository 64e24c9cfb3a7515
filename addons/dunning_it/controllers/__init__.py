from . import dunning_notice, dunning_paper
