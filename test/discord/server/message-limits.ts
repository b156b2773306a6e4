import { type APIAllowedMentions, type APIEmbed, ButtonStyle, ComponentType, MessageFlags } from 'discord.js';
import type { Problem } from './errors.ts';

/** What the limits look at in a body that the schema has accepted already. */
export interface MessageBody {
  readonly content?: string | null;
  readonly embeds?: readonly APIEmbed[] | null;
  readonly components?: readonly ComponentBody[] | null;
  readonly flags?: number | null;
  readonly allowed_mentions?: APIAllowedMentions | null;
  readonly [key: string]: unknown;
}

interface ComponentBody {
  readonly type: number;
  readonly custom_id?: string | null;
  readonly style?: number;
  readonly label?: string | null;
  readonly emoji?: unknown;
  readonly url?: string | null;
  readonly sku_id?: string | null;
  readonly content?: string;
  readonly min_values?: number | null;
  readonly max_values?: number | null;
  readonly options?: readonly { readonly value: string; readonly default?: boolean | null }[];
  readonly components?: readonly ComponentBody[];
  readonly accessory?: ComponentBody | null;
}

/** Discord's limits that the published schema leaves out (docs: "Create Message", "Component Reference"). */
const CONTENT_CODE_POINTS = 2_000;
const EMBED_CODE_POINTS = 6_000;
const ACTION_ROWS = 5;
const COMPONENTS_V2 = 40;

const problem = (path: readonly (string | number)[], code: string, message: string): Problem => ({
  path,
  code,
  message,
});
const codePoints = (text: string | null | undefined) => [...(text ?? '')].length;

/**
 * What is wrong with a message beyond the schema.
 * @param settableFlags the flags that may be set where the message is sent to
 */
export function messageProblems(body: MessageBody, settableFlags: number): Problem[] {
  const v2 = ((body.flags ?? 0) & MessageFlags.IsComponentsV2) !== 0;
  return [
    ...textProblems(body, v2),
    ...flagProblems(body.flags ?? 0, settableFlags),
    ...mentionProblems(body.allowed_mentions),
    ...componentProblems(body.components ?? [], v2),
  ];
}

function textProblems({ content, embeds }: MessageBody, v2: boolean): Problem[] {
  const problems: Problem[] = [];
  if (codePoints(content) > CONTENT_CODE_POINTS) {
    problems.push(problem(['content'], 'BASE_TYPE_MAX_LENGTH', `Must be ${CONTENT_CODE_POINTS} or fewer in length.`));
  }
  const inEmbeds = (embeds ?? []).flatMap((embed) => [
    embed.title,
    embed.description,
    embed.footer?.text,
    embed.author?.name,
    ...(embed.fields ?? []).flatMap(({ name, value }) => [name, value]),
  ]);
  if (inEmbeds.reduce((sum, text) => sum + codePoints(text), 0) > EMBED_CODE_POINTS) {
    const message = `Embed size exceeds maximum size of ${EMBED_CODE_POINTS}`;
    problems.push(problem(['embeds'], 'MAX_EMBED_SIZE_EXCEEDED', message));
  }
  if (v2 && (content || embeds?.length)) {
    const message = 'Content and embeds cannot be used with the flag IS_COMPONENTS_V2.';
    problems.push(problem(['content'], 'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2', message));
  }
  return problems;
}

function flagProblems(flags: number, settable: number): Problem[] {
  return flags & ~settable
    ? [problem(['flags'], 'BASE_TYPE_CHOICES', `The flags ${flags & ~settable} cannot be set here.`)]
    : [];
}

function mentionProblems(allowed: APIAllowedMentions | null | undefined): Problem[] {
  const problems: Problem[] = [];
  for (const kind of ['users', 'roles'] as const) {
    if ((allowed?.parse as readonly string[] | undefined)?.includes(kind) && allowed?.[kind]?.length) {
      const message = `parse:["${kind}"] and ${kind}: [ids...] are mutually exclusive.`;
      problems.push(problem(['allowed_mentions'], 'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE', message));
    }
  }
  return problems;
}

