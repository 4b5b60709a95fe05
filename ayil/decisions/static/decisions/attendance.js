// The page on which those who come are ticked: without this module it is a form like any other.

import { send, WaitingTicks } from "./ticks.js";

const AFTER_MS = 1500;
const AGAIN_MS = 15000;

const form = document.querySelector("form[data-ticks]");

if (form && "localStorage" in window) {
  begin(form);
}

/** Ticks are kept at once, sent a moment later, and again whenever there is a network. */
function begin(form) {
  const waiting = new WaitingTicks(window.localStorage, form.dataset.ticks);
  const boxes = new Map(
    [...form.querySelectorAll("input[name=number]")].map((box) => [Number(box.value), box]),
  );
  waiting.forget([...boxes].filter(([, box]) => box.disabled).map(([number]) => number));
  for (const number of waiting.numbers) {
    const box = boxes.get(number);
    if (box) {
      box.checked = true;
    }
  }
  const token = form.querySelector("input[name=csrfmiddlewaretoken]").value;
  let soon = 0;

  async function sendNow() {
    clearTimeout(soon);
    if (waiting.numbers.length === 0) {
      return;
    }
    const known = await send(waiting, form.action, token);
    if (known instanceof Error) {
      say(form, form.dataset.refused);
      return;
    }
    if (known) {
      show(form, boxes, known);
    }
    tell(form, waiting.numbers.length);
  }

  form.addEventListener("change", (event) => {
    const number = Number(event.target.value);
    if (event.target.checked) {
      waiting.add(number);
    } else {
      waiting.forget([number]);
    }
    tell(form, waiting.numbers.length);
    clearTimeout(soon);
    soon = setTimeout(sendNow, AFTER_MS);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    sendNow();
  });
  window.addEventListener("online", sendNow);
  setInterval(sendNow, AGAIN_MS);
  sendNow();
}

/** What the server knows: these boxes are ticked for good, so many have come. */
function show(form, boxes, known) {
  for (const number of known.numbers) {
    const box = boxes.get(number);
    if (box) {
      box.checked = true;
      box.disabled = true;
    }
  }
  form.querySelector("[data-ticked]").textContent = String(known.ticked);
  form.querySelector("[data-women]").textContent = String(known.women);
}

function tell(form, count) {
  say(form, count ? `${form.dataset.waiting} ${count}` : form.dataset.sent);
}

function say(form, words) {
  const state = form.querySelector("[data-state]");
  state.textContent = words;
  state.hidden = false;
}
