// Which version of the till runs, and the taking over by a newer one.

/** The version that this page was made of. */
export const VERSION = /\/till\/v\/([^/]+)\//.exec(import.meta.url)?.[1] ?? "";

function told(worker, message) {
  return new Promise((resolve, reject) => {
    const { port1, port2 } = new MessageChannel();
    const late = setTimeout(() => reject(new Error("The service worker is silent.")), 5000);
    port1.onmessage = (event) => {
      clearTimeout(late);
      resolve(event.data);
    };
    worker.postMessage(message, [port2]);
  });
}

/** Installs the service worker, so that the till opens without a network. */
export async function install() {
  if (!navigator.serviceWorker) return;
  const scope = { scope: "/till/", updateViaCache: "none" };
  await navigator.serviceWorker.register("/till/sw.js", scope);
}

/** Looks whether the server has a newer version; resolves once it is whole here, and waits. */
export async function lookForNewer() {
  const registration = await navigator.serviceWorker?.getRegistration("/till/");
  await registration?.update().catch(() => {});
  const coming = registration?.installing;
  if (!coming) return;
  await new Promise((resolve) => {
    const look = () => ["activated", "redundant"].includes(coming.state) && resolve();
    coming.addEventListener("statechange", look);
    look();
  });
}

/** The version that is whole on the device and waits to take over, or null. */
export async function newerVersion() {
  const worker = navigator.serviceWorker?.controller;
  if (!worker) return null;
  const { newest } = await told(worker, { ask: "which" });
  return newest && newest !== VERSION ? newest : null;
}

/** Takes a newer version over, if one waits; call between shifts only. The page loads anew. */
export async function takeOver() {
  const newest = await newerVersion().catch(() => null);
  if (newest === null) return false;
  const message = { ask: "pin", version: newest };
  const { pinned } = await told(navigator.serviceWorker.controller, message);
  if (pinned !== newest) return false;
  location.reload();
  return true;
}
