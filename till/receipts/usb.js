// A printer on a USB cable (WebUSB): found again by its maker, model and number.

import { notPrinted } from "./printer.js";

const PRINTER_CLASS = 7;
const OWN_CLASS = 255;
const CHUNK = 4096;
const STUCK_AFTER_MS = 15_000;
const GET_PORT_STATUS = 1;
const NO_PAPER = 0x20;

/** Lets the clerk choose one; {vendorId, productId, serialNumber, name}. */
export async function choose() {
  const filters = [{ classCode: PRINTER_CLASS }, { classCode: OWN_CLASS }];
  const { vendorId, productId, serialNumber, productName } =
    await navigator.usb.requestDevice({ filters });
  return { vendorId, productId, serialNumber, name: productName ?? "" };
}

/** Sends the bytes to the remembered printer, and asks it for its paper before and after. */
export async function send(bytes, { device: wanted }) {
  const device = await found(wanted);
  await device.open();
  try {
    if (!device.configuration) await device.selectConfiguration(1);
    const { number, alternate, out } = way(device);
    await device.claimInterface(number);
    if (alternate) await device.selectAlternateInterface(number, alternate);
    await askForPaper(device, number);
    for (let at = 0; at < bytes.length; at += CHUNK) {
      await inTime(device.transferOut(out, bytes.slice(at, at + CHUNK)));
    }
    await askForPaper(device, number);
  } finally {
    await device.close().catch(() => {});
  }
}

async function found(wanted) {
  if (!wanted) throw notPrinted("none");
  const devices = await navigator.usb.getDevices();
  const device = devices.find((one) => one.vendorId === wanted.vendorId
    && one.productId === wanted.productId && one.serialNumber === wanted.serialNumber);
  if (!device) throw notPrinted("off");
  return device;
}

/** The way in: an interface with an end point that takes data, a printer's own if there is one. */
function way(device) {
  const ways = device.configuration.interfaces.flatMap(({ interfaceNumber, alternates }) =>
    alternates.map((one) => ({
      number: interfaceNumber,
      alternate: one.alternateSetting,
      isPrinter: one.interfaceClass === PRINTER_CLASS,
      out: one.endpoints.find(({ direction, type }) => direction === "out" && type === "bulk")
        ?.endpointNumber,
    })));
  const open = ways.filter(({ out }) => out !== undefined);
  const chosen = open.find(({ isPrinter }) => isPrinter) ?? open[0];
  if (!chosen) throw notPrinted("off");
  return chosen;
}

/** The USB printers' own question; a printer that does not know it has answered enough. */
async function askForPaper(device, number) {
  let answer;
  try {
    answer = await inTime(device.controlTransferIn({
      requestType: "class", recipient: "interface", request: GET_PORT_STATUS, value: 0,
      index: number,
    }, 1));
  } catch {
    return;
  }
  if (answer.status === "ok" && answer.data?.byteLength && answer.data.getUint8(0) & NO_PAPER) {
    throw notPrinted("paper");
  }
}

async function inTime(promise) {
  let timer;
  const late = new Promise((_resolve, reject) => {
    timer = setTimeout(() => reject(notPrinted("stuck")), STUCK_AFTER_MS);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
