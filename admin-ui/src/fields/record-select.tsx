import { CloseButton, Combobox, Loader, TextInput, useCombobox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Fragment, useState } from 'react';
import type { BusinessObject } from '../api/metadata.ts';
import { lookUp, type RecordValues } from '../api/records.ts';
import { useTexts } from '../i18n/index.ts';
import { useFieldUis } from './field-ui.ts';
import { textOf } from './input-frame.ts';

type Props = {
  readonly target: BusinessObject;
  /** The title of the record chosen now. */
  readonly shown: string;
  readonly isChosen: boolean;
  readonly onChoose: (record: RecordValues | null) => void;
  readonly frame: { readonly [name: string]: unknown };
  readonly isDisabled: boolean;
};

/** A record chosen by typing: the newest first, then what matches. */
export function RecordSelect({ target, shown, isChosen, onChoose, frame, isDisabled }: Props) {
  const { t } = useTexts();
  const [typed, setTyped] = useState<string | null>(null);
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const [asked] = useDebouncedValue(typed ?? '', 150);
  const query = useQuery({
    queryKey: ['lookup', target.name, asked],
    queryFn: ({ signal }) => lookUp(target, asked, signal),
    enabled: combobox.dropdownOpened,
    placeholderData: keepPreviousData,
  });
  const items = query.data?.items ?? [];
  const choose = (record: RecordValues | null): void => {
    onChoose(record);
    setTyped(null);
    combobox.closeDropdown();
  };
  const leave = (): void => {
    setTyped(null);
    combobox.closeDropdown();
  };
  return (
    <Combobox store={combobox} onOptionSubmit={(id) => choose(items.find((item) => item['id'] === id) ?? null)} width="max-content">
      <Combobox.Target>
        <TextInput
          {...frame}
          disabled={isDisabled}
          autoComplete="off"
          placeholder={t('field.searchRecord')}
          value={typed ?? shown}
          onFocus={(event) => {
            // The list would cover the sentence that says what is wrong; typing, a click or an arrow opens it.
            if (!frame['error']) combobox.openDropdown();
            event.currentTarget.select();
          }}
          onClick={() => combobox.openDropdown()}
          onBlur={leave}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            combobox.openDropdown();
            combobox.selectFirstOption();
          }}
          rightSection={
            query.isFetching ? (
              <Loader size={14} />
            ) : isChosen && !isDisabled && combobox.dropdownOpened ? (
              <CloseButton
                size="sm"
                aria-label={t('field.clear')}
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => choose(null)}
              />
            ) : null
          }
        />
      </Combobox.Target>
      {/* That there is nothing is said to who looks for something. */}
      <Combobox.Dropdown miw={220} hidden={items.length === 0 && !typed}>
        <Combobox.Options mah={280} className="scrolls" aria-label={t('field.searchRecord')}>
          {items.map((item) => (
            <Combobox.Option key={textOf(item['id'])} value={textOf(item['id'])}>
              <RecordTitle target={target} item={item} />
            </Combobox.Option>
          ))}
          {query.isSuccess && items.length === 0 && <Combobox.Empty>{t('field.nothingFound')}</Combobox.Empty>}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}

/** A record by its title, with its other searchable fields beside it. */
function RecordTitle({ target, item }: { readonly target: BusinessObject; readonly item: RecordValues }) {
  const uis = useFieldUis();
  const others = target.fields.filter(
    (field) => field.searchable === true && field.name !== target.titleField && textOf(item[field.name]) !== '',
  );
  return (
    <>
      {textOf(item['title'])}{' '}
      <span className="dim">
        {others.slice(0, 2).map((field, at) => {
          const value = item[field.name];
          const { Cell } = uis(field);
          // What is one text stands as it is: a cell may be a link, and an option has none in it.
          return (
            <Fragment key={field.id}>
              {at > 0 && ' · '}
              {typeof value === 'object' ? <Cell field={field} value={value} record={item} /> : textOf(value)}
            </Fragment>
          );
        })}
      </span>
    </>
  );
}
