"""What the end of an attempt to hand a mail over says about whether it is on its way."""

import smtplib

RETRY, FAILED, UNCERTAIN = "retry", "failed", "uncertain"
MOST_ATTEMPTS = 5
FIRST_PAUSE = 10  # minutes

# Said before a byte of the mail had left.
_NEVER_ASKED = (AssertionError, UnicodeError, smtplib.SMTPNotSupportedError)


def judge(error):
    """What an error after the connection stood means.

    A server that answers has decided: with a code of 400 to 499 for now, with another for good. Where the line broke or
    the answer never came, nobody knows.

    :return: :data:`RETRY`, :data:`FAILED` or :data:`UNCERTAIN`

    >>> judge(smtplib.SMTPDataError(451, b"greylisted")), judge(smtplib.SMTPDataError(550, b"no such user"))
    ('retry', 'failed')
    >>> judge(smtplib.SMTPRecipientsRefused({"a@example.com": (450, b"later")}))
    'retry'
    >>> judge(smtplib.SMTPServerDisconnected("gone")), judge(TimeoutError())
    ('uncertain', 'uncertain')
    """
    for cause in _causes(error):
        if isinstance(cause, smtplib.SMTPServerDisconnected):
            return UNCERTAIN
        codes = _codes(cause)
        if codes:
            return RETRY if all(400 <= code < 500 for code in codes) else FAILED
        if isinstance(cause, _NEVER_ASKED):
            return FAILED
    return UNCERTAIN


def pause_after(attempts):
    """Minutes to wait after so many attempts; None: no more.

    >>> [pause_after(attempts) for attempts in range(1, 6)]
    [10, 20, 40, 80, None]
    """
    return FIRST_PAUSE * 2 ** (attempts - 1) if attempts < MOST_ATTEMPTS else None


def words_of(error):
    """The innermost words of an error, on one line.

    >>> words_of(smtplib.SMTPDataError(552, b"Message   too big")), words_of(TimeoutError())
    ('552 Message too big', 'TimeoutError')
    """
    inner = _causes(error)[-1]
    if isinstance(inner, smtplib.SMTPResponseException):
        answer = inner.smtp_error
        text = answer.decode(errors="replace") if isinstance(answer, bytes) else str(answer)
        return " ".join(f"{inner.smtp_code} {text}".split())
    return " ".join(str(inner).split()) or type(inner).__name__


def _causes(error):
    """The error and what it comes from, the outermost first."""
    chain = []
    while error is not None and error not in chain:
        chain.append(error)
        error = error.__cause__ or error.__context__
    return chain


def _codes(error):
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return [code for code, _words in error.recipients.values()]
    return [error.smtp_code] if isinstance(error, smtplib.SMTPResponseException) else []
