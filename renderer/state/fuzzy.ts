// How well a few typed letters fit a title: they are looked for in their order, and count most where words begin and where
// they follow one another.

const points = { letter: 1, wordBegin: 6, next: 7, titleBegin: 3 };

/** Greater is better; null when the letters are not in it. Nothing fits everything. */
export function fit(typed: string, title: string): number | null {
  const wanted = typed.toLowerCase().replace(/\s+/g, '');
  const text = title.toLowerCase();
  if (wanted === '') return 0;
  let best: number | null = null;
  // The first letter may occur in several places: each is a beginning.
  for (let start = text.indexOf(wanted[0]); start >= 0; start = text.indexOf(wanted[0], start + 1)) {
    const score = scoreFrom(wanted, text, start);
    if (score !== null && (best === null || score > best)) best = score;
  }
  return best;
}

function scoreFrom(wanted: string, text: string, start: number): number | null {
  let score = start === 0 ? points.titleBegin : 0;
  let at = start;
  let last = -2;
  for (const letter of wanted) {
    at = text.indexOf(letter, at);
    if (at < 0) return null;
    score += points.letter;
    if (at === last + 1) score += points.next;
    if (at === 0 || /[\s(-]/.test(text[at - 1])) score += points.wordBegin;
    last = at++;
  }
  // Of two that fit alike the shorter one is meant.
  return score - text.length / 100;
}
