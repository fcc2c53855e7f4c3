import { ask, code, row, send, show, when } from "/api.js";

const element = (id) => document.getElementById(id);

/** The access key of the pair whose secret is shown. */
let shown;

async function refresh() {
  const { user, signed_in, keys } = await ask("/api/keys");
  element("user").textContent = user;
  element("open").hidden = signed_in;
  element("logout").hidden = !signed_in;
  const rows = keys.map((key) =>
    row(
      code(key.access_key),
      key.label,
      when(key.created),
      when(key.last_used),
      key.last_used_from,
      key.is_of_installation ? "the installation's own" : revokeButton(key),
    ),
  );
  document.querySelector("#keys tbody").replaceChildren(...rows);
}

function revokeButton(key) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Revoke";
  button.setAttribute("aria-label", `Revoke ${key.label || key.access_key}`);
  button.addEventListener("click", () => {
    if (confirm(`Revoke ${key.access_key}? Whatever uses it stops working at once.`)) {
      attempt(() => revoke(key.access_key));
    }
  });
  return button;
}

async function revoke(accessKey) {
  await send("DELETE", `/api/keys/${encodeURIComponent(accessKey)}`);
  if (accessKey === shown) {
    element("made").hidden = true;
  }
}

async function make(event) {
  event.preventDefault();
  await attempt(async () => {
    const { access_key, configuration } = await send("POST", "/api/keys", { label: event.target.label.value });
    shown = access_key;
    element("configuration").textContent = configuration;
    element("copied").textContent = "";
    element("made").hidden = false;
    element("made-title").focus();
    event.target.reset();
  });
}

/** Does something, and shows the keys as they are afterwards, or why it could not be done. */
async function attempt(action) {
  try {
    await action();
    await refresh();
    show(null);
  } catch (problem) {
    show(problem);
  }
}

async function copy() {
  try {
    await navigator.clipboard.writeText(element("configuration").textContent);
    element("copied").textContent = "Copied.";
  } catch {
    // Without TLS a browser keeps pages from the clipboard: select the text, so that one key press copies it.
    getSelection().selectAllChildren(element("configuration"));
    element("copied").textContent = "Selected: copy it with the keyboard.";
  }
}

element("make").addEventListener("submit", make);
element("copy").addEventListener("click", copy);
attempt(async () => {});
