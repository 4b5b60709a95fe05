// The first step: on a device that has no till yet, the whole programme comes in one piece before
// the rest is asked for, file by file. Where that is not to be had, the files come one by one.

const WHOLE_WITHIN_MS = 180 * 1000;

/** Resolves once the service worker gives out the till's files, or when it is given up. */
async function whole() {
  const workers = navigator.serviceWorker;
  if (!workers || workers.controller) return;
  const known = await workers.getRegistration("/till/");
  if (known?.active) return;
  await new Promise((resolve) => {
    const late = setTimeout(resolve, WHOLE_WITHIN_MS);
    workers.addEventListener("controllerchange", () => {
      clearTimeout(late);
      resolve();
    });
    const given = workers.register("/till/sw.js", { scope: "/till/", updateViaCache: "none" });
    given.then(({ installing }) => installing?.addEventListener("statechange", () => {
      if (installing.state === "redundant") resolve();
    })).catch(resolve);
  });
}

whole().catch(() => {}).then(() => import("./main.js"));
