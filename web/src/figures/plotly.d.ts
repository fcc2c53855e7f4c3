declare module "plotly.js-strict-dist-min" {
  export function react(place: HTMLElement, data: unknown[], layout: object, config: object): Promise<unknown>;
  export function purge(place: HTMLElement): void;
}
