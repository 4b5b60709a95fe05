// The fallback for browsers that cannot read codes themselves. A classic worker, and the only
// place of the till that may compile WebAssembly.

const FOLDER = new URL("../libraries/zxing/", self.location.href);
importScripts(new URL("reader.js", FOLDER).href);

const zxing = self.ZXingWASM;
zxing.prepareZXingModule({
  overrides: { locateFile: (name) => new URL(name, FOLDER).href },
});
const OPTIONS = { formats: ["EAN-13", "QRCode"], tryHarder: true, maxNumberOfSymbols: 1 };

self.addEventListener("message", async ({ data: { data, width, height } }) => {
  try {
    const [found] = await zxing.readBarcodes(new ImageData(data, width, height), OPTIONS);
    self.postMessage({ text: found?.isValid ? found.text : null });
  } catch (error) {
    self.postMessage({ error: String(error?.message ?? error) });
  }
});
