"""Which letter templates are for a code."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from django.urls import reverse

from accounts.models import User
from appeals.models import LetterTemplate
from denials import code_uses
from denials.code_uses import CodeName, Use, Uses


def templates_for(codes: Collection[CodeName], user: User) -> Uses:
    """Templates in use that name a code. A template does not say of which list it is: both lists share no code."""
    by_code = {code: (system, code) for system, code in codes}
    found: dict[CodeName, list[Use]] = defaultdict(list)
    for template in LetterTemplate.objects.filter(is_active=True, codes__overlap=list(by_code)):
        address = reverse("letter_templates") if user.may_manage else ""
        for code in by_code.keys() & set(template.codes):
            found[by_code[code]].append(Use(f"Letter template: {template.name}", address))
    return found


def listen() -> None:
    code_uses.register("letter templates", templates_for)
