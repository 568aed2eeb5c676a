export const subscribers = [];
