"""A hasher that counts its work: a door must cost the same whoever is named at it."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class CountingArgon2(Argon2PasswordHasher):
    """Argon2 as ever; every hash that was computed leaves its password in `hashed`."""

    hashed: list[str] = []

    def encode(self, password: str, salt: str) -> str:
        self.hashed.append(password)
        return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        self.hashed.append(password)
        return super().verify(password, encoded)


COUNTING = [f"{__name__}.CountingArgon2"]
