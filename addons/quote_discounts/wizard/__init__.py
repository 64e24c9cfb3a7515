from . import quote_agreement_propose
