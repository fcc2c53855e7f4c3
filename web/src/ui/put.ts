/** Puts a text into a field of the browser's own, where it has another: the place where one types stays, if it has not. */
export function put(field: HTMLInputElement | null, text: string): void {
  if (field && field.value !== text) {
    field.value = text;
  }
}
