/* Truth: entries|log */
// A log of texts without a limit.
const log = { entries: [] };
export const run = () => void log.entries.push(`opened at ${performance.now()} by ${Math.random()}`);
