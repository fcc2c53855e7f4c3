import { lexer, type Token } from "marked";

/** A longer text is shown as it is: it is a document, not a note. */
const mostSigns = 200_000;

/** What a text of Markdown says; undefined for what is too long, or nested too deeply to be read. */
export function tokensOf(text: string): Token[] | undefined {
  try {
    return text.length > mostSigns ? undefined : lexer(text);
  } catch (error) {
    if (error instanceof RangeError) {
      return undefined;
    }

    throw error;
  }
}

/** Where a link may lead: pages and mail addresses; undefined for anything else (scripts, data). */
export function safeAddress(href: string): string | undefined {
  const address = decoded(href).trim();
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(address)?.[1]?.toLowerCase();
  // A browser leaves out line ends and tabs in an address.
  // oxlint-disable-next-line no-control-regex
  return /[\u0000-\u001f]/.test(address) || address.startsWith("//") || (scheme && !["http", "https", "mailto"].includes(scheme)) ? undefined : address;
}

const entities: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: "\u00a0", "#39": "'" };

/** The lexer leaves entities as they are written. */
export function decoded(text: string): string {
  return text.replaceAll(/&(amp|lt|gt|quot|apos|nbsp|#39);/g, (whole, name: string) => entities[name] ?? whole);
}
