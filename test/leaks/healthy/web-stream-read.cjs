// a web stream that is read to its end by a slow reader, branch by branch; the queue is long and is emptied
exports.step = async (i) => {
  let push;
  const feed = new ReadableStream({ start: (controller) => (push = controller) });
  const [left, right] = feed.tee();
  for (let n = 0; n < 3 + (i % 9); n++) push.enqueue({ i, n });
  push.close();
  for await (const _ of left);
  const reader = right.getReader();
  while (!(await reader.read()).done);
};
