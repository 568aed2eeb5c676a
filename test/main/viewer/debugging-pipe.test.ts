// The pipe to a browser, with the other end in the test's hand: what no real browser does on request.
import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { DebuggingPipe } from '../../../main/viewer/debugging-pipe.ts';

/** Answers every request with what `reply` makes of it. */
function pipeTo(reply: (request: { id: number; method: string }) => object | null) {
  const [requests, answers] = [new PassThrough(), new PassThrough()];
  requests.setEncoding('utf8').on('data', (text: string) => {
    for (const message of text.split('\0').filter(Boolean)) {
      const request = JSON.parse(message) as { id: number; method: string };
      const answer = reply(request);
      if (answer) answers.write(`${JSON.stringify({ id: request.id, ...answer })}\0`);
      else answers.destroy();
    }
  });
  return new DebuggingPipe(requests, answers);
}

const url = 'http://127.0.0.1/';
const targets = { result: { targetInfos: [{ targetId: 'one', url }] } };

it("hands a browser's refusal on in words", async () => {
  const pipe = pipeTo(({ method }) =>
    method === 'Target.getTargets' ? targets : { error: { message: 'No target with given id found' } },
  );
  await expect(pipe.closeWindow(url)).rejects.toThrow('The browser refused: No target with given id found');
});

it('learns from the browser that a window has opened, without asking again and again', async () => {
  const [requests, answers] = [new PassThrough(), new PassThrough()];
  const asked: string[] = [];
  requests.setEncoding('utf8').on('data', (text: string) => {
    for (const message of text.split('\0').filter(Boolean)) {
      const { id, method } = JSON.parse(message) as { id: number; method: string };
      asked.push(method);
      answers.write(`${JSON.stringify({ id, result: {} })}\0`);
    }
  });
  const pipe = new DebuggingPipe(requests, answers);
  let isOpen = false;
  const opened = pipe.hasOpened(url).then(() => (isOpen = true));
  const report = (address: string) =>
    answers.write(
      `${JSON.stringify({ method: 'Target.targetInfoChanged', params: { targetInfo: { targetId: 'one', url: address } } })}\0`,
    );
  report('about:blank');
  await new Promise(setImmediate);
  expect(isOpen).toBe(false);
  report(url);
  await opened;
  expect(asked).toEqual(['Target.setDiscoverTargets']);
});

it('ends what waits when the browser ends', async () => {
  const pipe = pipeTo(({ method }) => (method === 'Target.getTargets' ? targets : null));
  await expect(pipe.pathOfGiven(url, 0)).rejects.toThrow('The browser has ended');
  await pipe.hasOpened(url);
});
