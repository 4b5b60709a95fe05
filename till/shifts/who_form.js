// Who stands at the till, and their PIN, sealed for the server alone.

import { h, replace } from "../kit/dom.js";
import { seal } from "../kit/sealed.js";
import { _ } from "../kit/words.js";

const PIN = /^[0-9]{4,8}$/;

/**
 * {element, uid(), proof(nonce)}: one of `people` ({uid, name, pin}) is chosen and types a PIN.
 * `proof` resolves with the proof of the event that will bear this nonce; null where the person
 * has no PIN. It throws an error with `words` where the PIN is none.
 */
export function whoForm(people, legend, sealingKey) {
  const input = h("input", {
    id: "pin", type: "password", inputmode: "numeric", autocomplete: "off", maxlength: 8,
  });
  const pin = h("div", { class: "pin" });
  let chosen = null;
  // A finger goes on to the PIN at once; with keys one is still choosing.
  let byHand = false;
  const choose = (person) => {
    chosen = person;
    input.value = "";
    replace(pin, person.pin
      ? [h("label", { for: "pin" }, _("%(name)s, your PIN", { name: person.name })), input]
      : h("p", { class: "note" }, _("The server knows no PIN of %(name)s. A manager can give one.", { name: person.name })));
    if (person.pin && byHand) input.focus();
  };
  const choices = people.map((person) => choice(person, people.length === 1, choose));
  const element = h("fieldset", {
    class: "who",
    onpointerdown: () => {
      byHand = true;
    },
    onkeydown: () => {
      byHand = false;
    },
  }, h("legend", {}, legend), choices, pin);
  if (people.length === 1) choose(people[0]);
  return {
    element,
    uid: () => chosen?.uid ?? null,
    async proof(nonce) {
      if (!chosen) throw told(_("Choose who it is."));
      if (!chosen.pin) return null;
      if (!PIN.test(input.value)) {
        input.focus();
        throw told(_("Type the PIN: 4 to 8 digits."));
      }
      const sealed = await seal(input.value, chosen.uid, nonce, sealingKey);
      return { by: chosen.uid, way: "pin", sealed };
    },
  };
}

function choice(person, isOnly, choose) {
  const id = `who-${person.uid}`;
  const radio = h("input", {
    type: "radio", name: "who", id, value: person.uid, checked: isOnly,
    onchange: () => choose(person),
  });
  return h("label", { for: id, class: "choice" }, radio, h("span", {}, person.name));
}

function told(words) {
  return Object.assign(new Error(words), { words });
}
