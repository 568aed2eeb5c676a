/* Truth: trail */
// Texts that are put together on the window.
globalThis.trail = '';
export const run = () => void (globalThis.trail += `${Math.random()} `.repeat(30));
