// The booth: a paper is marked, printed and forgotten. Nothing is sent and nothing is kept here.

const marks = [...document.querySelectorAll(".mark")];

/** Every mark goes: before a voter, after the print, and when the page comes back from history. */
function forget() {
  for (const mark of marks) {
    if (mark.type === "checkbox") {
      mark.checked = false;
    } else {
      mark.value = "";
    }
  }
}

document.querySelector("[data-print]").addEventListener("click", () => window.print());
window.addEventListener("afterprint", forget);
window.addEventListener("pageshow", forget);
window.addEventListener("pagehide", forget);
forget();
