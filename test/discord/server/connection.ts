import { constants, createDeflate, type Deflate } from 'node:zlib';
import { GatewayCloseCodes, GatewayOpcodes } from 'discord.js';
import type { WebSocket } from 'ws';
import type { Numbered, Session } from './session.ts';

/** The most that Discord takes in one payload from a client, in bytes. */
const PAYLOAD_LIMIT = 4096;
/** How many payloads a client may send within a minute. */
const PAYLOADS_PER_MINUTE = 120;

/** One WebSocket, before and after it has become a session's. */
export class Connection {
  session: Session | undefined;
  /** Heartbeats that have arrived. */
  heartbeats = 0;
  lastHeardAt = Date.now();
  /** Heartbeats that were asked for and have not arrived; those do not count for the limit of payloads. */
  #requested = 0;
  /** Payloads that arrived in the current minute. */
  #payloads = 0;
  #minute = Date.now();
  readonly #socket: WebSocket;
  readonly #deflate: Deflate | undefined;

  constructor(socket: WebSocket, compressed: boolean) {
    this.#socket = socket;
    if (compressed) {
      const deflate = createDeflate({ flush: constants.Z_SYNC_FLUSH });
      deflate.on('data', (chunk) => socket.send(chunk));
      this.#deflate = deflate;
    }
  }

  get isOpen(): boolean {
    return this.#socket.readyState === this.#socket.OPEN;
  }

  /** Sends anything but an event. */
  send(op: GatewayOpcodes, d: unknown = null): void {
    this.#write({ op, d, s: null, t: null });
  }

  /** Asks for a heartbeat at once. */
  requestHeartbeat(): void {
    this.#requested += 1;
    this.send(GatewayOpcodes.Heartbeat);
  }

  /** Sends an event with its number. */
  dispatch({ s, t, d }: Numbered): void {
    this.#write({ op: 0, d, s, t });
  }

  /** Sends anything at all. */
  sendRaw(payload: object): void {
    this.#write(payload);
  }

  #write(payload: object): void {
    if (!this.isOpen) return;
    const text = JSON.stringify(payload);
    if (this.#deflate) this.#deflate.write(text);
    else this.#socket.send(text);
  }

  /** Says goodbye with one of Discord's codes. */
  close(code: GatewayCloseCodes | 1000, reason = GatewayCloseCodes[code] ?? ''): void {
    this.#socket.close(code, reason);
  }

  /** Cuts the line, without a word. */
  cut(): void {
    this.#socket.terminate();
  }

  /**
   * Reads a payload from the client.
   * @returns the payload, or the code with which Discord ends such a connection
   */
  read(text: string): { readonly op: number; readonly d: unknown } | GatewayCloseCodes {
    this.lastHeardAt = Date.now();
    if (Buffer.byteLength(text) > PAYLOAD_LIMIT) return GatewayCloseCodes.DecodeError;
    if (Date.now() - this.#minute > 60_000) {
      this.#minute = Date.now();
      this.#payloads = 0;
    }
    try {
      const payload: unknown = JSON.parse(text);
      if (typeof payload !== 'object' || payload === null || !('op' in payload)) return GatewayCloseCodes.DecodeError;
      const op = Number(payload.op);
      if (op === GatewayOpcodes.Heartbeat && this.#requested > 0) this.#requested -= 1;
      else if (++this.#payloads > PAYLOADS_PER_MINUTE) return GatewayCloseCodes.RateLimited;
      return { op, d: 'd' in payload ? payload.d : undefined };
    } catch {
      return GatewayCloseCodes.DecodeError;
    }
  }
}
