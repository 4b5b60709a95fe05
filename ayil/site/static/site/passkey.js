// Binds the keys' buttons to allauth's ceremonies. A browser without passkeys keeps them hidden,
// and the page works without them.

const failed = document.querySelector("[data-passkey-failed]");

if (window.PublicKeyCredential) {
  for (const part of document.querySelectorAll("[data-passkey]")) {
    part.hidden = false;
  }
  for (const note of document.querySelectorAll("[data-passkey-missing]")) {
    note.hidden = true;
  }
  for (const words of document.querySelectorAll("[data-passkey-form]")) {
    const { form, ...options } = JSON.parse(words.textContent);
    window.allauth.webauthn.forms[form](options);
  }
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    if (failed) {
      failed.hidden = false;
    }
  });
}
