import { SegmentedControl } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { OpeningRule, RuleTool } from '../../electron/shared/domain/firewallRuleText.ts';
import type { FirewallKind } from '../../electron/shared/domain/server.ts';
import { CopyButton } from './CopyButton.tsx';
import { useText, type textOf } from './useText.ts';
import classes from './RuleBox.module.css';

/** The forms in which a rule is offered: the tools that Linux servers have, or the one of Windows, and a sentence for whoever runs another one. */
const LINUX_FORMS = ['ufw', 'firewalld', 'nftables', 'iptables', 'text'] as const;
const WINDOWS_FORMS = ['netsh', 'text'] as const;
type RuleForm = (typeof LINUX_FORMS)[number] | (typeof WINDOWS_FORMS)[number];

/** A rule in one form, as it is copied. */
export function ruleText(rule: OpeningRule, form: RuleTool | 'text', text: typeof textOf): string {
  if (form !== 'text') return rule.commands.find(({ tool }) => tool === form)?.lines.join('\n') ?? '';
  const { from, to, source, destination, ports } = rule;
  const code = ports.length === 1 ? 'window.rule.sentenceOne' : 'window.rule.sentence';
  return text(code, { from, to, source, destination, ports: ports.join(', ') });
}

/** The exact rule that opens a way, to copy in the words of the tool that will be told it. `tool`: the one that filters there, where known. */
export function RuleBox({ rule, tool }: { readonly rule: OpeningRule; readonly tool: FirewallKind | null }): ReactNode {
  const text = useText();
  const [chosen, setChosen] = useState<RuleForm | null>(null);
  const forms: readonly RuleForm[] = tool === 'windows' ? WINDOWS_FORMS : LINUX_FORMS;
  const form = chosen ?? (tool === 'windows' ? 'netsh' : (forms.find((one) => one === tool) ?? 'text'));
  const shown = ruleText(rule, form, text);
  return (
    <div className={classes['box']}>
      <div className={classes['bar']}>
        <SegmentedControl
          size="xs"
          aria-label={text('window.rule.form')}
          data={forms.map((one) => ({ value: one, label: one === 'text' ? text('window.rule.form.text') : one }))}
          value={form}
          onChange={(value) => {
            setChosen(forms.find((one) => one === value) ?? null);
          }}
        />
        <CopyButton label={text('window.rule.copy')} value={shown} />
      </div>
      <pre className={`${classes['rule']} ${form === 'text' ? classes['prose'] : ''}`}>{shown}</pre>
    </div>
  );
}
