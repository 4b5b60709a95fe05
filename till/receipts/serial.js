// A printer on a serial line, or on a cable or Bluetooth that looks like one (Web Serial).

import { notPrinted } from "./printer.js";

const CHUNK = 1024;
const BITS_A_BYTE = 10;
const PATIENCE_MS = 10_000;
const ANSWER_WITHIN_MS = 400;
const CLOSED_WITHIN_MS = 2000;
// "Transmit real-time status": the printer answers in a byte, in which these bits say what lacks.
const ASK_PAPER = [0x10, 0x04, 4];
const NO_PAPER = 0x60;
const ASK_COVER = [0x10, 0x04, 2];
const COVER_OPEN = 0x04;
// Bits that are the same in every such answer; anything else is not one.
const FIXED = 0x93;
const FIXED_ARE = 0x12;

/** Lets the clerk choose one; {usbVendorId, usbProductId}, both undefined for a plain line. */
export async function choose() {
  return (await navigator.serial.requestPort()).getInfo();
}

/** Sends the bytes at the chosen speed, and asks for paper and cover before and after. */
export async function send(bytes, { device: wanted, baud }) {
  const port = await found(wanted);
  await port.open({ baudRate: baud });
  try {
    await askForPaper(port);
    await write(port, bytes, baud);
    await askForPaper(port);
  } finally {
    // What is stuck on the line would keep it from closing.
    await Promise.race([port.close().catch(() => {}), pause(CLOSED_WITHIN_MS)]);
  }
}

/** Resolves when the last byte has left; a line on which nothing moves is given up. */
async function write(port, bytes, baud) {
  const writer = port.writable.getWriter();
  const wait = PATIENCE_MS + (CHUNK * BITS_A_BYTE * 1000) / baud;
  try {
    for (let at = 0; at < bytes.length; at += CHUNK) {
      await inTime(writer.write(bytes.slice(at, at + CHUNK)), wait);
    }
    await inTime(writer.close(), wait);
  } catch (error) {
    writer.abort().catch(() => {});
    throw error;
  } finally {
    writer.releaseLock();
  }
}

async function found(wanted) {
  if (!wanted) throw notPrinted("none");
  const ports = await navigator.serial.getPorts();
  const port = ports.find((one) => {
    const { usbVendorId, usbProductId } = one.getInfo();
    return usbVendorId === wanted.usbVendorId && usbProductId === wanted.usbProductId;
  });
  if (!port) throw notPrinted("off");
  return port;
}

/** Many lines bring no answer: only one that came and says so stops the print. */
async function askForPaper(port) {
  if (says(await answer(port, ASK_PAPER), NO_PAPER)) throw notPrinted("paper");
  if (says(await answer(port, ASK_COVER), COVER_OPEN)) throw notPrinted("cover");
}

function says(byte, bits) {
  return byte !== null && (byte & FIXED) === FIXED_ARE && (byte & bits) !== 0;
}

/** The byte that the printer answers, or null where none comes in time. */
async function answer(port, question) {
  const writer = port.writable.getWriter();
  await writer.write(Uint8Array.from(question)).finally(() => writer.releaseLock());
  const reader = port.readable.getReader();
  const timer = setTimeout(() => reader.cancel().catch(() => {}), ANSWER_WITHIN_MS);
  try {
    const { value } = await reader.read();
    return value?.length ? value[value.length - 1] : null;
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
    reader.releaseLock();
  }
}

async function inTime(promise, ms) {
  let timer;
  const late = new Promise((_resolve, reject) => {
    timer = setTimeout(() => reject(notPrinted("stuck")), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

function pause(ms) {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
