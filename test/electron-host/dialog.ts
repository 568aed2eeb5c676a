// `dialog`: no user sees it. A test gives answers before or after the question; without one, dialogs stay open.

export interface Question {
  kind: 'open' | 'save' | 'message';
  options: { signal?: AbortSignal; [name: string]: unknown };
}

export const questions: Question[] = [];
const answers: unknown[] = [];
let waiting: ((answer: unknown) => void)[] = [];

export function answer(value: unknown): void {
  const resolve = waiting.shift();
  if (resolve) resolve(value);
  else answers.push(value);
}

function question(kind: Question['kind']) {
  return (_window: unknown, options: Question['options']): Promise<unknown> => {
    questions.push({ kind, options });
    if (answers.length > 0) return Promise.resolve(answers.shift());
    return new Promise((resolve) => {
      waiting.push(resolve);
      options.signal?.addEventListener('abort', () => {
        waiting = waiting.filter((other) => other !== resolve);
        resolve({ response: options.cancelId });
      });
    });
  };
}

export const dialog = {
  showOpenDialog: question('open'),
  showSaveDialog: question('save'),
  showMessageBox: question('message'),
};
