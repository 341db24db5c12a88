import { Anchor, List } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useObject } from '#admin-ui/src/api/metadata.ts';
import { isTextKey, useTexts } from '#admin-ui/src/i18n/index.ts';
import type { Place } from './use-usage.ts';

/** Places that stand on a field or an object, each with the way there. */
export function PlaceList({ places }: { readonly places: readonly Place[] }) {
  return (
    <List size="sm" spacing={8}>
      {places.map((place) => (
        <List.Item key={`${place.kind} ${place.object} ${place.name}`}>
          <PlaceLink place={place} />
        </List.Item>
      ))}
    </List>
  );
}

function PlaceLink({ place }: { readonly place: Place }) {
  const { t, say } = useTexts();
  const object = useObject(place.object);
  const key = `usage.${place.kind}`;
  const page = `layout.${place.name}`;
  const name = place.kind === 'layout' && isTextKey(page) ? t(page) : say(place.label);
  const text = isTextKey(key)
    ? t(key, { name: place.kind === 'unique' ? place.name : name, object: say(object?.label) || place.object })
    : place.name;
  const params = { object: place.object };
  if (!object) return text;
  return (
    <Anchor
      inherit
      renderRoot={(props) =>
        place.kind === 'view' ? (
          <Link {...props} to="/o/$object" params={params} search={{ view: place.name }} />
        ) : (
          <Link {...props} to="/settings/objects/$object" params={params} search={searchFor(place)} />
        )
      }
    >
      {text}
    </Anchor>
  );
}

const OF_FIELDS: readonly string[] = ['condition', 'money', 'mirror', 'value', 'count', 'explanation', 'reference', 'rows', 'options'];

function searchFor({ kind, name }: Place): { tab?: string; layout?: string; field?: string } {
  if (kind === 'layout') return { tab: 'layouts', layout: name };
  if (kind === 'layoutRule') return { tab: 'layouts' };
  if (kind === 'unique') return { tab: 'limits' };
  return OF_FIELDS.includes(kind) ? { tab: 'fields', field: name } : { tab: 'fields' };
}
