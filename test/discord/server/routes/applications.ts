import { type APIApplicationCommand, ApplicationCommandType, ApplicationIntegrationType } from 'discord.js';
import {
  ApplicationCommandCreateRequestSchema,
  ApplicationCommandPatchRequestPartialSchema,
  ApplicationCommandResponseSchema,
  ApplicationCommandUpdateRequestSchema,
  PrivateApplicationResponseSchema,
} from 'discord-api-spec/zod';
import * as z from 'zod/mini';
import { type CommandBody, commandProblems } from '../command-limits.ts';
import { missingAccess, unknownCommand } from '../errors.ts';
import { applicationPayload } from '../payloads/application.ts';
import { type Call, noContent, ok, type Route } from '../routing.ts';
import type { Schema } from '../validation.ts';
import { ownApplication } from './access.ts';

/** The published schema asks for a number where Discord takes, and everybody sends, a bit set as text. */
const withNumericPermissions = (schema: Schema): Schema =>
  z.pipe(
    z.transform((body: unknown) => {
      if (typeof body !== 'object' || body === null || !('default_member_permissions' in body)) return body;
      const { default_member_permissions: bits } = body;
      return typeof bits === 'string' && /^\d+$/.test(bits)
        ? { ...body, default_member_permissions: Number(bits) }
        : body;
    }),
    schema,
  ) as Schema;

const OVERWRITE = z.array(withNumericPermissions(ApplicationCommandUpdateRequestSchema)) as Schema;

/** Which commands a request is about: the application's own or a guild's. */
function scopeOf(call: Call): string {
  ownApplication(call);
  const { world, param } = call;
  const guildId = param('guild_id');
  if (guildId && !world.guilds.get(guildId)?.hasBot) throw missingAccess();
  return guildId || 'global';
}

/** An option as Discord gives it back: without what is false or empty by default. */
function optionAsKept(option: CommandBody): object {
  const { required, options, ...rest } = option;
  const kept = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== null && value !== undefined));
  return {
    ...kept,
    ...(required ? { required } : {}),
    ...(options?.length ? { options: options.map(optionAsKept) } : {}),
  };
}

/** A command as Discord keeps it; one of the same name and type keeps its id. */
function keep(call: Call, scope: string, body: CommandBody): APIApplicationCommand {
  const { world } = call;
  const type = body.type ?? ApplicationCommandType.ChatInput;
  const before = world.commands.get(scope)?.find((command) => command.name === body.name && command.type === type);
  const {
    contexts,
    integration_types: installs,
    nsfw,
  } = body as { contexts?: number[]; integration_types?: number[]; nsfw?: boolean };
  const global = {
    dm_permission: contexts ? contexts.includes(1) : true,
    contexts: contexts ?? null,
    integration_types: installs ?? [ApplicationIntegrationType.GuildInstall],
  };
  return {
    id: before?.id ?? world.ids.next(),
    application_id: world.applicationId,
    version: world.ids.next(),
    type,
    name: body.name,
    name_localizations: body.name_localizations ?? null,
    description: body.description ?? '',
    description_localizations: body.description_localizations ?? null,
    default_member_permissions: body.default_member_permissions == null ? null : `${body.default_member_permissions}`,
    nsfw: nsfw ?? false,
    ...(body.options?.length ? { options: body.options.map(optionAsKept) } : {}),
    ...(scope === 'global' ? global : { guild_id: scope }),
  } as unknown as APIApplicationCommand;
}

/** A command without its translations, as it is told unless somebody asks for them. */
function withoutTranslations<T extends object>(thing: T): object {
  const { name_localizations: _, description_localizations: __, ...rest } = thing as Record<string, unknown>;
  const options = Array.isArray(rest['options']) ? { options: rest['options'].map(withoutTranslations) } : {};
  const choices = Array.isArray(rest['choices']) ? { choices: rest['choices'].map(withoutTranslations) } : {};
  return { ...rest, ...options, ...choices };
}

const commandIn = (call: Call, scope: string) => {
  const command = call.world.commands.get(scope)?.find(({ id }) => id === call.param('command_id'));
  if (!command) throw unknownCommand();
  return command;
};

/** The routes of commands, once for the application and once for guilds. */
function commandRoutes(base: string): Route[] {
  return [
    {
      on: `GET ${base}`,
      handle: (call) => {
        const commands = call.world.commands.get(scopeOf(call)) ?? [];
        return ok(call.query.get('with_localizations') === 'true' ? commands : commands.map(withoutTranslations));
      },
    },
    {
      on: `PUT ${base}`,
      body: OVERWRITE,
      limits: (body: CommandBody[]) => commandProblems(body),
      answers: z.array(ApplicationCommandResponseSchema) as Schema,
      handle: (call) => {
        const scope = scopeOf(call);
        const commands = (call.body as CommandBody[]).map((body) => keep(call, scope, body));
        call.world.commands.set(scope, commands);
        return ok(commands);
      },
    },
    {
      on: `POST ${base}`,
      body: withNumericPermissions(ApplicationCommandCreateRequestSchema),
      limits: (body: CommandBody) => commandProblems([body]),
      answers: ApplicationCommandResponseSchema,
      handle: (call) => {
        const scope = scopeOf(call);
        const command = keep(call, scope, call.body as CommandBody);
        const others = (call.world.commands.get(scope) ?? []).filter(({ id }) => id !== command.id);
        const status = others.length < (call.world.commands.get(scope)?.length ?? 0) ? 200 : 201;
        call.world.commands.set(scope, [...others, command]);
        return ok(command, status);
      },
    },
    {
      on: `GET ${base}/{command_id}`,
      answers: ApplicationCommandResponseSchema,
      handle: (call) => ok(commandIn(call, scopeOf(call))),
    },
    {
      on: `PATCH ${base}/{command_id}`,
      body: withNumericPermissions(ApplicationCommandPatchRequestPartialSchema),
      answers: ApplicationCommandResponseSchema,
      handle: (call) => {
        const scope = scopeOf(call);
        const before = commandIn(call, scope);
        const changed = {
          ...before,
          ...(call.body as object),
          version: call.world.ids.next(),
        } as APIApplicationCommand;
        const commands = call.world.commands.get(scope) ?? [];
        call.world.commands.set(
          scope,
          commands.map((command) => (command === before ? changed : command)),
        );
        return ok(changed);
      },
    },
    {
      on: `DELETE ${base}/{command_id}`,
      handle: (call) => {
        const scope = scopeOf(call);
        const gone = commandIn(call, scope);
        const commands = call.world.commands.get(scope) ?? [];
        call.world.commands.set(
          scope,
          commands.filter((command) => command !== gone),
        );
        return noContent;
      },
    },
  ];
}

/** The application and its commands. */
export const applicationRoutes: readonly Route[] = [
  {
    on: 'GET /applications/@me',
    answers: PrivateApplicationResponseSchema,
    handle: ({ world }) => ok(applicationPayload(world)),
  },
  {
    on: 'GET /oauth2/applications/@me',
    answers: PrivateApplicationResponseSchema,
    handle: ({ world }) => ok(applicationPayload(world)),
  },
  ...commandRoutes('/applications/{application_id}/commands'),
  ...commandRoutes('/applications/{application_id}/guilds/{guild_id}/commands'),
];
