"""Codes read by the fallback, in its worker, under the policy that the server gives it."""

import pytest
from playwright.sync_api import expect

from tests.till.sell.conftest import Counter

pytestmark = pytest.mark.browser

# Draws a code as a camera would see it: upright, blurred a little, on a grey table.
READ = """async (texts) => {
  const version = document.documentElement.dataset.version;
  const load = (name) => import(`/till/v/${version}/${name}`);
  const { barcodeModules, qrModules } = await load("receipts/codes.js");
  const { WorkerReader } = await load("sell/camera.js");
  const reader = new WorkerReader();
  const found = [];
  for (const text of texts) {
    const canvas = document.createElement("canvas");
    Object.assign(canvas, { width: 640, height: 480 });
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#888888";
    pen.fillRect(0, 0, 640, 480);
    pen.fillStyle = "#f4f4f4";
    pen.fillRect(100, 60, 440, 360);
    pen.filter = "blur(0.7px)";
    pen.fillStyle = "#202020";
    if (/^[0-9]{13}$/.test(text)) {
      barcodeModules(text).forEach((dark, at) => dark && pen.fillRect(160 + at * 3, 140, 3, 200));
    } else if (text) {
      const code = qrModules(text);
      for (let y = 0; y < code.size; y += 1) {
        for (let x = 0; x < code.size; x += 1) {
          if (code.get(x, y)) pen.fillRect(160 + x * 5, 120 + y * 5, 5, 5);
        }
      }
    }
    found.push(await reader.read(canvas));
  }
  reader.close();
  return found;
}"""


def test_the_fallback_reads_labels_and_receipts(counter: Counter) -> None:
    texts = [counter.goods[0]["label"], "AYIL1:AbC-_09", ""]
    assert counter.page.evaluate(READ, texts) == [*texts[:2], None]


def test_without_a_camera_it_is_said(counter: Counter) -> None:
    counter.button("Scan with the camera").click()
    expect(counter.said).to_contain_text("There is no camera to be opened")
    # The fallback's megabyte was not fetched for that.
    fetched = counter.page.evaluate(
        "performance.getEntriesByType('resource').map((one) => one.name)"
    )
    assert not [one for one in fetched if "zxing" in one]
