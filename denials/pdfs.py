"""Whether a PDF opens for whoever gets it, without a password; read by pypdf, and nothing in it is shown or run."""

from __future__ import annotations

import io

from pypdf import PdfReader
from pypdf.constants import UserAccessPermissions
from pypdf.errors import FileNotDecryptedError, PyPdfError

from accounts.refusal import Refused

DAMAGE = (PyPdfError, ValueError, TypeError, LookupError, AttributeError, ArithmeticError, OSError, RecursionError)
"""What the library raises for bytes that are no PDF any more."""


def must_open(content: bytes, called: str) -> None:
    """Raises Refused for a PDF that asks for a password, that is damaged, or that has no pages.

    One that only restricts what may be done with it opens for everybody: see `may_be_printed`.
    """
    try:
        pages = len(PdfReader(io.BytesIO(content)).pages)
    except (FileNotDecryptedError, NotImplementedError) as locked:  # the latter: a certificate instead of a password
        raise Refused(
            f"Nothing was saved: the {called} is locked with a password, so nobody at the payer could open it. Open it"
            " with the password, print it to a new PDF and bring that one, or ask whoever sent it for one without."
        ) from locked
    except DAMAGE as damage:
        raise Refused(
            f"Nothing was saved: the {called} is a PDF that is damaged or was cut off, and none of its pages can be"
            " read. If it opens on your computer, print it to a new PDF and bring that one; if not, scan it or ask for"
            " it again."
        ) from damage
    if not pages:
        raise Refused(f"Nothing was saved: the {called} is a PDF without any page. Scan it or ask for it again.")


def may_be_printed(content: bytes) -> bool:
    """Whether whoever made a PDF lets everybody print it. Asked of one that opens."""
    allowed = PdfReader(io.BytesIO(content)).user_access_permissions
    return allowed is None or UserAccessPermissions.PRINT in allowed
