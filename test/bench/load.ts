import { connect, type Socket } from "node:net";

export interface Measured {
  /** Answers a second. */
  rate: number;
  /** Milliseconds from the request's first byte to the answer's last. */
  p50: number;
  p99: number;
  requests: number;
  /** Answers whose status was not 200. */
  failures: number;
}

export interface Load {
  port: number;
  path: string;
  connections: number;
  requests: number;
  /** The JSON body of request number `n`; all of one run differ. */
  body(n: number): string;
}

const percentile = (sorted: Float64Array, share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;

const frame = (path: string, body: string): string =>
  `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\n` +
  `content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;

const HEAD_END = Buffer.from("\r\n\r\n");
const LENGTH = /\r\ncontent-length: (\d+)/i;

/** Reads one answer after another off a keep-alive connection; calls back with each status. */
const readAnswers = (socket: Socket, answered: (status: number) => void): void => {
  let missing = -1;
  let status = 0;
  let rest: Buffer = Buffer.alloc(0);
  socket.on("data", (chunk: Buffer) => {
    if (missing < 0) {
      rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      const end = rest.indexOf(HEAD_END);
      if (end < 0) return;
      const head = rest.toString("latin1", 0, end);
      status = Number(head.slice(9, 12));
      missing = Number(LENGTH.exec(head)?.[1] ?? 0) - (rest.length - end - HEAD_END.length);
      rest = Buffer.alloc(0);
    } else missing -= chunk.length;
    if (missing > 0) return;
    missing = -1;
    answered(status);
  });
};

/**
 * Sends `requests` over `connections` keep-alive connections, each with one request in flight. It speaks HTTP
 * over bare sockets, because node's own client costs more than the servers that are measured.
 */
export const load = ({ port, path, connections, requests, body }: Load): Promise<Measured> =>
  new Promise((resolve, reject) => {
    const times = new Float64Array(requests);
    let sent = 0;
    let done = 0;
    let failures = 0;
    const sockets: Socket[] = [];
    const start = performance.now();
    const finish = (): void => {
      const seconds = (performance.now() - start) / 1000;
      for (const socket of sockets) socket.destroy();
      times.sort();
      const p50 = percentile(times, 0.5);
      resolve({ rate: requests / seconds, p50, p99: percentile(times, 0.99), requests, failures });
    };
    const open = (): void => {
      const socket = connect({ port, host: "127.0.0.1", noDelay: true });
      sockets.push(socket);
      let began = 0;
      const next = (): void => {
        if (sent >= requests) return;
        const text = frame(path, body(sent++));
        began = performance.now();
        socket.write(text);
      };
      readAnswers(socket, (status) => {
        times[done++] = performance.now() - began;
        if (status !== 200) failures += 1;
        if (done === requests) finish();
        else next();
      });
      socket.once("connect", next).once("error", reject);
    };
    for (let i = 0; i < connections; i++) open();
  });
