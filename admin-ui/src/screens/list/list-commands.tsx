import type { BusinessObject } from '#admin-ui/src/api/metadata.ts';
import { CommandButtons } from '#admin-ui/src/layout/commands.tsx';
import { useCommands } from '#admin-ui/src/layout/use-commands.tsx';
import { VerifyChain } from './verify-chain.tsx';

/** What is done with all records of an object: its commands of the collection, and the look along their chain. */
export function ListCommands({ object, onDone }: { readonly object: BusinessObject; readonly onDone: () => void }) {
  const commands = useCommands({ object, record: null, isDirty: false, onDone });
  return (
    <>
      {object.chained && <VerifyChain object={object} />}
      <CommandButtons commands={commands} buttons={commands.offered} />
      {commands.dialog}
    </>
  );
}
