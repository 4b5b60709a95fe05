// One side signs: who it is, and their PIN or their hand.

import { button, h, replace } from "../kit/dom.js";
import { seal } from "../kit/sealed.js";
import { signatureBox } from "../kit/strokes.js";
import { _ } from "../kit/words.js";

const PIN = /^[0-9]{4,8}$/;

/**
 * {element, uid(), proof(nonce)}: one of `people` ({uid, name, pin}) signs. `side` makes the ids
 * of its fields; `first` is chosen already. `proof` throws an error with `words` where it is not
 * signed yet, and puts the focus where it lacks.
 */
export function signForm(side, people, legend, sealingKey, first = null) {
  const place = h("div", { class: "way" });
  const state = { person: null, way: null, input: null, box: null };
  const choose = (person) => {
    state.person = person;
    choosing(state, place, side, person.pin ? "pin" : "drawn");
  };
  const radios = people.map((person) => choice(side, person, choose, first?.uid === person.uid));
  if (first) choose(first);
  const element = h("fieldset", { class: "who" }, h("legend", {}, legend), radios, place);
  return {
    element,
    uid: () => state.person?.uid ?? null,
    proof: (nonce) => proofOf(state, nonce, sealingKey, element),
  };
}

function choice(side, person, choose, isFirst) {
  const id = `${side}-${person.uid}`;
  const radio = h("input", {
    type: "radio", name: side, id, value: person.uid, checked: isFirst,
    onchange: () => choose(person),
  });
  return h("label", { for: id, class: "choice" }, radio, h("span", {}, person.name));
}

/** Shows the way a person signs, and the other one to choose. */
function choosing(state, place, side, way) {
  const { person } = state;
  state.way = way;
  const other = way === "pin"
    ? button(_("Sign with a finger instead"), () => choosing(state, place, side, "drawn"))
    : person.pin && button(_("Sign by PIN instead"), () => choosing(state, place, side, "pin"));
  if (way === "pin") {
    state.input = h("input", {
      id: `${side}-pin`, type: "password", inputmode: "numeric", autocomplete: "off",
      maxlength: 8,
    });
    replace(place, h("label", { for: `${side}-pin` }, _("%(name)s, your PIN", { name: person.name })),
      state.input, other);
  } else {
    state.box = signatureBox(person.name);
    replace(place, h("p", {}, _("%(name)s, sign here with a finger", { name: person.name })),
      state.box.element, other);
  }
}

async function proofOf({ person, way, input, box }, nonce, sealingKey, element) {
  if (!person) {
    element.querySelector("input")?.focus();
    throw told(_("Choose who signs."));
  }
  if (way === "drawn") {
    const strokes = box.strokes();
    if (!strokes) throw told(_("%(name)s has not signed yet.", { name: person.name }));
    return { by: person.uid, way, strokes };
  }
  if (!PIN.test(input.value)) {
    input.focus();
    throw told(_("%(name)s: type the PIN, 4 to 8 digits.", { name: person.name }));
  }
  return { by: person.uid, way, sealed: await seal(input.value, person.uid, nonce, sealingKey) };
}

/** An error that is told to the clerk. */
export function told(words) {
  return Object.assign(new Error(words), { words });
}
