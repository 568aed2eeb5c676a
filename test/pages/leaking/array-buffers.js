/* Truth: ArrayBuffer|Uint8Array|chunks */
// Chunks of a download are kept.
const chunks = [];
export const run = () => void chunks.push(new Uint8Array(5000));
