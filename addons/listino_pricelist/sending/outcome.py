"""What the end of an attempt to hand a mail over says about whether it is on its way."""

import smtplib

# The server has answered, and the answer was no; or it was never asked.
_REFUSALS = (
    smtplib.SMTPResponseException,
    smtplib.SMTPRecipientsRefused,
    smtplib.SMTPNotSupportedError,
    AssertionError,  # how Odoo says that sender or recipient is no address
    UnicodeError,
)
_DEEPEST = 20


def causes(error):
    """The error and what it comes from, the outermost first.

    >>> try:
    ...     try: 1 / 0
    ...     except ZeroDivisionError: raise ValueError("wrapped")
    ... except ValueError as error: [type(cause).__name__ for cause in causes(error)]
    ['ValueError', 'ZeroDivisionError']
    """
    chain = []
    while error is not None and error not in chain and len(chain) < _DEEPEST:
        chain.append(error)
        error = error.__cause__ or error.__context__
    return chain


def is_refusal(error):
    """Whether the mail is for certain not on its way: False where the connection broke or the answer never came.

    >>> is_refusal(smtplib.SMTPDataError(552, b"too big")), is_refusal(smtplib.SMTPRecipientsRefused({}))
    (True, True)
    >>> is_refusal(smtplib.SMTPServerDisconnected("gone")), is_refusal(TimeoutError())
    (False, False)
    """
    return any(isinstance(cause, _REFUSALS) for cause in causes(error))


def words_of(error):
    """The innermost words of an error, on one line, for a person to read.

    >>> words_of(smtplib.SMTPDataError(552, b"Message   too big")), words_of(TimeoutError())
    ('552 Message too big', 'TimeoutError')
    """
    inner = causes(error)[-1]
    if isinstance(inner, smtplib.SMTPResponseException):
        answer = inner.smtp_error
        text = answer.decode(errors="replace") if isinstance(answer, bytes) else str(answer)
        return " ".join(f"{inner.smtp_code} {text}".split())
    return " ".join(str(inner).split()) or type(inner).__name__


def is_passing(error):
    """Whether the server has refused for now, with a code of 400 to 499, as when it sees a sender for the first time.

    >>> is_passing(smtplib.SMTPDataError(451, b"greylisted")), is_passing(smtplib.SMTPDataError(550, b"no such user"))
    (True, False)
    >>> is_passing(smtplib.SMTPRecipientsRefused({"a@example.com": (450, b"later")}))
    True
    """
    codes = []
    for cause in causes(error):
        if isinstance(cause, smtplib.SMTPRecipientsRefused):
            codes += [code for code, _words in cause.recipients.values()]
        elif isinstance(cause, smtplib.SMTPResponseException):
            codes.append(cause.smtp_code)
    return bool(codes) and all(400 <= code < 500 for code in codes)
