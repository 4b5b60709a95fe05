"""What a till seals, the server opens, and nobody else."""

from base64 import b64decode, b64encode

import pytest

from ayil.shop.sealing import open_sealed, public_key_spki
from tests.shop.sealing import lay_key
from tests.till.conftest import Modules

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


def test_a_pin_is_opened_by_the_server(modules: Modules) -> None:
    lay_key()
    key = b64encode(public_key_spki()).decode()
    body = "return [await m.seal(...given), await m.seal(...given)];"
    one, other = modules.run("kit/sealed.js", body, "482617", "uid-ң", "0a" * 16, key)
    assert open_sealed(b64decode(one)).decode() == "482617\nuid-ң\n" + "0a" * 16
    assert one != other  # the same PIN twice looks like two different ones


def test_a_box_of_an_export_is_opened_by_the_server(modules: Modules) -> None:
    """The same key wraps the file's own, as till/log/export.js does it."""
    import gzip
    import json

    from ayil.shop.sealing import open_box

    lay_key()
    key = b64encode(public_key_spki()).decode()
    body = "return m.exported('karakol-1', given[0], given[1]);"
    file = json.loads(modules.run("log/export.js", body, ['{"seq":1}', '{"seq":2}'], key))
    box = open_box(*(b64decode(file[name]) for name in ("key", "iv", "body")))
    assert json.loads(gzip.decompress(box)) == {"events": [{"seq": 1}, {"seq": 2}]}
