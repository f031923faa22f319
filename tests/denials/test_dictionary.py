import pytest
from django.db.models import QuerySet

from denials import dictionary
from denials.codes import shipped_dictionary
from denials.models import Code, CodeHandling, Denial

pytestmark = pytest.mark.django_db


def handling_of(carc: str) -> QuerySet[CodeHandling]:
    """By key: a subquery over tables that were only just filled has no statistics to be planned by."""
    return CodeHandling.objects.filter(code=Code.objects.get(system="CARC", code=carc).pk)


def test_the_loaded_dictionary_says_what_the_shipped_lists_say() -> None:
    dictionary.load()

    loaded, shipped = dictionary.current(), shipped_dictionary()

    assert loaded.carcs == shipped.carcs
    assert loaded.rarcs == shipped.rarcs
    assert loaded.groups == shipped.groups
    assert loaded.statuses == shipped.statuses
    assert loaded.categories == shipped.categories
    assert loaded.readings == shipped.readings


def test_loading_again_keeps_what_a_person_edited_and_changes_nothing_else() -> None:
    dictionary.load()
    handling_of("197").update(owner_team="billing", is_edited=True, version=2)
    before = dictionary.stamp()

    dictionary.load()

    assert dictionary.stamp() == before
    assert dictionary.current().carc("197").owner_team == "billing"


def test_an_edit_changes_the_version_and_what_is_read() -> None:
    dictionary.load()
    before = dictionary.current()
    handling_of("197").update(category="registration", version=2)

    after = dictionary.current()

    assert after.version != before.version
    assert (before.carc("197").category, after.carc("197").category) == ("authorization", "registration")


def test_the_version_stays_short_enough_to_be_kept_after_any_number_of_edits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dictionary, "last_changes", lambda *models: (2**63,) * 2 * len(models))

    longest = Denial._meta.get_field("dictionary_version").max_length or 0
    assert len(dictionary.stamp()) <= longest


def test_a_record_that_a_later_list_rewords_follows_the_list() -> None:
    dictionary.load()
    Code.objects.filter(system="CARC", code="50").update(title="Old wording")

    dictionary.load()

    assert Code.objects.get(system="CARC", code="50").title == shipped_dictionary().carc("50").title
