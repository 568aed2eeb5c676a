// What can be seen on a screen of Xvfb's, and when: the same eye for every program.
import { closeSync, openSync, readSync } from 'node:fs';
import { until } from '../../../build/scripts/desktop.mjs';

/** Pixels of the marker's hue that are a picture, and no accident. */
const fewest = 8;

/** One line of this many is read: reading takes time from the programs that are measured. */
const every = 4;

/** Magenta, or a lighter or darker one of its hue. */
const isMagenta = (red, green, blue) => Math.min(blue, red) > green + 60 && Math.abs(blue - red) < 40;

/** The card of the object that a picture of ours is about: `subjectLook` in shared/dot/card-colors.ts. */
export const isSubject = (red, green, blue) =>
  Math.abs(red - 0xcc) < 4 && Math.abs(green - 0xe5) < 4 && Math.abs(blue - 0xff) < 4;

export class Screen {
  #file;
  #isMarker;
  #line;
  #height;
  #start;

  constructor(framebuffer, isMarker = isMagenta) {
    this.#isMarker = isMarker;
    this.#file = openSync(framebuffer, 'r');
    // The header of an xwd file: 4 bytes for each figure, the highest first.
    const header = Buffer.alloc(100);
    readSync(this.#file, header, 0, 100, 0);
    const [size, height, line, colors] = [0, 20, 48, 76].map((at) => header.readUInt32BE(at));
    this.#start = size + 12 * colors;
    this.#line = new Uint8Array(line);
    this.#height = height;
  }

  /** Whether something of the marker's colour is to be seen. */
  showsMarker() {
    const { length } = this.#line;
    let seen = 0;
    for (let y = 0; y < this.#height; y += every) {
      readSync(this.#file, this.#line, 0, length, this.#start + y * length);
      // Blue, green, red and nothing. Every second pixel is enough.
      for (let i = 0; i < length; i += 8) {
        const [blue, green, red] = [this.#line[i], this.#line[i + 1], this.#line[i + 2]];
        if (this.#isMarker(red, green, blue) && ++seen === fewest) return true;
      }
    }
    return false;
  }

  /** Milliseconds since `start` until the marker is there; null when it does not come in time. */
  async paintedAfter(start, seconds = 30) {
    try {
      await until('a picture', () => this.showsMarker(), { seconds, every: 8 });
    } catch {
      return null;
    }
    return performance.now() - start;
  }

  close() {
    closeSync(this.#file);
  }
}
