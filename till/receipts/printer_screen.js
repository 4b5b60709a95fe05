// Which printer, how wide its paper is, and which letters it knows; a test print shows at once
// whether it is set right.

import { button, h, replace } from "../kit/dom.js";
import { _ } from "../kit/words.js";
import { testPaper } from "./papers.js";
import { choices, choose, isThere } from "./printer.js";

const SPEEDS = [9600, 19200, 38400, 57600, 115200];
const SETS = [58, 80];
const LAST_PAGE = 255;

/** The printer's settings. Each change is kept at once. */
export function screen(till) {
  const place = h("div", {});
  const draw = () => replace(place, parts(till, draw));
  draw();
  return h("section", { class: "printer" }, h("h1", {}, _("Printer")), place);
}

function parts(till, draw) {
  const chosen = choices(till.settings);
  const isDirect = ["usb", "serial"].includes(chosen.kind);
  return [
    kinds(till, draw, chosen),
    isDirect && device(till, draw, chosen),
    chosen.kind === "serial" && speed(till, draw, chosen),
    chosen.kind !== "none" && widths(till, draw, chosen),
    isDirect && letters(till, draw, chosen),
    isDirect && endings(till, draw, chosen),
    chosen.kind !== "none" && button(_("Test print"), () => test(till), { class: "big" }),
  ];
}

async function change(till, draw, values) {
  await till.settings.set("printer", { ...choices(till.settings), ...values });
  draw();
}

async function test(till) {
  try {
    await till.print(testPaper(till.about.shop.name));
    till.say(_("The test print is with the printer."), "good");
  } catch (error) {
    till.fail(error);
  }
}

/** A choice among few, as radio buttons: [value, words, whether it can be chosen]. */
function radios(name, words, options, value, take) {
  return h("fieldset", {}, h("legend", {}, words), options.map(([one, said, can = true]) =>
    h("label", { class: "choice" },
      h("input", { type: "radio", name, checked: one === value, disabled: !can,
        onchange: () => take(one) }),
      h("span", {}, said))));
}

function tick(words, value, take) {
  return h("label", { class: "choice" },
    h("input", {
      type: "checkbox", checked: value, onchange: ({ target }) => take(target.checked),
    }),
    h("span", {}, words));
}

function kinds(till, draw, { kind }) {
  const options = [
    ["browser", _("The browser's own printing: any printer of this device")],
    ["usb", _("A receipt printer on a USB cable"), isThere("usb")],
    ["serial", _("A receipt printer on a serial line or Bluetooth"), isThere("serial")],
    ["none", _("No printer")],
  ];
  const take = (wanted) => change(till, draw, { kind: wanted, device: null });
  return radios("kind", _("How is it printed?"), options, kind, take);
}

function device(till, draw, { kind, device: known }) {
  const name = known?.name || _("chosen");
  const find = async () => {
    const found = await choose(kind).catch((error) => till.fail(error));
    if (found) await change(till, draw, { device: found });
  };
  return h("div", { class: "row" },
    h("p", {}, known
      ? _("The printer: %(name)s", { name })
      : _("No printer is chosen yet. Connect it, switch it on, and choose it.")),
    button(_("Choose the printer"), find));
}

function speed(till, draw, { baud }) {
  const option = (one) => h("option", { value: one, selected: one === baud }, `${one}`);
  const take = (event) => change(till, draw, { baud: Number(event.target.value) });
  return h("p", {},
    h("label", { for: "baud" }, _("Speed of the line (the printer's self-test says it)")),
    h("select", { id: "baud", onchange: take }, SPEEDS.map(option)));
}

function widths(till, draw, { width }) {
  const options = SETS.map((mm) => [mm, _("%(mm)s mm", { mm })]);
  const take = (wanted) => change(till, draw, { width: wanted });
  return radios("width", _("How wide is the paper?"), options, width, take);
}

function letters(till, draw, chosen) {
  const options = [
    ["drawn", _("Drawn: ң ө ү are right on every printer")],
    ["rk1048", _("The printer's own, code page RK1048: quicker, where it has that page")],
  ];
  const take = (wanted) => change(till, draw, { letters: wanted });
  return [
    radios("letters", _("Which letters?"), options, chosen.letters, take),
    chosen.letters === "rk1048" && page(till, draw, chosen),
  ];
}

function page(till, draw, { page: number }) {
  const take = ({ target }) => {
    const wanted = Number(target.value);
    if (Number.isInteger(wanted) && wanted >= 0 && wanted <= LAST_PAGE) {
      change(till, draw, { page: wanted });
    }
  };
  return h("p", {},
    h("label", { for: "page" }, _("Number of the code page RK1048 in this printer's self-test")),
    h("input", {
      id: "page", type: "number", min: 0, max: LAST_PAGE, value: number, onchange: take,
    }));
}

function endings(till, draw, { cut, gaps }) {
  return h("fieldset", {}, h("legend", {}, _("At the end of a paper")),
    tick(_("The printer cuts"), cut, (value) => change(till, draw, { cut: value })),
    tick(_("Labels are on a roll with gaps"), gaps, (value) => change(till, draw, { gaps: value })));
}
