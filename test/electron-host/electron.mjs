#!/usr/bin/env node
// Stands where Electron's program would: `electron.mjs [--switch …] APP [ARGUMENT …]`. See README.md beside it.
import { register } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

register('./hooks.mjs', import.meta.url);
process.defaultApp = true;
const entry = process.argv.slice(2).find((argument) => !argument.startsWith('-'));
// Electron's own argv has no interpreter before its program.
process.argv = process.argv.slice(1);
await import(pathToFileURL(resolve(entry)).href);
