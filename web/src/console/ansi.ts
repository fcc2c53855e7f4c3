/** A piece of a line that looks the same throughout. */
export interface Span {
  text: string;
  /** Names of styles, as `fg1 bold`; empty for plain text. */
  look: string;
}

const sequence = /\u001b\[([0-9;]*)m|\u001b\[[0-9;?]*[A-Za-ln-z]|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)|\u001b[()][A-Z0-9]/g;

interface Look {
  colour?: number;
  paper?: number;
  bold?: boolean;
  faint?: boolean;
  italic?: boolean;
  underlined?: boolean;
}

/**
 * A line as a terminal would show it: what a carriage return overwrites is gone (a progress bar is one line), colours are styles, and
 * other control sequences are nothing.
 */
export function spansOf(line: string): Span[] {
  const shown = lastOverwrite(line);
  const spans: Span[] = [];
  let look: Look = {};
  let at = 0;
  for (const found of shown.matchAll(sequence)) {
    push(spans, shown.slice(at, found.index), look);
    at = found.index + found[0].length;
    look = found[1] === undefined ? look : changed(look, found[1]);
  }

  push(spans, shown.slice(at), look);
  return spans;
}

function lastOverwrite(line: string): string {
  return line.includes("\r") ? (line.split("\r").findLast((part) => part.trim() !== "") ?? "") : line;
}

function push(spans: Span[], text: string, look: Look): void {
  if (text) {
    spans.push({ text, look: nameOf(look) });
  }
}

function changed(look: Look, codes: string): Look {
  let next = { ...look };
  const numbers = codes.split(";").map(Number);
  for (let at = 0; at < numbers.length; at++) {
    const code = numbers[at] ?? 0;
    if (code === 38 || code === 48) {
      // 38;5;N and 38;2;R;G;B: of the first, the sixteen colours that have names.
      const colour = numbers[at + 1] === 5 && (numbers[at + 2] ?? 16) < 16 ? numbers[at + 2] : undefined;
      next = code === 38 ? { ...next, colour } : { ...next, paper: colour };
      at += numbers[at + 1] === 5 ? 2 : 4;
    } else {
      next = step(next, code);
    }
  }

  return next;
}

function step(look: Look, code: number): Look {
  switch (true) {
    case code === 0:
      return {};
    case code === 1:
      return { ...look, bold: true };
    case code === 2:
      return { ...look, faint: true };
    case code === 3:
      return { ...look, italic: true };
    case code === 4:
      return { ...look, underlined: true };
    case code === 22:
      return { ...look, bold: false, faint: false };
    case code === 39:
      return { ...look, colour: undefined };
    case code === 49:
      return { ...look, paper: undefined };
    case code >= 30 && code <= 37:
      return { ...look, colour: code - 30 };
    case code >= 90 && code <= 97:
      return { ...look, colour: code - 90 + 8 };
    case code >= 40 && code <= 47:
      return { ...look, paper: code - 40 };
    default:
      return look;
  }
}

function nameOf(look: Look): string {
  const names = [
    look.colour === undefined ? "" : `fg${look.colour % 8}`,
    look.paper === undefined ? "" : `bg${look.paper % 8}`,
    look.bold ? "bold" : "",
    look.faint ? "faint" : "",
    look.italic ? "italic" : "",
    look.underlined ? "underlined" : "",
  ];
  return names.filter(Boolean).join(" ");
}
