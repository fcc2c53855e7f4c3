import type { ReactNode } from "react";
import type { MarkedToken, Token, Tokens } from "marked";
import { decoded, safeAddress, tokensOf } from "./markdown.ts";
import "./markdown.css";

/** A text of Markdown. Only elements that are made here can come of it: markup in it is shown as text, images are links. */
export default function Markdown({ text }: { text: string }) {
  const tokens = tokensOf(text);
  return tokens ? <div className="markdown">{blocks(tokens)}</div> : <pre className="block">{text}</pre>;
}

function blocks(tokens: Token[]): ReactNode[] {
  return tokens.map((token, at) => (
    // Parts of a text have no name but their place.
    // oxlint-disable-next-line react/no-array-index-key
    <Block key={at} of={token as MarkedToken} />
  ));
}

function Block({ of }: { of: MarkedToken }): ReactNode {
  switch (of.type) {
    case "space":
    case "def":
      return null;
    case "heading": {
      // The page has a heading of its own.
      const Heading = of.depth <= 1 ? "h3" : "h4";
      return <Heading className={`depth-${of.depth}`}>{inline(of.tokens)}</Heading>;
    }
    case "paragraph":
      return <p>{inline(of.tokens)}</p>;
    case "hr":
      return <hr />;
    case "code":
      return <pre className="block">{of.text}</pre>;
    case "blockquote":
      return <blockquote>{blocks(of.tokens)}</blockquote>;
    case "list":
      return of.ordered ? <ol start={Number(of.start) || 1}>{items(of)}</ol> : <ul>{items(of)}</ul>;
    case "table":
      return <Table of={of} />;
    case "text":
      return of.tokens ? inline(of.tokens) : decoded(of.text);
    default:
      return inline([of]);
  }
}

function items(list: Tokens.List): ReactNode[] {
  return list.items.map((item, at) => (
    // oxlint-disable-next-line react/no-array-index-key
    <li key={at} className={item.task ? "task" : undefined}>
      {item.task && <input type="checkbox" checked={item.checked ?? false} readOnly disabled aria-label={item.checked ? "done" : "to do"} />}
      {blocks(item.tokens.filter((token) => token.type !== "checkbox"))}
    </li>
  ));
}

function Table({ of }: { of: Tokens.Table }) {
  const cells = (row: Tokens.TableCell[], Cell: "th" | "td") =>
    row.map((cell, at) => (
      // oxlint-disable-next-line react/no-array-index-key
      <Cell key={at} className={of.align[at] === "right" ? "number" : undefined}>
        {inline(cell.tokens)}
      </Cell>
    ));
  return (
    <table className="plain">
      <thead>
        <tr>{cells(of.header, "th")}</tr>
      </thead>
      <tbody>
        {of.rows.map((row, at) => (
          // oxlint-disable-next-line react/no-array-index-key
          <tr key={at}>{cells(row, "td")}</tr>
        ))}
      </tbody>
    </table>
  );
}

function inline(tokens: Token[] | undefined): ReactNode[] {
  return (tokens ?? []).map((token, at) => (
    // oxlint-disable-next-line react/no-array-index-key
    <Inline key={at} of={token as MarkedToken} />
  ));
}

function Inline({ of }: { of: MarkedToken }): ReactNode {
  switch (of.type) {
    case "strong":
      return <strong>{inline(of.tokens)}</strong>;
    case "em":
      return <em>{inline(of.tokens)}</em>;
    case "del":
      return <del>{inline(of.tokens)}</del>;
    case "codespan":
      return <code>{of.text}</code>;
    case "br":
      return <br />;
    case "link":
      return <Leads to={of.href}>{inline(of.tokens)}</Leads>;
    case "image":
      return <Leads to={of.href}>{decoded(of.text) || of.href}</Leads>;
    case "text":
      return of.tokens ? inline(of.tokens) : decoded(of.text);
    case "escape":
      return decoded(of.text);
    default:
      return of.raw;
  }
}

function Leads({ to, children }: { to: string; children: ReactNode }) {
  const address = safeAddress(to);
  return address ? (
    <a href={address} rel="noreferrer nofollow">
      {children}
    </a>
  ) : (
    <>{children}</>
  );
}

