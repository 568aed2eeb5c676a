// The user's preferences, from the system's settings.

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

let theme = $state<'system' | 'light' | 'dark'>('system');

export const preferences = {
  /** What was chosen in place of the system's. */
  set theme(chosen: 'system' | 'light' | 'dark') {
    theme = chosen;
  },
  get dark() {
    return theme === 'system' ? dark.matches : theme === 'dark';
  },
  get reducedMotion() {
    return still.matches;
  },
};
