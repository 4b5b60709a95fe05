// A counter taps paper by paper; the page keeps piles alone, sorted, so that no order of papers is
// left in what is sent.

const form = document.querySelector("[data-piles]");
const taps = form.querySelector("[data-taps]");
const buttons = [...taps.querySelectorAll("[data-number]")];
const soFar = taps.querySelector("[data-so-far]");
const laid = taps.querySelector("[data-laid]");
const tapped = form.querySelector("[name=tapped]");
const spoiled = form.querySelector("[name=spoiled]");
const isRanked = form.hasAttribute("data-ranked");
const names = new Map(buttons.map((button) => [button.dataset.number, button.dataset.name]));
const piles = new Map();
let paper = [];

for (const pile of tapped.value.split(";").filter(Boolean)) {
  const [marks, papers] = pile.split("=");
  piles.set(marks, Number(papers));
}

/** The piles as they are sent: the order of the marks alone, never that of the papers. */
function sorted() {
  return [...piles].filter(([, papers]) => papers > 0)
    .sort(([one], [other]) => (one < other ? -1 : 1));
}

function press(number) {
  paper = paper.includes(number)
    ? paper.filter((marked) => marked !== number) : [...paper, number];
  draw();
}

function lay() {
  const marks = isRanked ? paper : [...paper].sort((one, other) => one - other);
  const key = marks.join(" ");
  piles.set(key, (piles.get(key) ?? 0) + 1);
  paper = [];
  draw();
}

function spoil() {
  spoiled.value = String(Number(spoiled.value || 0) + 1);
  paper = [];
  draw();
}

function drawPile([marks, papers]) {
  const line = document.createElement("li");
  const said = document.createElement("span");
  const less = document.createElement("button");
  line.className = "beside";
  said.textContent = `${marks.split(" ").map((number) => names.get(number))
    .join(isRanked ? " › " : " + ") || laid.dataset.none}: ${papers}`;
  less.type = "button";
  less.className = "quiet";
  less.textContent = laid.dataset.less;
  less.addEventListener("click", () => {
    piles.set(marks, papers - 1);
    draw();
  });
  line.append(said, less);
  return line;
}

function draw() {
  for (const button of buttons) {
    const place = paper.indexOf(button.dataset.number);
    button.setAttribute("aria-pressed", String(place >= 0));
    button.dataset.place = isRanked && place >= 0 ? String(place + 1) : "";
  }
  const now = sorted();
  tapped.value = now.map(([marks, papers]) => `${marks}=${papers}`).join(";");
  const papers = now.reduce((sum, [, count]) => sum + count, 0);
  soFar.textContent = String(papers + Number(spoiled.value || 0));
  laid.replaceChildren(...now.map(drawPile));
}

for (const button of buttons) {
  button.addEventListener("click", () => press(button.dataset.number));
}
taps.querySelector("[data-next]").addEventListener("click", lay);
taps.querySelector("[data-spoil]").addEventListener("click", spoil);
spoiled.addEventListener("input", draw);
// Who taps needs no rows; they stay open where something was typed into them.
const rows = form.querySelector("[data-rows]");
rows.open = [...rows.querySelectorAll("input, select")]
  .some((field) => (field.type === "checkbox" ? field.checked : field.value));
taps.hidden = false;
draw();
