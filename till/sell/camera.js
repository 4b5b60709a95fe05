// Codes read by the camera: by the browser's own reader where it has one, else by zxing in a
// worker, which is fetched only then.

const FORMATS = ["ean_13", "qr_code"];
const EVERY_MS = 120;

/** Whether this device may have a camera. */
export function hasCamera() {
  return Boolean(navigator.mediaDevices?.getUserMedia);
}

/** A reader of pictures: `.read(source)` gives the text of a code, or null; `.close()` ends it. */
export async function readerOfCodes() {
  const known = await globalThis.BarcodeDetector?.getSupportedFormats?.().catch(() => []);
  return FORMATS.every((format) => known?.includes(format)) ? new OwnReader() : new WorkerReader();
}

class OwnReader {
  #detector = new BarcodeDetector({ formats: FORMATS });

  async read(source) {
    const [found] = await this.#detector.detect(source);
    return found?.rawValue ?? null;
  }

  close() {}
}

/** The fallback; `read` takes a video, a canvas or a bitmap. */
export class WorkerReader {
  #worker = new Worker(new URL("camera.worker.js", import.meta.url));
  #canvas = document.createElement("canvas");
  #waits = [];

  constructor() {
    this.#worker.addEventListener("message", ({ data }) => {
      const { resolve, reject } = this.#waits.shift();
      if (data.error) reject(new Error(data.error));
      else resolve(data.text);
    });
    this.#worker.addEventListener("error", (event) => {
      for (const { reject } of this.#waits.splice(0)) reject(new Error(event.message));
    });
  }

  read(source) {
    const width = source.videoWidth ?? source.width;
    const height = source.videoHeight ?? source.height;
    if (!width || !height) return Promise.resolve(null);
    Object.assign(this.#canvas, { width, height });
    const pen = this.#canvas.getContext("2d", { willReadFrequently: true });
    pen.drawImage(source, 0, 0);
    const { data } = pen.getImageData(0, 0, width, height);
    return new Promise((resolve, reject) => {
      this.#waits.push({ resolve, reject });
      this.#worker.postMessage({ data, width, height }, [data.buffer]);
    });
  }

  close() {
    this.#worker.terminate();
  }
}

/** Looks at a video until a code is in it; resolves with its text, or null once `isOver()`. */
export async function firstCode(video, reader, isOver) {
  while (!isOver()) {
    const code = video.readyState >= 2 ? await reader.read(video) : null;
    if (code) return code;
    await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
  }
  return null;
}
