/** The text of shared/heap/row-code.ts. */
export function rowCode(): string;
