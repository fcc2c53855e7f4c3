const margin = 12;
const titleHeight = 28;

/** A chart as a picture: what is drawn, below its title, on the paper of the page. */
export function imageOf(canvas: HTMLCanvasElement, title: string): Promise<Blob | null> {
  const scale = canvas.width / Math.max(1, canvas.clientWidth);
  const picture = document.createElement("canvas");
  picture.width = canvas.width + 2 * margin * scale;
  picture.height = canvas.height + (titleHeight + margin) * scale;
  const to = picture.getContext("2d");
  const css = getComputedStyle(document.body);
  if (to) {
    to.fillStyle = css.backgroundColor;
    to.fillRect(0, 0, picture.width, picture.height);
    to.fillStyle = css.color;
    to.font = `600 ${13 * scale}px ${css.fontFamily}`;
    to.fillText(title, margin * scale, 19 * scale, canvas.width);
    to.drawImage(canvas, margin * scale, titleHeight * scale);
  }

  return new Promise((resolve) => picture.toBlob(resolve, "image/png"));
}
