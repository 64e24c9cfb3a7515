from . import test_steps, test_cascade
from . import test_limit_rules, test_limits, test_limit_references, test_limit_rights
from . import test_approval
from . import test_approval_comparison
from . import test_approval_deadline
from . import test_approval_delegation
from . import test_approval_page
from . import test_gate_edits
from . import test_gate_mail
from . import test_gate_portal
from . import test_gate_server_fields
from . import test_gate_states
from . import test_distribution, test_header, test_reachable
from . import test_agreement_rules
from . import test_promotion
from . import test_agreement
from . import test_agreement_rights
from . import test_cascade, test_einvoice, test_fatturapa, test_free_goods, test_invoice, test_steps
from . import test_quick_quote
from . import test_reply_clock
from . import test_scoping
from . import test_quick_tour
from . import test_cascade, test_evidence, test_paper, test_portal, test_steps
