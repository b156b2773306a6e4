import { type APIEmbed, type APIMessageTopLevelComponent, ComponentType, EmbedType } from 'discord.js';

/** A value without the keys that are `null`, which requests may have and answers do not. */
function withoutNulls<T>(value: T): T {
  if (Array.isArray(value)) return value.map(withoutNulls) as T;
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([, inner]) => inner !== null && inner !== undefined);
  return Object.fromEntries(kept.map(([key, inner]) => [key, withoutNulls(inner)])) as T;
}

/** Components as Discord shows them after they were sent: each with an id, menus with their limits spelled out. */
export function componentsAsShown(components: readonly APIMessageTopLevelComponent[]): APIMessageTopLevelComponent[] {
  let lastId = 0;
  const show = (component: unknown): unknown => {
    if (typeof component !== 'object' || component === null) return component;
    const shown: Record<string, unknown> = { id: ++lastId, ...component };
    if (shown['type'] === ComponentType.StringSelect) {
      shown['min_values'] ??= 1;
      shown['max_values'] ??= 1;
    }
    if (Array.isArray(shown['components'])) shown['components'] = shown['components'].map(show);
    if (shown['accessory']) shown['accessory'] = show(shown['accessory']);
    return shown;
  };
  return withoutNulls(components).map((component) => show(component) as APIMessageTopLevelComponent);
}

/** Embeds as Discord shows them after they were sent. */
export function embedsAsShown(embeds: readonly APIEmbed[]): APIEmbed[] {
  return withoutNulls(embeds).map((embed) => ({
    ...embed,
    type: EmbedType.Rich,
    ...(embed.fields ? { fields: embed.fields.map((field) => ({ ...field, inline: field.inline ?? false })) } : {}),
  }));
}
