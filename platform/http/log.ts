import { pino, type Logger } from 'pino';

/** The process's log: one JSON line per event on standard error, credentials left out. */
export type Log = Logger;

/** Opens the log. Levels: trace, debug, info, warn, error, fatal, silent. */
export function openLog(level: string): Log {
  return pino({ level, redact: ['req.headers.authorization', 'req.headers.cookie', '*.password', '*.token'] }, process.stderr);
}
