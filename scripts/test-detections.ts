#!/usr/bin/env node
import { main } from '../src/cli/main.ts';
import { createNodeHost } from '../src/cli/node-host.ts';

process.exitCode = await main(['test', ...process.argv.slice(2)], createNodeHost());
