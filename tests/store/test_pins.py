"""PIN hashes: slow to guess, useless to whoever reads them."""

from queueapp.store.pins import Argon2Hasher


def test_a_hash_matches_its_pin_only_and_does_not_tell_it() -> None:
    hasher = Argon2Hasher()
    kept = hasher.hash("4321")
    assert kept.startswith("$argon2id$")
    assert "4321" not in kept
    assert hasher.matches(kept, "4321")
    assert not hasher.matches(kept, "1234")
    assert hasher.hash("4321") != kept


def test_a_hash_that_is_none_matches_nothing() -> None:
    assert not Argon2Hasher().matches("not a hash", "4321")
