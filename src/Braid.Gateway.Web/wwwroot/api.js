// What all pages share: asking the server, and writing rows without ever interpreting text as markup.

export function ask(path) {
  return call(path, {});
}

/** Asks for a change; the body, if any, goes as JSON. */
export function send(method, path, body) {
  return call(path, { method, body: body && JSON.stringify(body), headers: { "content-type": "application/json" } });
}

async function call(path, request) {
  const answer = await fetch(path, { ...request, headers: { accept: "application/json", ...request.headers } });
  if (answer.status === 401) {
    location.assign(`/login?to=${encodeURIComponent(location.pathname + location.search)}`);
  }
  const body = await answer.json();
  if (!answer.ok) {
    throw new Error(body.message);
  }
  return body;
}

export function show(problem) {
  const place = document.getElementById("problem");
  place.textContent = problem ? problem.message : "";
  place.hidden = !problem;
}

/** A table row of cells; a cell is text or an element. */
export function row(...cells) {
  const tr = document.createElement("tr");
  for (const cell of cells) {
    tr.insertCell().append(cell ?? "");
  }
  return tr;
}

export function code(text) {
  const element = document.createElement("code");
  element.textContent = text;
  return element;
}

export function when(time) {
  return time ? new Date(time).toLocaleString() : "";
}
