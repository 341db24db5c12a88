import { TextInput } from '@mantine/core';

/** What something is called by people and by programs; the name follows the label until it is typed itself. */
export type Named = { readonly label: string; readonly name: string; readonly isNamed: boolean };

type Props = {
  readonly draft: Named;
  readonly problems: { readonly [path: string]: string };
  readonly texts: { readonly label: string; readonly name: string; readonly nameHelp: string };
  readonly nameFrom: (label: string) => string;
  readonly onChange: (part: Partial<Named>) => void;
};

/** A label and the name that is made of it. */
export function NamedInputs({ draft, problems, texts, nameFrom, onChange }: Props) {
  return (
    <>
      <TextInput
        label={texts.label}
        required
        data-autofocus
        maxLength={120}
        value={draft.label}
        error={problems['label']}
        onChange={(event) => {
          const label = event.currentTarget.value;
          onChange({ label, ...(draft.isNamed ? {} : { name: nameFrom(label) }) });
        }}
      />
      <TextInput
        label={texts.name}
        description={texts.nameHelp}
        required
        maxLength={41}
        value={draft.name}
        error={problems['name']}
        onChange={(event) => onChange({ name: event.currentTarget.value, isNamed: true })}
      />
    </>
  );
}
