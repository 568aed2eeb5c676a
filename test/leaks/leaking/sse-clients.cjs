// nestjs/nest#11601 in kind: server-sent events, whose clients are not removed when they go
const clients = new Set();
exports.step = async (i) => {
  const stream = new ReadableStream({
    start(controller) {
      controller.enqueue(`event ${i}`);
      clients.add(controller);
    },
  });
  await stream.getReader().read();
};

exports.truth = { holder: /clients/, type: /ReadableStream/ };
