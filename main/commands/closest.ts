// What a mistyped word was meant to be.

/** The word that is the fewest edits away, at most a third of its letters; null when none is. */
export function closestOf(typed: string, words: readonly string[]): string | null {
  let [closest, least]: [string | null, number] = [null, Infinity];
  for (const word of words) {
    const distance = edits(typed.toLowerCase(), word);
    if (distance < least && distance <= Math.max(1, Math.floor(word.length / 3) + 1))
      [closest, least] = [word, distance];
  }
  return closest;
}

/** Letters to insert, remove, replace, or swap with their neighbours (Damerau–Levenshtein, restricted). */
function edits(from: string, to: string): number {
  const rows: number[][] = [Array.from({ length: to.length + 1 }, (_, i) => i)];
  for (let i = 1; i <= from.length; i++) {
    const row = [i];
    for (let j = 1; j <= to.length; j++) {
      const cost = from[i - 1] === to[j - 1] ? 0 : 1;
      let best = Math.min(rows[i - 1][j] + 1, row[j - 1] + 1, rows[i - 1][j - 1] + cost);
      if (i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1])
        best = Math.min(best, rows[i - 2][j - 2] + 1);
      row.push(best);
    }
    rows.push(row);
  }
  return rows[from.length][to.length];
}
