/* eslint-disable @typescript-eslint/no-require-imports */
// Where the applications' packages are: run.mjs installs them in a folder of their own.
const { createRequire } = require('node:module');
const { join } = require('node:path');
const { pathToFileURL } = require('node:url');

const fromFolder = createRequire(join(process.env.OBJGRAPH_APPLICATIONS, 'package.json'));

exports.load = (name) => fromFolder(name);
exports.importModule = (name) => import(pathToFileURL(fromFolder.resolve(name)));
/** A folder for the files of an application, in which its packages are found. */
exports.folder = (name) => join(process.env.OBJGRAPH_APPLICATIONS, 'work', `${name}-${process.pid}`);
exports.isPlanted = process.env.OBJGRAPH_PLANTED === '1';

/** Requests over connections that stay open. */
exports.get = (http, port, path, options = {}) =>
  new Promise((done, fail) => {
    http
      .request({ port, path, agent: exports.agent(http), ...options }, (response) => {
        response.resume();
        response.on('end', done);
      })
      .on('error', fail)
      .end(options.body);
  });
let agent;
exports.agent = (http) => (agent ??= new http.Agent({ keepAlive: true, maxSockets: 4 }));
