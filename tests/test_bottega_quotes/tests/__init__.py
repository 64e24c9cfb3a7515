from . import test_quote_payment, test_quote_rewards
