import type { Locale } from 'discord.js';

/** What an account is made of. */
export interface UserTraits {
  readonly id: string;
  readonly name: string;
  readonly bot?: boolean;
  readonly locale?: `${Locale}`;
}

/** An account: a person, a bot, or the bot under test. */
export class User {
  readonly id: string;
  readonly name: string;
  readonly bot: boolean;
  /** The language of the account's own client; only interactions carry it. */
  locale: `${Locale}`;
  /** Set it, and nobody's bot can write to them (50007). */
  blocksDirectMessages = false;
  /** Whether this account has installed the application for itself. */
  hasInstalledTheApp = false;

  constructor(traits: UserTraits) {
    this.id = traits.id;
    this.name = traits.name;
    this.bot = traits.bot ?? false;
    this.locale = traits.locale ?? 'en-US';
  }

  /** How a message text names them. */
  get mention(): string {
    return `<@${this.id}>`;
  }
}
