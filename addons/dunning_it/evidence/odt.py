"""A petition as an OpenDocument text: what word processors open, Word too, and a person goes on with."""

import re
from xml.sax.saxutils import escape

from .archive import write_zip

MIMETYPE = "application/vnd.oasis.opendocument.text"
_NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.3"'
)
_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_STYLES = {  # name: attributes of the paragraph, of its letters
    "Court": ('fo:text-align="center" fo:margin-bottom="0.2cm"', 'fo:font-weight="bold"'),
    "Head": (
        'fo:text-align="center" fo:margin="0.5cm 0cm 0.3cm 0cm" fo:keep-with-next="always"',
        'fo:font-weight="bold"',
    ),
    "Body": ('fo:text-align="justify" fo:margin-bottom="0.25cm"', ""),
    "Item": ('fo:text-align="justify" fo:margin-left="1cm" fo:text-indent="-1cm" fo:margin-bottom="0.2cm"', ""),
    "Sign": ('fo:margin-left="9cm" fo:margin-top="0.6cm" fo:keep-together="always"', ""),
    "Mark": ('fo:text-align="center"', 'fo:color="#b00020" fo:font-weight="bold"'),
}
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_GAP = re.compile(r"\[… [^\]]*\]")
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # in XML 1.0


def write_odt(petition):
    """The file of a petition, the same bytes for the same words.

    :param ..paper.kinds.Petition petition: what it says
    """
    entries = [
        ("mimetype", MIMETYPE.encode()),
        ("META-INF/manifest.xml", _manifest().encode()),
        ("meta.xml", _meta(petition).encode()),
        ("styles.xml", _styles(petition).encode()),
        ("content.xml", _content(petition).encode()),
    ]
    return write_zip(entries, stored=("mimetype",))


def _content(petition):
    paragraphs = "".join(_paragraph(*each) for each in _tell(petition))
    automatic = (
        '<office:automatic-styles><style:style style:name="Bold" style:family="text"><style:text-properties '
        'fo:font-weight="bold"/></style:style><style:style style:name="Gap" style:family="text">'
        '<style:text-properties fo:background-color="#fff200"/></style:style></office:automatic-styles>'
    )
    return (
        f"{_XML}<office:document-content {_NAMES}>{automatic}<office:body><office:text>{paragraphs}</office:text>"
        "</office:body></office:document-content>"
    )


def _tell(petition):
    """Pairs of a style and a text, from top to bottom."""
    for line in petition.heading:
        yield "Court", line
    number = 0
    for section in petition.sections:
        if section.heading:
            yield "Head", section.heading
        for text in section.paragraphs:
            if section.numbered:
                number += 1
                yield "Item", f"{number}.\t{text}"
            else:
                yield "Body", text
    if petition.attachments:
        yield "Head", petition.labels.attachments
        for name in petition.attachments:
            yield "Item", name
    if petition.place_date:
        yield "Body", petition.place_date
    if petition.signature:
        yield "Sign", f"{petition.signature.name}\n{petition.signature.role}".strip()


def _paragraph(style, text):
    return f'<text:p text:style-name="{style}">{_rich(text)}</text:p>'


def _rich(text):
    """Escaped, with bold words, marked gaps, tabs and line breaks.

    >>> _rich("**A & B** owes [… data]")
    '<text:span text:style-name="Bold">A &amp; B</text:span> owes <text:span text:style-name="Gap">[… data]</text:span>'
    """
    text = escape(_FORBIDDEN.sub("", text))
    text = _BOLD.sub(r'<text:span text:style-name="Bold">\1</text:span>', text)
    text = _GAP.sub(r'<text:span text:style-name="Gap">\g<0></text:span>', text)
    return text.replace("\t", "<text:tab/>").replace("\n", "<text:line-break/>")


def _styles(petition):
    styles = "".join(
        f'<style:style style:name="{name}" style:family="paragraph" style:parent-style-name="Standard">'
        f"<style:paragraph-properties {paragraph}/><style:text-properties {letters}/></style:style>"
        for name, (paragraph, letters) in _STYLES.items()
    )
    language, country = petition.language, petition.language.upper()
    return (
        f"{_XML}<office:document-styles {_NAMES}><office:styles>"
        '<style:default-style style:family="paragraph"><style:text-properties fo:font-family="Liberation Serif, Times" '
        f'fo:font-size="12pt" fo:language="{language}" fo:country="{country}"/></style:default-style>'
        f'<style:style style:name="Standard" style:family="paragraph"/>{styles}</office:styles>'
        '<office:automatic-styles><style:page-layout style:name="A4"><style:page-layout-properties '
        'fo:page-width="21cm" fo:page-height="29.7cm" fo:margin="2.5cm"/><style:header-style><style:header-footer-'
        'properties fo:margin-bottom="0.5cm"/></style:header-style></style:page-layout></office:automatic-styles>'
        '<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="A4">'
        f"<style:header>{_paragraph('Mark', petition.watermark)}</style:header>"
        f'<style:footer><text:p text:style-name="Mark"><text:page-number/></text:p></style:footer>'
        "</style:master-page></office:master-styles></office:document-styles>"
    )


def _meta(petition):
    title = escape(_FORBIDDEN.sub("", petition.title))
    return (
        f"{_XML}<office:document-meta {_NAMES}><office:meta><dc:title>{title}</dc:title></office:meta>"
        "</office:document-meta>"
    )


def _manifest():
    parts = "".join(
        f'<manifest:file-entry manifest:full-path="{name}.xml" manifest:media-type="text/xml"/>'
        for name in ("content", "styles", "meta")
    )
    return (
        f'{_XML}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" '
        f'manifest:version="1.3"><manifest:file-entry manifest:full-path="/" manifest:media-type="{MIMETYPE}"/>'
        f"{parts}</manifest:manifest>"
    )
