import type { Generated } from 'kysely';
import type { Language } from '../knowledge/knowledge.ts';

/** The tables in SQLite and PostgreSQL, as `migrations.ts` creates them. Days are like 2026-11-23, in UTC. */
export interface Database {
  /** Someone may have edited it: mode and language can be anything. */
  channel_settings: { channel_id: string; guild_id: string; mode: string; language: string | null };
  gaps: {
    /** `pg` returns a BIGINT as a string. */
    id: Generated<number | string>;
    language: Language;
    text: string;
    topic: string | null;
    count: number;
    first_day: string;
    last_day: string;
  };
  /** When a shard of a bucket last identified, in milliseconds since 1970. */
  identify_turns: { bucket: number; taken_at: number };
  feedback: { topic: string; language: Language; helpful: number; unhelpful: number };
  notes: { key: string; value: string };
}
