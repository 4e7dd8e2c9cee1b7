import { describe, expect, it } from 'vitest';
import type { NodeSpec } from '../shared/domain/plan.ts';
import { renderRotateTimer, renderRotateUnit } from './logRotation.ts';
import { sandboxLines } from './sandbox.ts';
import { renderNodeUnit, stopTimeoutSeconds } from './systemdUnit.ts';
import { samplePlan, type SampleChoices } from './testing/samplePlan.ts';

function unitOf(choices: SampleChoices = {}): readonly string[] {
  const plan = samplePlan(choices);
  return renderNodeUnit(plan.nodes[0] as NodeSpec, plan).split('\n');
}

describe('renderNodeUnit', () => {
  it('is as it was looked over', () => {
    expect(unitOf().join('\n')).toMatchSnapshot();
  });

  it('starts the program of the engine', () => {
    expect(unitOf({ redis: { engine: 'valkey' } })).toContain(
      'ExecStart=/opt/triad/bin/redis-7.0.15-0123456789ab/valkey-server /opt/triad/sessions/7000.conf',
    );
  });

  it('sees folders below /home and /var/tmp where the data is there', () => {
    const lines = unitOf({ paths: { data: '/home/redis/data', logs: '/var/tmp/redis-logs' } });
    expect(lines).toContain('ProtectHome=read-only');
    expect(lines.filter((line) => line.startsWith('PrivateTmp'))).toEqual([]);
    expect(lines).toContain('ReadWritePaths=/home/redis/data/sessions/7000');
  });
});

describe('stopTimeoutSeconds', () => {
  it('gives a snapshot the time to be written to a slow disk', () => {
    expect(stopTimeoutSeconds(samplePlan({ redis: { persistence: 'rdb', maxMemory: '4gb' } }))).toBe(30 + 205);
    expect(stopTimeoutSeconds(samplePlan({ redis: { persistence: 'aof', maxMemory: '4gb' } }))).toBe(30);
  });
});

describe('the log rotation', () => {
  it('is shut in, without a network', () => {
    const lines = renderRotateUnit(samplePlan()).split('\n');
    expect(lines).toEqual(expect.arrayContaining(['PrivateNetwork=yes', 'User=triad-redis', 'ReadWritePaths=/var/log/triad/sessions']));
  });

  it('is started by a timer that boots with the server', () => {
    expect(renderRotateTimer(samplePlan())).toMatch(/OnCalendar=hourly[\s\S]*WantedBy=timers.target/u);
  });
});

describe('sandboxLines', () => {
  it('never opens more than is asked for', () => {
    const lines = sandboxLines({ writable: ['/a/b'], readable: ['/c'], usesNetwork: true });
    expect(lines.filter((line) => line.startsWith('ReadWritePaths='))).toEqual(['ReadWritePaths=/a/b']);
    expect(lines).toContain('CapabilityBoundingSet=');
  });
});
