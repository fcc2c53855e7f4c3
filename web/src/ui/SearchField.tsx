import { useEffect, useRef, type KeyboardEvent, type RefObject } from "react";
import { put } from "./put.ts";

const typingMs = 200;

interface SearchFieldProps {
  label: string;
  placeholder: string;
  title?: string;
  value: string;
  field?: RefObject<HTMLInputElement | null>;
  onChange: (text: string) => void;
  onEnter?: (event: KeyboardEvent) => void;
}

/**
 * A field whose text goes to the address a moment after typing stopped. It is the browser's own: what is typed meanwhile is never
 * overwritten, but a value that came otherwise (back, a link) is put into it.
 */
export function SearchField({ label, placeholder, title, value, field, onChange, onEnter }: SearchFieldProps) {
  const own = useRef<HTMLInputElement>(null);
  const place = field ?? own;
  const sent = useRef(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    if (value !== sent.current) {
      sent.current = value;
      put(place.current, value);
    }
  }, [place, value]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const later = (text: string) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      sent.current = text;
      onChange(text);
    }, typingMs);
  };
  return (
    <input
      ref={place}
      type="search"
      aria-label={label}
      title={title}
      placeholder={placeholder}
      spellCheck={false}
      defaultValue={value}
      onChange={(event) => later(event.target.value)}
      onKeyDown={(event) => event.key === "Enter" && onEnter?.(event)}
    />
  );
}
