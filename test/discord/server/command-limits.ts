import { ApplicationCommandOptionType, ApplicationCommandType, Locale } from 'discord.js';
import type { Problem } from './errors.ts';

/** A command or option as it is registered, as far as the limits look at it. */
export interface CommandBody {
  readonly name: string;
  readonly type?: number | null;
  readonly description?: string | null;
  readonly name_localizations?: Readonly<Record<string, string>> | null;
  readonly description_localizations?: Readonly<Record<string, string>> | null;
  readonly default_member_permissions?: string | number | null;
  readonly options?: readonly CommandBody[] | null;
  readonly required?: boolean | null;
  readonly autocomplete?: boolean | null;
  readonly choices?: readonly { readonly name: string; readonly value: string | number }[] | null;
}

/** The names that Discord takes for commands and options (docs: "Application Command Naming"). */
const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;
/** How many commands of each type one scope holds. */
const COMMANDS: Readonly<Record<number, number>> = { 1: 100, 2: 15, 3: 15 };
/** All names, descriptions and choices of one command together. */
const CHARACTERS = 8_000;

const LOCALES: readonly string[] = Object.values(Locale);

/** What is wrong with commands beyond the schema. */
export function commandProblems(commands: readonly CommandBody[]): Problem[] {
  const problems: Problem[] = [];
  const counts: Record<number, number> = {};
  const seen = new Set<string>();
  commands.forEach((command, index) => {
    const type = command.type ?? ApplicationCommandType.ChatInput;
    counts[type] = (counts[type] ?? 0) + 1;
    if (counts[type] > (COMMANDS[type] ?? 1)) {
      problems.push({
        path: [index],
        code: 'APPLICATION_COMMAND_TOO_MANY',
        message: 'Too many commands of this type.',
      });
    }
    if (seen.has(`${type} ${command.name}`)) {
      const message = 'Application command names must be unique';
      problems.push({ path: [index], code: 'APPLICATION_COMMANDS_DUPLICATE_NAME', message });
    }
    seen.add(`${type} ${command.name}`);
    if (charactersOf(command) > CHARACTERS) {
      problems.push({
        path: [index],
        code: 'APPLICATION_COMMAND_TOO_LARGE',
        message: 'Command exceeds maximum size (8000)',
      });
    }
    problems.push(...oneCommand(command, type, [index]));
  });
  return problems;
}

function oneCommand(command: CommandBody, type: number, path: readonly (string | number)[]): Problem[] {
  if (type === ApplicationCommandType.ChatInput) return namedThing(command, path);
  const problems = localeProblems(command, path);
  if (command.description) {
    const message = 'Context menu commands cannot have description';
    problems.push({ path: [...path, 'description'], code: 'APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION', message });
  }
  if (command.options?.length) {
    const message = 'Context menu commands cannot have options';
    problems.push({ path: [...path, 'options'], code: 'APPLICATION_COMMAND_CONTEXT_MENU_OPTIONS', message });
  }
  return problems;
}

/** A chat command or one of its options. */
function namedThing(thing: CommandBody, path: readonly (string | number)[]): Problem[] {
  const problems = localeProblems(thing, path);
  const names: [string, readonly (string | number)[]][] = [
    [thing.name, [...path, 'name']],
    ...Object.entries(thing.name_localizations ?? {}).map(([locale, name]): [string, (string | number)[]] => [
      name,
      [...path, 'name_localizations', locale],
    ]),
  ];
  for (const [name, at] of names) {
    if (!NAME.test(name) || name !== name.toLowerCase()) {
      const message = 'Command name is invalid';
      problems.push({ path: at, code: 'APPLICATION_COMMAND_INVALID_NAME', message });
    }
  }
  if (!thing.description) {
    problems.push({ path: [...path, 'description'], code: 'BASE_TYPE_REQUIRED', message: 'This field is required' });
  }
  if (thing.choices?.length && thing.autocomplete) {
    const message = 'Choices and autocomplete exclude each other';
    problems.push({ path: [...path, 'choices'], code: 'APPLICATION_COMMAND_OPTIONS_CHOICES_AUTOCOMPLETE', message });
  }
  const options = thing.options ?? [];
  const nested = options.filter(({ type }) => isSubcommand(type)).length;
  if (nested && nested < options.length) {
    const message = 'Sub-commands and sub-command groups cannot be mixed with other options';
    problems.push({ path: [...path, 'options'], code: 'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID', message });
  }
  if (new Set(options.map(({ name }) => name)).size < options.length) {
    const message = 'Option names must be unique';
    problems.push({ path: [...path, 'options'], code: 'APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS', message });
  }
  const firstOptional = options.findIndex(({ required, type }) => !required && !isSubcommand(type));
  options.forEach((option, index) => {
    const at = [...path, 'options', index];
    if (firstOptional >= 0 && index > firstOptional && option.required) {
      const message = 'Required options must be placed before non-required options';
      problems.push({ path: at, code: 'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID', message });
    }
    problems.push(...namedThing(option, at));
  });
  return problems;
}

const isSubcommand = (type: number | null | undefined) =>
  type === ApplicationCommandOptionType.Subcommand || type === ApplicationCommandOptionType.SubcommandGroup;

function localeProblems(thing: CommandBody, path: readonly (string | number)[]): Problem[] {
  return (['name_localizations', 'description_localizations'] as const).flatMap((key) =>
    Object.keys(thing[key] ?? {})
      .filter((locale) => !LOCALES.includes(locale))
      .map((locale) => ({ path: [...path, key, locale], code: 'ENUM_TYPE_COERCE', message: 'No such locale' })),
  );
}

/** The characters that count: of each text the longest translation, and of each choice name and value. */
function charactersOf(thing: CommandBody): number {
  const longest = (text: string | null | undefined, localized: Readonly<Record<string, string>> | null | undefined) =>
    Math.max(...[text ?? '', ...Object.values(localized ?? {})].map((value) => [...value].length));
  const own =
    longest(thing.name, thing.name_localizations) + longest(thing.description, thing.description_localizations);
  const choices = (thing.choices ?? []).reduce((sum, { name, value }) => sum + name.length + String(value).length, 0);
  return (thing.options ?? []).reduce((sum, option) => sum + charactersOf(option), own + choices);
}
