#!/usr/bin/env node
// Stands where Electron's program would: `electron.mjs [--switch …] APP [ARGUMENT …]`; a packaged
// app with ELECTRON_HOST_PACKAGED=1. See README.md beside it.
import { register } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

register('./hooks.mjs', import.meta.url);
const [, program, ...rest] = process.argv;
const at = rest.findIndex((argument) => !argument.startsWith('-'));
const entry = rest[at];
// Electron's own argv has no interpreter before its program, and a packaged app is no argument.
if (process.env.ELECTRON_HOST_PACKAGED === '1') rest.splice(at, 1);
else process.defaultApp = true;
process.argv = [program, ...rest];
await import(pathToFileURL(resolve(entry)).href);
