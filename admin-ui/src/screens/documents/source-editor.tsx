import { useRef } from 'react';

type Props = {
  readonly label: string;
  readonly source: string;
  /** The lines in which something is wrong, from 1. */
  readonly wrong: ReadonlySet<number>;
  readonly onChange: (source: string) => void;
};

/** The source of a template with the numbers of its lines; those with something wrong stand out. */
export function SourceEditor({ label, source, wrong, onChange }: Props) {
  const numbers = useRef<HTMLDivElement>(null);
  return (
    <div className="source-editor">
      <div className="source-numbers" ref={numbers} aria-hidden>
        {source.split('\n').map((_line, at) => (
          // Lines have no other name than their place.
          <div key={at} className={wrong.has(at + 1) ? 'source-wrong' : undefined}>
            {at + 1}
          </div>
        ))}
      </div>
      <textarea
        aria-label={label}
        aria-invalid={wrong.size > 0}
        className="source-text"
        spellCheck={false}
        autoCapitalize="off"
        autoCorrect="off"
        wrap="off"
        value={source}
        onChange={(event) => onChange(event.currentTarget.value)}
        onScroll={(event) => {
          if (numbers.current) numbers.current.scrollTop = event.currentTarget.scrollTop;
        }}
      />
    </div>
  );
}
