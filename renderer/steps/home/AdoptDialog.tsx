import { Button, Group, List, Modal, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useState, type FormEvent, type ReactNode } from 'react';
import type { FoundCluster } from '../../../electron/shared/contract/adoption.ts';
import { readClusterAddress } from '../../../electron/shared/domain/clusterAddress.ts';
import { failureOf, type Failure } from '../../../electron/shared/domain/failure.ts';
import { plannedLayout } from '../../../electron/shared/domain/reportLayout.ts';
import { ClusterSpec } from '../../../electron/shared/domain/spec.ts';
import { adminSubject } from '../../../electron/shared/domain/subject.ts';
import { Topology } from '../../../electron/shared/figures/Topology.tsx';
import { say } from '../../../electron/shared/messages/message.ts';
import { call } from '../../bridge/client.ts';
import { keepFound } from '../../state/home.ts';
import { FailurePanel } from '../../widgets/FailurePanel.tsx';
import { Fold } from '../../widgets/Fold.tsx';
import { useText } from '../../widgets/useText.ts';
import classes from './home.module.css';

interface Typed {
  readonly address: string;
  readonly name: string;
  readonly password: string;
}

/** Looks for a cluster that somebody else has installed, shows what was found, and keeps it when that is confirmed. */
export function AdoptDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const text = useText();
  const [typed, setTyped] = useState<Typed>({ address: '', name: 'adopted', password: '' });
  const [found, setFound] = useState<FoundCluster | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);

  async function work(what: () => Promise<void>): Promise<void> {
    if (isBusy) return;
    setBusy(true);
    setFailure(null);
    try {
      await what();
    } catch (error) {
      setFailure(failureOf(error, adminSubject));
    } finally {
      setBusy(false);
    }
  }
  const back = (): void => {
    setFailure(null);
    setFound(null);
  };

  return (
    <Modal
      opened
      size="xl"
      onClose={onClose}
      closeOnClickOutside={false}
      title={text('window.adopt.title')}
      closeButtonProps={{ 'aria-label': text('window.frame.close') }}
    >
      {found === null ? (
        <AddressForm
          typed={typed}
          isBusy={isBusy}
          failure={failure}
          onType={setTyped}
          onClose={onClose}
          onFind={() =>
            void work(async () => {
              setFound(await call('adoption.find', { ...typed, address: typed.address.trim(), name: typed.name.trim() }));
            })
          }
        />
      ) : (
        <Stack gap="sm">
          <Found found={found} />
          {failure === null ? null : <FailurePanel failure={failure} />}
          <Group justify="flex-end">
            <Button variant="default" data-autofocus onClick={back}>
              {text('window.adopt.back')}
            </Button>
            {found.kind === 'deviates' ? null : (
              <Button
                loading={isBusy}
                onClick={() =>
                  void work(async () => {
                    if (await keepFound(found.id)) onClose();
                  })
                }
              >
                {text('window.adopt.keep')}
              </Button>
            )}
          </Group>
        </Stack>
      )}
    </Modal>
  );
}

/** Where to look, and with what. A field says what is wrong once it was left. */
function AddressForm({
  typed,
  isBusy,
  failure,
  onType,
  onClose,
  onFind,
}: {
  readonly typed: Typed;
  readonly isBusy: boolean;
  readonly failure: Failure | null;
  readonly onType: (typed: Typed) => void;
  readonly onClose: () => void;
  readonly onFind: () => void;
}): ReactNode {
  const text = useText();
  const [left, setLeft] = useState<readonly (keyof Typed)[]>([]);
  const isAddress = readClusterAddress(typed.address.trim()) !== null;
  const isName = ClusterSpec.shape.name.safeParse(typed.name.trim()).success;
  const leave = (field: keyof Typed) => (): void => setLeft((before) => [...before, field]);
  const label = text('window.adopt.password');

  function find(event: FormEvent): void {
    event.preventDefault();
    setLeft(['address', 'name']);
    if (isAddress && isName) onFind();
  }

  return (
    <form onSubmit={find}>
      <Stack gap="sm">
        <Text>{text('window.adopt.lead')}</Text>
        <TextInput
          label={text('window.adopt.address')}
          description={text('window.adopt.address.about')}
          value={typed.address}
          data-autofocus
          autoComplete="off"
          spellCheck={false}
          error={left.includes('address') && !isAddress ? text('window.adopt.address.wrong') : null}
          onBlur={() => {
            if (typed.address !== '') leave('address')();
          }}
          onChange={(event) => onType({ ...typed, address: event.currentTarget.value })}
        />
        <PasswordInput
          label={label}
          description={text('window.adopt.password.about')}
          value={typed.password}
          autoComplete="off"
          visibilityToggleFocusable
          visibilityToggleButtonProps={{ 'aria-label': text('window.secret.show', { label }) }}
          onChange={(event) => onType({ ...typed, password: event.currentTarget.value })}
        />
        <TextInput
          label={text('window.adopt.name')}
          value={typed.name}
          autoComplete="off"
          spellCheck={false}
          error={left.includes('name') && !isName ? text('spec.name') : null}
          onBlur={leave('name')}
          onChange={(event) => onType({ ...typed, name: event.currentTarget.value })}
        />
        {failure === null ? null : <FailurePanel failure={failure} />}
        <Group justify="flex-end">
          {isBusy ? (
            <Text size="sm" c="dimmed" role="status">
              {text('window.adopt.finding')}
            </Text>
          ) : null}
          <Button variant="default" onClick={onClose}>
            {text('window.frame.cancel')}
          </Button>
          <Button type="submit" loading={isBusy}>
            {text('window.adopt.find')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** What was found: the picture and the specification, or what deviates. */
function Found({ found }: { readonly found: FoundCluster }): ReactNode {
  const text = useText();
  if (found.kind === 'deviates')
    return (
      <div role="alert">
        <Text fw={600}>{text('window.adopt.deviates')}</Text>
        <List>
          {found.deviations.map((one) => (
            <List.Item key={say(one)}>{say(one)}</List.Item>
          ))}
        </List>
      </div>
    );
  return (
    <>
      <Text role="status">{text('window.adopt.found')}</Text>
      <div className={classes['foundPicture']}>
        <Topology id="adopt-layout" layout={plannedLayout(found.plan)} title={text('window.adopt.picture')} width={640} />
      </div>
      <Fold summary={text('window.adopt.specification')}>
        <pre className={classes['specification']}>{found.text}</pre>
      </Fold>
      <Text size="sm" c="dimmed">
        {text('window.adopt.keep.about')}
      </Text>
    </>
  );
}
