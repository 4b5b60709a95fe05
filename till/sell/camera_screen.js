// The camera's picture in a dialog until a code was read.

import { button, h } from "../kit/dom.js";
import { _ } from "../kit/words.js";
import { asked } from "./asking_screen.js";
import { firstCode, readerOfCodes } from "./camera.js";
import { isMisread } from "./ean.js";

const WANTED = { video: { facingMode: "environment", width: { ideal: 1280 } }, audio: false };

/** Opens the camera; `onscan(code)` gets the first code that it reads. */
export async function openCamera(till, onscan) {
  let stream;
  try {
    stream = await navigator.mediaDevices.getUserMedia(WANTED);
  } catch (error) {
    till.say(error.name === "NotAllowedError"
      ? _("The browser may not use the camera. Allow it in the browser's settings.")
      : _("There is no camera to be opened: %(words)s", { words: error.message }), "bad");
    return;
  }
  try {
    const code = await look(till, stream);
    if (code) onscan(code);
  } finally {
    for (const track of stream.getTracks()) track.stop();
  }
}

async function look(till, stream) {
  let isOver = false;
  const video = h("video", {
    playsinline: true, muted: true, "aria-label": _("The camera's picture"),
  });
  video.srcObject = stream;
  const code = await asked({ class: "camera" }, (answer) => {
    watch(till, video, () => isOver).then((found) => answer(found)).catch((error) => {
      till.fail(error);
      answer(null);
    });
    return [h("h2", { id: "asked" }, _("Hold the code before the camera")), video,
      button(_("Cancel"), () => answer(null), { class: "main" })];
  });
  isOver = true;
  return code;
}

async function watch(till, video, isOver) {
  const reader = await readerOfCodes();
  try {
    await video.play();
    for (;;) {
      const code = await firstCode(video, reader, isOver);
      if (code === null || !isMisread(code)) return code;
    }
  } finally {
    reader.close();
  }
}
