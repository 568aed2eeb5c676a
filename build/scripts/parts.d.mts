export const root: string;
export const testPage: string;
export function stale(): string[];