function componentProblems(components: readonly ComponentBody[], v2: boolean): Problem[] {
  const problems: Problem[] = [];
  const customIds = new Set<string>();
  let count = 0;
  let text = 0;
  if (!v2 && components.length > ACTION_ROWS) {
    problems.push(problem(['components'], 'BASE_TYPE_BAD_LENGTH', `Must be between 1 and ${ACTION_ROWS} in length.`));
  }
  const visit = (component: ComponentBody, path: readonly (string | number)[], top: boolean) => {
    count += 1;
    if (top && !v2 && component.type !== ComponentType.ActionRow) {
      problems.push(problem([...path, 'type'], 'UNION_TYPE_CHOICES', 'Value of field "type" must be one of (1,).'));
    }
    const { custom_id: customId } = component;
    if (customId) {
      if (customIds.has(customId)) {
        const message = 'Component custom id cannot be duplicated';
        problems.push(problem([...path, 'custom_id'], 'COMPONENT_CUSTOM_ID_DUPLICATED', message));
      }
      customIds.add(customId);
    }
    if (component.type === ComponentType.ActionRow) problems.push(...rowProblems(component, path));
    if (component.type === ComponentType.Button) problems.push(...buttonProblems(component, path));
    if (component.type === ComponentType.StringSelect) problems.push(...menuProblems(component, path));
    if (component.type === ComponentType.TextDisplay) text += codePoints(component.content);
    component.components?.forEach((inner, index) => {
      visit(inner, [...path, 'components', index], false);
    });
    if (component.accessory) visit(component.accessory, [...path, 'accessory'], false);
  };
  components.forEach((component, index) => {
    visit(component, ['components', index], true);
  });
  if (count > COMPONENTS_V2) problems.push(problem(['components'], 'BASE_TYPE_BAD_LENGTH', 'Too many components.'));
  if (text > 4_000) problems.push(problem(['components'], 'BASE_TYPE_MAX_LENGTH', 'Must be 4000 or fewer in length.'));
  return problems;
}

function rowProblems({ components = [] }: ComponentBody, path: readonly (string | number)[]): Problem[] {
  const buttons = components.filter(({ type }) => type === ComponentType.Button).length;
  const menus = components.length - buttons;
  return menus > 1 || (menus > 0 && buttons > 0)
    ? [
        problem(
          [...path, 'components'],
          'COMPONENT_LAYOUT_WIDTH_EXCEEDED',
          'The specified component exceeds the maximum width',
        ),
      ]
    : [];
}

function buttonProblems(button: ComponentBody, path: readonly (string | number)[]): Problem[] {
  const required = (key: string) => problem([...path, key], 'BASE_TYPE_REQUIRED', 'This field is required');
  const forbidden = (key: string, message: string) => problem([...path, key], 'BUTTON_COMPONENT_EXCLUSIVE', message);
  const problems: Problem[] = [];
  if (button.style === ButtonStyle.Link) {
    if (!button.url) problems.push(required('url'));
    if (button.custom_id) problems.push(forbidden('custom_id', 'A custom id and url cannot both be specified'));
  } else if (button.style === ButtonStyle.Premium) {
    if (!button.sku_id) problems.push(required('sku_id'));
  } else {
    if (!button.custom_id) problems.push(required('custom_id'));
    if (button.url) problems.push(forbidden('url', 'Only a link button has a url'));
  }
  if (button.style !== ButtonStyle.Premium && !button.label && !button.emoji) problems.push(required('label'));
  return problems;
}

function menuProblems(menu: ComponentBody, path: readonly (string | number)[]): Problem[] {
  const problems: Problem[] = [];
  const options = menu.options ?? [];
  const least = menu.min_values ?? 1;
  const most = menu.max_values ?? 1;
  if (new Set(options.map(({ value }) => value)).size < options.length) {
    const message = 'The specified option value is already used';
    problems.push(problem([...path, 'options'], 'SELECT_COMPONENT_OPTION_VALUE_DUPLICATED', message));
  }
  if (least > most || most > options.length) {
    problems.push(problem([...path, 'max_values'], 'SELECT_COMPONENT_MAX_VALUES', 'The limits do not fit the options'));
  }
  if (options.filter((option) => option.default).length > most) {
    problems.push(
      problem([...path, 'options'], 'SELECT_COMPONENT_TOO_MANY_DEFAULT_VALUES', 'Too many default options'),
    );
  }
  return problems;
}
