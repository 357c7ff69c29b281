"""Small words of all languages count for nothing where names and titles are compared; other single letters do."""

import pytest

from refaudit.resolve.match.container_names import content_words
from refaudit.resolve.match.language import in_english, other_language
from refaudit.words.stop_words import ENGLISH, OTHER, STOP_WORDS


@pytest.mark.parametrize("language", STOP_WORDS)
def test_an_abbreviation_leaves_them_out(language):
    for word in (word for word in STOP_WORDS[language] if len(word) > 1):
        assert content_words(f"Acta {word} Soils") == ("acta", "soils"), word


def test_a_letter_names_a_section():
    assert [content_words(f"Physica {letter}") for letter in "DVS"] == [("physica", "d"), ("physica", "v"), ("physica", "s")]


def test_no_word_is_of_english_and_of_another_language():
    assert not ENGLISH & OTHER


def test_the_language_of_a_title():
    assert [in_english(title) for title in ("Rain and the soil", "Regen und der Boden", "No more rain for the soil")] == [
        True,
        False,
        True,
    ]
    assert other_language("Rain on the soil", "Regen auf dem Boden")
    assert not other_language("Rain on the soil", "Rain, soil per se, and the sea")
