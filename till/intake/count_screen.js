// The count itself: line by line, as declared or as it lies on the counter.

import { button, h } from "../kit/dom.js";
import { _, ngettext } from "../kit/words.js";
import { countedLines, faultOf, isAgreed, isCounted, line } from "./count.js";
import { keep, stage } from "./draft.js";
import { countInWords, freshness, nameOf, villageIn } from "./words.js";

/** What is on the note, and what came beside it. */
export function countStage(till) {
  const count = till.counting;
  const { consignor } = count.agreement;
  const counted = countedLines(count).length;
  return h("section", { class: "intake" },
    h("h1", {}, consignor.name),
    h("p", { class: "faint" }, [
      villageIn(consignor),
      count.note ? _("Note %(number)s", { number: count.note }) : _("Nothing was declared"),
    ].filter(Boolean).join(" · ")),
    count.lines.length
      ? h("ol", { class: "plain counts" }, count.lines.map((_line, at) => row(till, at)))
      : null,
    h("h2", {}, count.lines.length ? _("Something else is here too") : _("What did they bring?")),
    goods(till),
    h("div", { class: "answers" },
      button(_("Give up this count"), () => sure(till), { class: "bad" }),
      button(counted
        ? ngettext("Now both sign: %(count)s line", "Now both sign: %(count)s lines", counted)
        : _("Now both sign"), () => stage(till, "sign"), { class: "big go", disabled: !counted })));
}

function row(till, at) {
  const one = till.counting.lines[at];
  const declared = one.declared === null ? _("not declared")
    : ngettext("%(count)s declared", "%(count)s declared", one.declared);
  const state = isCounted(one) ? countInWords(one) : _("still to be counted");
  const open = button(h("span", { class: "words" },
    h("span", { class: "name" }, nameOf(one.good)),
    h("span", { class: "faint" },
      [declared, isCounted(one) ? freshness(one) : ""].filter(Boolean).join(" · ")),
    h("span", { class: `badge${isCounted(one) ? " yes" : ""}` }, state)),
  () => stage(till, "line", { at }), { class: "wide" });
  return h("li", {}, open, allGood(till, one));
}

/** One tap for what needs no more words: all that was declared is there and good. */
function allGood(till, one) {
  const whole = { ...one, accepted: one.declared, refused: 0 };
  if (one.declared === null || isCounted(one) || faultOf(whole, till.state.shift.date)) return null;
  const words = ngettext("All %(count)s are good", "All %(count)s are good", one.declared);
  return button(words, async () => {
    Object.assign(one, { accepted: one.declared, refused: 0 });
    await keep(till, till.counting);
    await stage(till, "count");
  }, { "aria-label": `${words}: ${nameOf(one.good)}` });
}

/** What this owner makes; a kind without a commission cannot be taken. */
function goods(till) {
  const { agreement } = till.counting;
  const theirs = till.offer.variantsOf(agreement.consignor.uid);
  if (!theirs.length) {
    return h("p", { class: "note" }, _("Nothing of theirs is entered yet. The association enters what they make; then it can be counted here."));
  }
  return h("ul", { class: "plain goods" }, theirs.map((good) => {
    const can = isAgreed(agreement, good);
    return h("li", {},
      button(nameOf(good), () => adding(till, good), { class: "wide", disabled: !can }),
      can ? null : h("p", { class: "why" }, _("The agreement says no commission for goods of this kind.")));
  }));
}

async function adding(till, good) {
  till.counting.lines.push(line(good));
  await keep(till, till.counting);
  await stage(till, "line", { at: till.counting.lines.length - 1 });
}

function sure(till) {
  till.show(h("section", { class: "intake" },
    h("h1", {}, _("Give up this count?")),
    h("p", {}, _("Nothing of it is written down. What was declared stays declared.")),
    h("div", { class: "answers" },
      button(_("Go on counting"), () => stage(till, "count"), { class: "big" }),
      button(_("Give it up"), async () => {
        await keep(till, null);
        await stage(till, "who");
      }, { class: "bad" }))));
}
