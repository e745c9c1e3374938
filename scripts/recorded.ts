#!/usr/bin/env node
/**
 * `npm run recorded -- PATH`: replays recorded exchanges with the real service against the emulator. Exit code 1 if an
 * answer differs.
 */
import { readFile } from 'node:fs/promises';
import { readExchanges } from '../src/emulator/recorded/exchange.ts';
import { renderReplay } from '../src/emulator/recorded/render-replay.ts';
import { replayRecorded } from '../src/emulator/recorded/replay-recorded.ts';

const path = process.argv[2];
if (path === undefined) throw new Error('usage: npm run recorded -- PATH');

const results = await replayRecorded(readExchanges(await readFile(path, 'utf8')));
process.stdout.write(renderReplay(results));
if (results.some(({ outcome }) => outcome === 'failed')) process.exitCode = 1;
