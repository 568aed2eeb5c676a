// What the system says that its user likes.

class MediaMatch {
  matches = $state(false);

  constructor(query: string) {
    const media = matchMedia(query);
    this.matches = media.matches;
    media.addEventListener('change', () => (this.matches = media.matches));
  }
}

const dark = new MediaMatch('(prefers-color-scheme: dark)');
const still = new MediaMatch('(prefers-reduced-motion: reduce)');

export const preferences = {
  get dark() {
    return dark.matches;
  },
  get reducedMotion() {
    return still.matches;
  },
};
