// Which rows of a long list are in view. A page cannot be higher than the browser allows: past that, the scroll bar's
// position represents a share of the rows, while small moves (wheel, arrows) still go pixel by pixel.

/** Pixels; Chromium stops at 33,554,428, and its positions are exact to the pixel below 2^24. */
const highest = 15_000_000;
/** Rows kept ready above and below those in view. */
const spare = 8;

export class VirtualScroll {
  readonly rowHeight: number;
  count = $state(0);
  /** Of what can be seen at once, in pixels. */
  height = $state(0);
  /** Where the view is in the page, and in the list as if it had its full height. */
  #top = $state(0);
  #virtualTop = $state(0);

  readonly #fullHeight = $derived.by(() => this.count * this.rowHeight);
  /** Of the page, in pixels. */
  readonly pageHeight = $derived(Math.min(this.#fullHeight, highest));
  readonly #lastTop = $derived(Math.max(0, this.pageHeight - this.height));
  readonly #lastVirtualTop = $derived(Math.max(0, this.#fullHeight - this.height));
  readonly #place = $derived(Math.min(this.#virtualTop, this.#lastVirtualTop));

  readonly first = $derived.by(() => Math.max(0, Math.floor(this.#place / this.rowHeight) - spare));
  readonly last = $derived.by(() =>
    Math.min(this.count, Math.ceil((this.#place + this.height) / this.rowHeight) + spare),
  );
  /** The offset of the first of those rows in the page, in pixels. */
  readonly offset = $derived.by(
    () => this.first * this.rowHeight - this.#place + Math.min(this.#top, this.#lastTop),
  );
  /** How many rows a press of PageDown goes. */
  readonly rowsInView = $derived.by(() => Math.max(1, Math.floor(this.height / this.rowHeight) - 1));

  constructor(rowHeight: number) {
    this.rowHeight = rowHeight;
  }

  /** The page was scrolled to `top`. */
  scrolled(top: number): void {
    const by = top - this.#top;
    this.#top = top;
    if (top <= 0) this.#virtualTop = 0;
    else if (top >= this.#lastTop) this.#virtualTop = this.#lastVirtualTop;
    else if (Math.abs(by) <= this.height) this.#moveTo(this.#virtualTop + by);
    else this.#virtualTop = (top / this.#lastTop) * this.#lastVirtualTop;
  }

  /** Whether the whole row can be seen. */
  isInView(index: number): boolean {
    const rowTop = index * this.rowHeight;
    return rowTop >= this.#place && rowTop + this.rowHeight <= this.#place + this.height;
  }

  /** Where the page must be scrolled to so that a row is in view; null when it is. */
  reveal(index: number): number | null {
    if (this.isInView(index)) return null;
    const rowTop = index * this.rowHeight;
    this.#moveTo(rowTop < this.#place ? rowTop : rowTop + this.rowHeight - this.height);
    const share = this.#lastVirtualTop === 0 ? 0 : this.#virtualTop / this.#lastVirtualTop;
    this.#top = Math.round(share * this.#lastTop);
    return this.#top;
  }

  #moveTo(virtualTop: number): void {
    this.#virtualTop = Math.max(0, Math.min(this.#lastVirtualTop, virtualTop));
  }
}
