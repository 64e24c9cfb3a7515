"""Whether a file can be a signed letter. Whose signature it is, and whether it holds, a person checks."""

_P7M_OBJECT = bytes.fromhex("06092a864886f70d010702")  # the object identifier of PKCS#7 signed data
_HEADS = (b"%PDF-", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")


def is_signed(content, signing):
    """Whether a file looks like what a kind of signature leaves behind.

    :param bytes content: the file
    :param str signing: ``digital``: a PDF with a signature in it (PAdES) or a .p7m (CAdES); ``ink``: a scan

    >>> is_signed(b"%PDF-1.7 /Type /Sig /ByteRange [0 1 2 3]", "digital"), is_signed(b"%PDF-1.7", "digital")
    (True, False)
    >>> is_signed(b"%PDF-1.7 a scan", "ink"), is_signed(b"plain text", "ink"), is_signed(b"", "ink")
    (True, False, False)
    """
    if signing == "ink":
        return content.startswith(_HEADS)
    if content.startswith(b"%PDF-"):
        return b"/ByteRange" in content and b"/Sig" in content
    return content.startswith(b"0") and _P7M_OBJECT in content[:64]
